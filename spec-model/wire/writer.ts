/** Writes the TLS presentation language: grows one buffer, back-fills vector lengths in their shortest form. */
import { zeros } from "../bytes.ts";
import { EncodeError } from "./errors.ts";

const longestVector = 0x3fffffff;

/** Writers that are not in use. A codec that encodes while another does gets a writer of its own. */
const idle: Writer[] = [];
const kept = 1 << 16;

/** What `write` writes, in an array of its own. Most encodings are short, and a buffer costs more than they do. */
export function written(write: (writer: Writer) => void): Uint8Array {
  const writer = idle.pop() ?? new Writer();
  try {
    write(writer);
    return writer.finish();
  } finally {
    if (writer.clear() <= kept) idle.push(writer);
  }
}

export class Writer {
  private buffer = new Uint8Array(256);
  private length = 0;

  uint8(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  uint16(value: number): void {
    this.reserve(2);
    this.buffer[this.length++] = value >> 8;
    this.buffer[this.length++] = value;
  }

  uint24(value: number): void {
    this.uint8(value >> 16);
    this.uint16(value & 0xffff);
  }

  uint32(value: number): void {
    this.reserve(4);
    this.buffer[this.length++] = value >>> 24;
    this.buffer[this.length++] = value >>> 16;
    this.buffer[this.length++] = value >>> 8;
    this.buffer[this.length++] = value;
  }

  uint64(value: bigint): void {
    this.uint32(Number(value >> 32n));
    this.uint32(Number(value & 0xffffffffn));
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A variable-size vector's length (RFC 9420 §2.1.2). */
  vectorLength(length: number): void {
    if (length < 0x40) this.uint8(length);
    else if (length < 0x4000) this.uint16(0x4000 | length);
    else if (length <= longestVector) this.uint32(0x80000000 + length);
    else throw new EncodeError(`at most ${longestVector} bytes`, `a vector of ${length} bytes`);
  }

  /** Runs `write`, then puts the length of what it wrote in front of it. */
  prefixed(write: () => void, prefix: (length: number) => void): void {
    const start = this.length;
    write();
    const body = this.length - start;
    // The prefix is written behind the body, then the two change places: its width depends on the body's length.
    prefix(body);
    const width = this.length - start - body;
    let octets = 0;
    for (let i = start + body; i < this.length; i++) octets = octets * 256 + (this.buffer[i] as number);
    this.buffer.copyWithin(start + width, start, start + body);
    for (let i = start + width - 1; i >= start; i--) {
      this.buffer[i] = octets;
      octets = Math.floor(octets / 256);
    }
  }

  /** What has been written, in an array of its own. */
  finish(): Uint8Array {
    const { length } = this;
    if (length <= 64) return this.buffer.slice(0, length);
    const octets = zeros(length);
    octets.set(this.buffer.subarray(0, length));
    return octets;
  }

  /** Forgets what has been written; gives the octets that the buffer has room for. */
  clear(): number {
    this.length = 0;
    return this.buffer.length;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * this.buffer.length, needed));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }
}
