/** Reads the TLS presentation language (RFC 8446 §3) with the variable-size vectors of RFC 9420 §2.1.2. */
import type { Codec } from "./codec.ts";
import { DecodeError, type PathStep } from "./errors.ts";

/** Told about every field and every item as it is read; annotated trees are drawn from this. */
export interface ReadObserver {
  /** A field (its name in the draft) or an item (its index) begins at `offset` and is of type `codec`. */
  enter(step: PathStep, codec: Codec<unknown>, offset: number): void;
  /** What was entered last and not left yet ends before `offset`. Not told where reading fails. */
  leave(offset: number, value: unknown): void;
}

/** A cursor over bytes that are never copied: byte strings read from it are views. */
export class Reader {
  readonly bytes: Uint8Array;
  readonly observer: ReadObserver | undefined;
  offset = 0;
  /** Where the innermost vector being read ends. */
  end: number;

  constructor(bytes: Uint8Array, observer?: ReadObserver) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.observer = observer;
  }

  uint8(): number {
    const at = this.skip(1);
    return this.bytes[at] as number;
  }

  uint16(): number {
    const at = this.skip(2);
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number);
  }

  uint24(): number {
    const at = this.skip(3);
    const b = this.bytes;
    return ((b[at] as number) << 16) | ((b[at + 1] as number) << 8) | (b[at + 2] as number);
  }

  uint32(): number {
    const at = this.skip(4);
    const b = this.bytes;
    const low = ((b[at + 1] as number) << 16) | ((b[at + 2] as number) << 8) | (b[at + 3] as number);
    return (b[at] as number) * 0x1000000 + low;
  }

  uint64(): bigint {
    const high = this.uint32();
    return (BigInt(high) << 32n) | BigInt(this.uint32());
  }

  /** The next `length` octets, as a view. */
  take(length: number): Uint8Array {
    const at = this.skip(length);
    return this.bytes.subarray(at, at + length);
  }

  /** A variable-size vector's length: the shortest of three forms, and no more than what is left. */
  vectorLength(): number {
    const start = this.offset;
    const first = this.uint8();
    const length = this.lengthAfter(first, start);
    if (length > this.end - this.offset) {
      throw new DecodeError(start, `${this.end - this.offset} bytes are left`, `a length of ${length} bytes`);
    }
    return length;
  }

  /** Reads with `read` until `length` octets from here are used up; `read` cannot see beyond them. */
  within<T>(length: number, read: () => T): T {
    const outerEnd = this.end;
    this.end = this.offset + length;
    const value = read();
    this.end = outerEnd;
    return value;
  }

  /** Refuses what follows a complete value. */
  finish(): void {
    if (this.offset === this.end) return;
    throw new DecodeError(this.offset, "the value is complete", `${this.end - this.offset} trailing bytes`);
  }

  private skip(length: number): number {
    const at = this.offset;
    if (length > this.end - at) {
      throw new DecodeError(at, `${length} bytes are needed`, `${this.end - at} bytes left`);
    }
    this.offset = at + length;
    return at;
  }

  private lengthAfter(first: number, start: number): number {
    const form = first >> 6;
    if (form === 0) return first;
    if (form === 3)
      throw new DecodeError(start, "RFC 9420 §2.1.2", "a length prefix that starts with bits 11");
    const rest = form === 1 ? this.uint8() : this.uint24();
    const length = form === 1 ? ((first & 0x3f) << 8) | rest : (first & 0x3f) * 0x1000000 + rest;
    if (length < (form === 1 ? 0x40 : 0x4000)) {
      throw new DecodeError(
        start,
        "a length uses its shortest form; RFC 9420 §2.1.2",
        `length ${length} in ${form === 1 ? 2 : 4} octets`,
      );
    }
    return length;
  }
}
