/** Octets written by hand, so that a test does not compare a codec with itself. */
import { concat, fromHex, utf8 } from "../../spec-model/bytes.ts";

/** Hexadecimal with spaces, and byte strings, one after the other. */
export function octets(...pieces: readonly (string | Uint8Array)[]): Uint8Array {
  return concat(...pieces.map((piece) => (typeof piece === "string" ? digits(piece) : piece)));
}

/** `text` as a vector of less than 64 octets: one octet of length, then UTF-8. */
export function short(text: string): Uint8Array {
  return concat(Uint8Array.of(utf8(text).length), utf8(text));
}

/** `pieces` as a vector of less than 64 octets. */
export function shortVector(...pieces: readonly (string | Uint8Array)[]): Uint8Array {
  const content = octets(...pieces);
  return concat(Uint8Array.of(content.length), content);
}

function digits(text: string): Uint8Array {
  const bytes = fromHex(text.replaceAll(" ", ""));
  if (bytes === undefined) throw new Error(`not hexadecimal: ${text}`);
  return bytes;
}
