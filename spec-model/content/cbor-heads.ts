/**
 * The heads of CBOR data items: major type and argument, in the shortest form and of definite length. RFC 8949 §3 and
 * §4.2.1, content-09 §6.1
 */
import { ContentError, type FormatRule, type PathStep } from "./errors.ts";

export const majorNames = [
  "an unsigned integer",
  "a negative integer",
  "a byte string",
  "a text string",
  "an array",
  "a map",
  "a tag",
  "a simple value or float",
] as const;
export const shortest = "the shortest form (content-09 §6.1)";

const simpleNames = new Map([
  [20, "false"],
  [21, "true"],
  [22, "null"],
  [23, "undefined"],
]);

/** A cursor over bytes that knows where in the structure it is, and the head that it read last. */
export abstract class CborHeads {
  readonly bytes: Uint8Array;
  offset = 0;
  /** Where the structure being read lies. */
  protected readonly path: PathStep[] = [];
  /** The head read last: where it starts, its major type, additional information and argument. */
  protected start = 0;
  protected major = 0;
  protected info = 0;
  /** Exact up to 2^53 - 1; beyond that `wideArgument` has it. */
  protected argument = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Reads with `read` what lies at `step`. */
  within<T>(step: PathStep, read: () => T): T {
    this.path.push(step);
    const value = read();
    this.path.pop();
    return value;
  }

  /** Refuses what follows a complete value. */
  finish(): void {
    if (this.offset === this.bytes.length) return;
    this.failAt(
      this.offset,
      "",
      "the end of the bytes",
      `${this.bytes.length - this.offset} bytes after the value`,
    );
  }

  /** Refuses the item whose head was read last. */
  fail(field: string, expected: string, found: string, rule?: FormatRule): never {
    return this.failAt(this.start, field, expected, found, rule);
  }

  /** Refuses what starts at `offset`. */
  failAt(offset: number, field: string, expected: string, found: string, rule?: FormatRule): never {
    throw new ContentError(
      field === "" ? [...this.path] : [...this.path, field],
      offset,
      expected,
      found,
      rule,
    );
  }

  protected expectMajor(major: number, field: string): void {
    this.head(field);
    if (this.major !== major) this.fail(field, majorNames[major] as string, this.headInWords());
  }

  protected head(field: string): void {
    const start = this.offset;
    this.start = start;
    const initial = this.bytes[start];
    if (initial === undefined) this.failAt(start, field, "a data item", "the end of the bytes");
    this.major = initial >> 5;
    this.info = initial & 0x1f;
    this.offset = start + 1;
    if (this.info < 24) this.argument = this.info;
    else this.longHead(field);
  }

  private longHead(field: string): void {
    const { info, start } = this;
    if (info === 31)
      this.fail(field, "a definite length (content-09 §6.1)", "an indefinite length or a break");
    if (info > 27) this.fail(field, "a data item", `reserved additional information ${info}`);
    const width = 1 << (info - 24);
    if (this.bytes.length - this.offset < width) {
      this.failAt(this.bytes.length, field, `${width} octets of a data item's head`, "the end of the bytes");
    }
    let argument = 0;
    for (let i = 0; i < width; i++) argument = argument * 256 + (this.bytes[start + 1 + i] as number);
    this.argument = argument;
    this.offset = start + 1 + width;
    if (this.major === 7) return;
    const least = info === 24 ? 24 : 2 ** (4 * width);
    if (argument < least) this.fail(field, shortest, `${argument} in ${width} octets`);
  }

  /** The argument of the head read last, exactly. */
  protected wideArgument(): bigint {
    if (this.argument <= Number.MAX_SAFE_INTEGER) return BigInt(this.argument);
    let argument = 0n;
    for (let i = 1; i <= 8; i++) argument = argument * 256n + BigInt(this.bytes[this.start + i] as number);
    return argument;
  }

  protected unsigned(): number | bigint {
    return this.argument <= Number.MAX_SAFE_INTEGER ? this.argument : this.wideArgument();
  }

  protected negative(): number | bigint {
    return this.argument < Number.MAX_SAFE_INTEGER ? -1 - this.argument : -1n - this.wideArgument();
  }

  /** The head read last, for an error's `found`. */
  protected headInWords(): string {
    const argument = this.argument > Number.MAX_SAFE_INTEGER ? this.wideArgument() : this.argument;
    switch (this.major) {
      case 0:
        return `the integer ${argument}`;
      case 1:
        return `the integer ${this.negative()}`;
      case 2:
      case 3:
        return `${majorNames[this.major]} of ${argument} octets`;
      case 4:
        return `an array of ${argument} items`;
      case 5:
        return `a map of ${argument} entries`;
      case 6:
        return `tag ${argument}`;
      default:
        return this.info > 24 ? "a floating point number" : (simpleNames.get(this.info) ?? "a simple value");
    }
  }
}
