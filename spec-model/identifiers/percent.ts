/** Percent-encoding of text, and its normal form. RFC 3986 §2.1 and §6.2.2 */
import { concat, textOf, utf8 } from "../bytes.ts";
import { type Parsed, parsed, unparsable } from "./parsed.ts";

const unreserved = /^[A-Za-z0-9._~-]$/;
/** What may stand in a path segment as it is. RFC 3986 §3.3 (pchar) */
const segmentCharacter = /^[A-Za-z0-9._~!$&'()*+,;=:@-]$/;
const twoHexDigits = /^[0-9A-Fa-f]{2}$/;

/** `text` with every octet of its UTF-8 form percent-encoded that is not an unreserved character. */
export function percentEncode(text: string): string {
  return encodeBut(unreserved, text);
}

/** `text` as one path segment, percent-encoding only what could not stand there. */
export function percentEncodeSegment(text: string): string {
  return encodeBut(segmentCharacter, text);
}

/** The text that `encoded` stands for. Errors: a `%` without two hexadecimal digits; octets that are not UTF-8. */
export function percentDecode(encoded: string): Parsed<string> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < encoded.length; ) {
    const next = encoded.indexOf("%", at);
    const end = next === -1 ? encoded.length : next;
    pieces.push(utf8(encoded.slice(at, end)));
    if (next === -1) break;
    const digits = encoded.slice(next + 1, next + 3);
    if (!twoHexDigits.test(digits)) return badPercent(encoded, next);
    pieces.push(Uint8Array.of(Number.parseInt(digits, 16)));
    at = next + 3;
  }
  const decoded = textOf(concat(...pieces));
  if (decoded === undefined) return unparsable(encoded, 0, "the percent-encoded octets are not valid UTF-8");
  return parsed(decoded);
}

/**
 * `encoded` with percent-encoding only where it is needed, and that in upper case: two texts that RFC 3986 §6.2.2
 * calls equivalent become equal. The `%` of `encoded` have to be well formed.
 */
export function normalisePercent(encoded: string): string {
  return encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    encodeOctet(unreserved, Number.parseInt(digits, 16)),
  );
}

/** Refuses a `%` that is not followed by two hexadecimal digits. */
export function badPercent<T>(text: string, position: number): Parsed<T> {
  return unparsable(text, position, "a % has to be followed by two hexadecimal digits (RFC 3986 §2.1)");
}

/** Where `text` has a `%` without two hexadecimal digits, or -1. */
export function findBadPercent(text: string): number {
  return text.search(/%(?![0-9A-Fa-f]{2})/);
}

function encodeBut(kept: RegExp, text: string): string {
  let encoded = "";
  for (const octet of utf8(text)) encoded += encodeOctet(kept, octet);
  return encoded;
}

function encodeOctet(kept: RegExp, octet: number): string {
  const character = String.fromCharCode(octet);
  if (kept.test(character)) return character;
  return `%${octet.toString(16).toUpperCase().padStart(2, "0")}`;
}
