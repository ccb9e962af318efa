/** Byte strings: the few operations the model needs on `Uint8Array`. Byte strings are never changed in place. */

const utf8Encoder = new TextEncoder();
const strictUtf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const noBytes: Uint8Array = new Uint8Array(0);

/** The UTF-8 encoding of `text`. */
export function utf8(text: string): Uint8Array {
  return utf8Encoder.encode(text);
}

/** The text whose UTF-8 encoding is `bytes`, or undefined where `bytes` is not valid UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8Decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * `length` octets, all of them 0. A runtime makes very short arrays fast and longer ones slowly: some of these
 * are cut from one piece of memory, as node's own Buffers are.
 */
export function zeros(length: number): Uint8Array<ArrayBuffer> {
  if (length <= shortest || length > longest) return new Uint8Array(length);
  if (used + length > piece.byteLength) {
    piece = new ArrayBuffer(pieceLength);
    used = 0;
  }
  const octets = new Uint8Array(piece, used, length);
  used += length;
  return octets;
}

const [shortest, longest, pieceLength] = [64, 2048, 8192];
let piece = new ArrayBuffer(0);
let used = 0;

/** All `parts`, one after the other, in a new array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = zeros(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Whether two byte strings have the same length and bytes. Not constant-time: nothing here guards live secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Orders byte strings as unsigned numbers octet by octet; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const hexDigits: readonly string[] = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

/** Lowercase hexadecimal, two digits an octet. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexDigits[byte];
  return text;
}

/** The bytes that `text` writes in hexadecimal (either case, no separators), or undefined where it writes none. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
