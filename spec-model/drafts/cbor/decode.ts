/** Octets as items, with the offset of each, and of what is not well-formed. RFC 8949 §3 */
import { textOf } from "../../bytes.ts";
import type { Item } from "./item.ts";

export type Decoded =
  | { readonly ok: true; readonly item: Item; readonly end: number }
  | { readonly ok: false; readonly offset: number; readonly reason: string };

const deepest = 100;

class NotWellFormed extends Error {
  override readonly name = "NotWellFormed";
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

/** The first item in `bytes`. */
export function decodeItem(bytes: Uint8Array): Decoded {
  try {
    const { item, end } = read(bytes, 0, 0);
    return { ok: true, item, end };
  } catch (error) {
    if (!(error instanceof NotWellFormed)) throw error;
    return { ok: false, offset: error.offset, reason: error.message };
  }
}

/** The head at `offset`: what an annotation of a dump says about it. */
export function headAt(
  bytes: Uint8Array,
  offset: number,
): { major: number; value: bigint; length: number; info: number } {
  const first = bytes[offset];
  if (first === undefined) throw new NotWellFormed(offset, "the octets end in the middle of an item");
  const info = first & 31;
  const major = first >> 5;
  if (info < 24) return { major, value: BigInt(info), length: 1, info };
  if (info > 27) {
    if (info === 31 && major !== 0 && major !== 1 && major !== 6)
      return { major, value: -1n, length: 1, info };
    throw new NotWellFormed(offset, `${first.toString(16)} begins no item`);
  }
  const octets = 1 << (info - 24);
  if (offset + octets >= bytes.length)
    throw new NotWellFormed(offset, "the octets end in the middle of an item");
  let value = 0n;
  for (let i = 1; i <= octets; i++) value = (value << 8n) | BigInt(bytes[offset + i] ?? 0);
  return { major, value, length: 1 + octets, info };
}

function read(bytes: Uint8Array, offset: number, depth: number): { item: Item; end: number } {
  if (depth > deepest) throw new NotWellFormed(offset, `items are nested more than ${deepest} deep`);
  const { major, value, length, info } = headAt(bytes, offset);
  const start = offset + length;
  if (info === 31) return { item: { kind: "elided", offset }, end: skipIndefinite(bytes, start, depth) };
  if (major === 0) return { item: { kind: "int", value, offset }, end: start };
  if (major === 1) return { item: { kind: "int", value: -1n - value, offset }, end: start };
  if (major === 2 || major === 3) return string(bytes, offset, start, value, major === 3);
  if (major === 7) return simple(bytes, offset, start, value, info);
  const count = major === 6 ? 1 : major === 5 ? Number(value) * 2 : Number(value);
  if (count > bytes.length - start) throw new NotWellFormed(offset, "there are fewer octets than items");
  const items: Item[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const next = read(bytes, at, depth + 1);
    items.push(next.item);
    at = next.end;
  }
  return { item: collected(major, value, items, offset), end: at };
}

function collected(major: number, value: bigint, items: readonly Item[], offset: number): Item {
  if (major === 4) return { kind: "array", items, offset };
  if (major === 6) return { kind: "tag", tag: value, item: items[0] ?? { kind: "elided", offset }, offset };
  const entries = items.flatMap((key, i) => {
    const next = items[i + 1];
    return i % 2 === 0 && next !== undefined ? [[key, next] as const] : [];
  });
  return { kind: "map", entries, offset };
}

function string(bytes: Uint8Array, offset: number, start: number, length: bigint, isText: boolean) {
  if (length > BigInt(bytes.length - start)) {
    throw new NotWellFormed(offset, `${length} octets are announced, ${bytes.length - start} are left`);
  }
  const end = start + Number(length);
  const content = bytes.subarray(start, end);
  const text = isText ? textOf(content) : undefined;
  if (isText && text === undefined) throw new NotWellFormed(start, "the text is not UTF-8");
  const item: Item =
    text === undefined ? { kind: "bytes", bytes: content, offset } : { kind: "text", text, offset };
  return { item, end };
}

function simple(
  bytes: Uint8Array,
  offset: number,
  end: number,
  value: bigint,
  info: number,
): { item: Item; end: number } {
  if (info < 25) return { item: { kind: "simple", value: Number(value), offset }, end };
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset + 1);
  if (info === 26) return { item: { kind: "float", value: view.getFloat32(0), offset }, end };
  if (info === 27) return { item: { kind: "float", value: view.getFloat64(0), offset }, end };
  const bits = Number(value);
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? fraction === 0
          ? Infinity
          : Number.NaN
        : (1024 + fraction) * 2 ** (exponent - 25);
  return { item: { kind: "float", value: bits & 0x8000 ? -size : size, offset }, end };
}

function skipIndefinite(bytes: Uint8Array, start: number, depth: number): number {
  let at = start;
  while (bytes[at] !== 0xff) {
    if (at >= bytes.length) throw new NotWellFormed(start - 1, "an item of indefinite length does not end");
    at = read(bytes, at, depth + 1).end;
  }
  return at + 1;
}
