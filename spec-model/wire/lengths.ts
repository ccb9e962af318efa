/** How vectors and byte strings say their length (RFC 8446 §3.4, RFC 9420 §2.1.2). */
import { DecodeError, EncodeError } from "./errors.ts";
import type { Reader } from "./reader.ts";
import type { Length } from "./shape.ts";
import type { Writer } from "./writer.ts";

/** `<V>` */
export const v: Length = { kind: "variable" };

/** `[octets]` */
export function exactly(octets: number): Length {
  return { kind: "exact", octets };
}

/** `<min..max>`, counted in octets */
export function bounded(min: number, max: number): Length {
  return { kind: "bounded", min, max };
}

/** The number of octets that follow, never more than what is left. */
export function readLength(reader: Reader, length: Length): number {
  if (length.kind === "variable") return reader.vectorLength();
  if (length.kind === "exact") return length.octets;
  const start = reader.offset;
  const octets = readPrefix(reader, prefixWidth(length.max));
  if (octets < length.min || octets > length.max) {
    throw new DecodeError(start, `${length.min} to ${length.max} bytes`, `a length of ${octets} bytes`);
  }
  if (octets > reader.end - reader.offset) {
    throw new DecodeError(
      start,
      `${reader.end - reader.offset} bytes are left`,
      `a length of ${octets} bytes`,
    );
  }
  return octets;
}

/** Writes what `write` writes, with the length in front where the format has one there. */
export function writeWithLength(writer: Writer, length: Length, write: () => void): void {
  if (length.kind === "exact") {
    write();
    return;
  }
  writer.prefixed(write, (octets) => {
    if (length.kind === "variable") writer.vectorLength(octets);
    else writeBoundedLength(writer, length.min, length.max, octets);
  });
}

/** The octets that a bounded length takes on the wire: as many as its maximum needs. */
export function prefixWidth(max: number): 1 | 2 | 3 | 4 {
  if (max < 2 ** 8) return 1;
  if (max < 2 ** 16) return 2;
  return max < 2 ** 24 ? 3 : 4;
}

function writeBoundedLength(writer: Writer, min: number, max: number, octets: number): void {
  if (octets < min || octets > max) throw new EncodeError(`${min} to ${max} bytes`, `${octets} bytes`);
  writePrefix(writer, prefixWidth(max), octets);
}

function readPrefix(reader: Reader, width: 1 | 2 | 3 | 4): number {
  if (width === 1) return reader.uint8();
  if (width === 2) return reader.uint16();
  return width === 3 ? reader.uint24() : reader.uint32();
}

function writePrefix(writer: Writer, width: 1 | 2 | 3 | 4, octets: number): void {
  if (width === 1) writer.uint8(octets);
  else if (width === 2) writer.uint16(octets);
  else if (width === 3) writer.uint24(octets);
  else writer.uint32(octets);
}
