/** Reading octets, and integers of variable length as in QUIC. RFC 9000 §16 */
import { OhttpError } from "./errors.ts";

export class OctetReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** The next `length` octets, as a view. */
  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new OhttpError("truncated", this.#offset, `${length} octets wanted`);
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  /** An integer of a fixed number of octets. */
  uint(octets: 1 | 2): number {
    return this.take(octets).reduce((value, octet) => value * 256 + octet, 0);
  }

  /** An integer of 1, 2 or 4 octets; nothing here is so long that it takes 8. */
  varint(): number {
    const [head = 0] = this.take(1);
    const length = 1 << (head >> 6);
    if (length === 8) throw new OhttpError("tooLong", this.#offset - 1, "a length of 8 octets");
    return this.take(length - 1).reduce((value, octet) => value * 256 + octet, head & 0x3f);
  }

  /** Octets with their length in front. */
  vector(): Uint8Array {
    return this.take(this.varint());
  }
}

/** The shortest encoding. */
export function varint(value: number): Uint8Array {
  if (value < 0x40) return Uint8Array.of(value);
  if (value < 0x4000) return Uint8Array.of(0x40 | (value >> 8), value & 0xff);
  if (value >= 0x40000000) throw new RangeError(`${value} takes 8 octets`);
  return Uint8Array.of(0x80 | (value >>> 24), (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
}

export function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
