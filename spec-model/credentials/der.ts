/** The part of DER (X.690 §10) that certificates are made of, strictly: one encoding for every value. */
import { refuse } from "./rules.ts";

/** One value: its identifier octet, its contents, and all of its octets. Views of the input. */
export interface Der {
  readonly tag: number;
  readonly contents: Uint8Array;
  readonly encoded: Uint8Array;
  /** Where its contents stand in the whole input, for messages. */
  readonly offset: number;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

/** Reads one value after the other. Throws CredentialError `malformed` for whatever is not DER. */
export class DerReader {
  private readonly bytes: Uint8Array;
  private readonly base: number;
  private at = 0;

  /** `base`: where `bytes` begin in the whole input. */
  constructor(bytes: Uint8Array, base = 0) {
    this.bytes = bytes;
    this.base = base;
  }

  /** The next value, which has to have this tag; `what` names it where it has not. */
  next(tag: number, what: string): Der {
    const found = this.bytes[this.at];
    if (found !== tag) {
      const there = found === undefined ? "nothing" : `tag 0x${found.toString(16).padStart(2, "0")}`;
      this.fail(`there is ${there} where ${what} should be`);
    }
    return this.any(what);
  }

  /** The next value if it has this tag. */
  optional(tag: number, what: string): Der | undefined {
    return this.bytes[this.at] === tag ? this.any(what) : undefined;
  }

  /** The next value, whatever it is. */
  any(what: string): Der {
    const start = this.at;
    const tag = this.octet(what);
    if ((tag & 0x1f) === 0x1f) this.fail(`the tag of ${what} has more than one octet`);
    const length = this.length(what);
    if (length > this.bytes.length - this.at) this.fail(`${what} ends before its ${length} octets`);
    const offset = this.base + this.at;
    const contents = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return { tag, contents, encoded: this.bytes.subarray(start, this.at), offset };
  }

  isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  end(what: string): void {
    if (!this.isAtEnd()) this.fail(`${what} has something behind its end`);
  }

  private length(what: string): number {
    const first = this.octet(what);
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) this.fail(`the length of ${what} has a form that certificates do not need`);
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + this.octet(what);
    if (length < 0x80 || length < 256 ** (count - 1))
      this.fail(`the length of ${what} is longer than needed`);
    return length;
  }

  private octet(what: string): number {
    const octet = this.bytes[this.at];
    if (octet === undefined) this.fail(`${what} is cut off`);
    this.at++;
    return octet;
  }

  private fail(what: string): never {
    refuse("malformed", `${what}, at octet ${this.base + this.at}`);
  }
}

/** The single value in an octet string or behind an explicit tag. */
export function onlyValueIn(value: Der, tag: number, what: string): Der {
  return onlyValue(value.contents, tag, what, value.offset);
}

/** What a constructed value holds. */
export function inside(value: Der): DerReader {
  return new DerReader(value.contents, value.offset);
}

/** The single value that octets encode. `base`: where they begin in the whole input. */
export function onlyValue(bytes: Uint8Array, tag: number, what: string, base = 0): Der {
  const reader = new DerReader(bytes, base);
  const value = reader.next(tag, what);
  reader.end(what);
  return value;
}
