/** What is wrong with a message of Oblivious HTTP. RFC 9292 and RFC 9458 */
export type OhttpErrorCode =
  | "truncated"
  | "trailingOctets"
  | "framing"
  | "tooLong"
  | "text"
  | "status"
  | "keyConfiguration"
  | "unknownKey"
  | "algorithms"
  | "notAuthentic";

export class OhttpError extends Error {
  override readonly name = "OhttpError";
  readonly code: OhttpErrorCode;
  /** Octets from the start of the message. */
  readonly offset: number;

  constructor(code: OhttpErrorCode, offset: number, text: string) {
    super(`${text} at octet ${offset}`);
    this.code = code;
    this.offset = offset;
  }
}
