/** Unsigned integers, big-endian (RFC 8446 §3.3). */
import { type Codec, codec } from "./codec.ts";
import { EncodeError } from "./errors.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

function unsigned(
  octets: 1 | 2 | 3 | 4,
  read: (reader: Reader) => number,
  write: (writer: Writer, value: number) => void,
): Codec<number> {
  const limit = 256 ** octets;
  return codec<number>({
    shape: { kind: "uint", octets },
    read,
    write(writer, value) {
      if (!Number.isInteger(value) || value < 0 || value >= limit) {
        throw new EncodeError(`an integer from 0 to ${limit - 1}`, String(value));
      }
      write(writer, value);
    },
  });
}

export const uint8: Codec<number> = unsigned(
  1,
  (r) => r.uint8(),
  (w, n) => w.uint8(n),
);
export const uint16: Codec<number> = unsigned(
  2,
  (r) => r.uint16(),
  (w, n) => w.uint16(n),
);
export const uint24: Codec<number> = unsigned(
  3,
  (r) => r.uint24(),
  (w, n) => w.uint24(n),
);
export const uint32: Codec<number> = unsigned(
  4,
  (r) => r.uint32(),
  (w, n) => w.uint32(n),
);

/** 64 bits do not fit a JavaScript number: epochs, times and sizes are bigints. */
export const uint64: Codec<bigint> = codec<bigint>({
  shape: { kind: "uint", octets: 8 },
  read: (reader) => reader.uint64(),
  write(writer, value) {
    if (typeof value !== "bigint" || value < 0n || value >= 1n << 64n) {
      throw new EncodeError("an integer from 0 to 2^64-1", String(value));
    }
    writer.uint64(value);
  },
});
