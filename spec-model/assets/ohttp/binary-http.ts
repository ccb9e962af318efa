/** HTTP messages as octets, of known length; what is empty at the end is left out. RFC 9292 §3 */
import { concat, noBytes, textOf, utf8 } from "../../bytes.ts";
import { OhttpError } from "./errors.ts";
import { OctetReader, varint } from "./octet-reader.ts";

export interface BinaryRequest {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly content: Uint8Array;
}

export interface BinaryResponse {
  readonly status: number;
  readonly content: Uint8Array;
}

const knownLength = { request: 0, response: 1 };

export function encodeRequest({ method, scheme, authority, path, content }: BinaryRequest): Uint8Array {
  const control = [method, scheme, authority, path].map((text) => vector(utf8(text)));
  return concat(varint(knownLength.request), ...control, bodyOf(content));
}

export function encodeResponse({ status, content }: BinaryResponse): Uint8Array {
  return concat(varint(knownLength.response), varint(status), bodyOf(content));
}

/** Header and trailer fields are read over. Throws OhttpError. */
export function decodeRequest(bytes: Uint8Array): BinaryRequest {
  const reader = new OctetReader(bytes);
  demandFraming(reader, knownLength.request);
  const [method, scheme, authority, path] = [text(reader), text(reader), text(reader), text(reader)];
  return { method, scheme, authority, path, content: readBody(reader) };
}

/** The final response; informational ones before it are refused. Throws OhttpError. */
export function decodeResponse(bytes: Uint8Array): BinaryResponse {
  const reader = new OctetReader(bytes);
  demandFraming(reader, knownLength.response);
  const at = reader.offset;
  const status = reader.varint();
  if (status < 200 || status > 599) throw new OhttpError("status", at, `status ${status}`);
  return { status, content: readBody(reader) };
}

function demandFraming(reader: OctetReader, expected: number): void {
  if (reader.varint() !== expected) throw new OhttpError("framing", 0, "another kind of message");
}

function bodyOf(content: Uint8Array): Uint8Array {
  return content.length === 0 ? noBytes : concat(vector(noBytes), vector(content));
}

/** The header fields, the content and the trailer fields; the message may end before any of them. */
function readBody(reader: OctetReader): Uint8Array {
  if (reader.isAtEnd) return noBytes;
  reader.vector();
  if (reader.isAtEnd) return noBytes;
  const content = reader.vector();
  if (!reader.isAtEnd) reader.vector();
  while (!reader.isAtEnd) {
    // Padding is zeroes. RFC 9292 §3.8
    if (reader.uint(1) !== 0) throw new OhttpError("trailingOctets", reader.offset - 1, "not padding");
  }
  return content;
}

function vector(content: Uint8Array): Uint8Array {
  return concat(varint(content.length), content);
}

function text(reader: OctetReader): string {
  const at = reader.offset;
  const read = textOf(reader.vector());
  if (read === undefined) throw new OhttpError("text", at, "not UTF-8");
  return read;
}
