/**
 * Reads CBOR in deterministic encoding and nothing else: shortest forms, definite lengths, sorted unique keys, valid
 * UTF-8. RFC 8949 §4.2.1, content-09 §6.1 and §6.2
 *
 * Whoever knows the format asks for what comes next, so one pass over the bytes both checks them and builds the value.
 */
import { compareBytes, textOf } from "../bytes.ts";
import { CborHeads, majorNames, shortest } from "./cbor-heads.ts";
import {
  type CborKey,
  type CborMap,
  type CborValue,
  deepestExtensionLevel,
  float16,
  isFloat16,
  isNeededBignum,
} from "./cbor-value.ts";
import { stepOfKey } from "./errors.ts";

/** Reads one data item after the other; byte strings are views of the bytes. */
export class CborReader extends CborHeads {
  /** The number of items of an array, which is one of `lengths` where they are given. */
  arrayLength(field: string, lengths?: readonly number[]): number {
    this.expectMajor(4, field);
    this.checkCount(field);
    if (lengths !== undefined && !lengths.includes(this.argument)) {
      this.fail(field, `an array of ${lengths.join(" or ")} items`, `an array of ${this.argument} items`);
    }
    return this.argument;
  }

  uint(field: string, largest: number): number {
    this.expectMajor(0, field);
    if (this.argument > largest) {
      this.fail(field, `an unsigned integer up to ${largest}`, `${this.wideArgument()}`);
    }
    return this.argument;
  }

  uint64(field: string): bigint {
    this.expectMajor(0, field);
    return this.wideArgument();
  }

  bool(field: string): boolean {
    const start = this.offset;
    const initial = this.bytes[start];
    if (initial === 0xf4 || initial === 0xf5) {
      this.offset = start + 1;
      return initial === 0xf5;
    }
    this.head(field);
    return this.fail(field, "true or false", this.headInWords());
  }

  /** Whether a tag comes next; nothing is read. */
  get atTag(): boolean {
    return (this.bytes[this.offset] ?? 0) >> 5 === 6;
  }

  /** Whether null comes next; if so, it is read. */
  skipsNull(): boolean {
    if (this.bytes[this.offset] !== 0xf6) return false;
    this.offset++;
    return true;
  }

  /** A byte string, as a view; of `length` octets where that is given. */
  bstr(field: string, length?: number): Uint8Array {
    this.expectMajor(2, field);
    if (length !== undefined && this.argument !== length) {
      this.fail(field, `a byte string of ${length} octets`, `a byte string of ${this.argument} octets`);
    }
    return this.octets(field);
  }

  tstr(field: string): string {
    this.expectMajor(3, field);
    return this.text(field);
  }

  /** A map, whose keys have to be sorted and unique; `readValue` is called at each value. */
  map(field: string, readValue: (key: CborKey) => void): void {
    this.expectMajor(5, field);
    this.path.push(field);
    this.entries(readValue);
    this.path.pop();
  }

  /** Any data item. `level` is the level it has if it is a map, array or tag. content-09 §6.3 */
  value(level: number): CborValue {
    this.head("");
    const { start, major } = this;
    if (major >= 4 && major <= 6 && level > deepestExtensionLevel) {
      this.failAt(
        start,
        "",
        `at most ${deepestExtensionLevel} levels of maps, arrays and tags (content-09 §6.3)`,
        `${majorNames[major]} at level ${level}`,
      );
    }
    switch (major) {
      case 0:
        return this.unsigned();
      case 1:
        return this.negative();
      case 2:
        return this.octets("");
      case 3:
        return this.text("");
      case 4:
        return this.items(level);
      case 5:
        return this.nestedMap(level);
      case 6:
        return this.tag(level);
      default:
        return this.simpleOrFloat();
    }
  }

  private octets(field: string): Uint8Array {
    const from = this.offset;
    this.checkCount(field);
    this.offset = from + this.argument;
    return this.bytes.subarray(from, this.offset);
  }

  private text(field: string): string {
    if (this.argument === 0) return "";
    const text = textOf(this.octets(field));
    if (text === undefined) this.fail(field, "valid UTF-8 (content-09 §6.2)", "octets that are not UTF-8");
    return text;
  }

  /** Refuses a length or count that the rest of the bytes cannot hold, before anything is made of it. */
  private checkCount(field: string): void {
    const left = this.bytes.length - this.offset;
    if (this.argument > left) {
      this.fail(field, `no more than the ${left} bytes that are left`, this.headInWords());
    }
  }

  private entries(readValue: (key: CborKey) => void): void {
    const count = this.argument;
    this.checkCount("");
    let previousStart = 0;
    let previousEnd = 0;
    for (let i = 0; i < count; i++) {
      const start = this.offset;
      const key = this.key();
      const end = this.offset;
      this.path.push(stepOfKey(key));
      if (i > 0) this.checkOrder(previousStart, previousEnd, start, end);
      readValue(key);
      this.path.pop();
      previousStart = start;
      previousEnd = end;
    }
  }

  /** The key between `start` and `end` has to sort after the one before it. */
  private checkOrder(previousStart: number, previousEnd: number, start: number, end: number): void {
    const previous = this.bytes.subarray(previousStart, previousEnd);
    const order = compareBytes(previous, this.bytes.subarray(start, end));
    if (order < 0) return;
    this.failAt(
      start,
      "",
      "sorted keys without duplicates (content-09 §6.1)",
      order === 0 ? "a key for the second time" : "a key that sorts before the one in front of it",
    );
  }

  private key(): CborKey {
    this.head("");
    switch (this.major) {
      case 0:
        return this.integerKey(this.unsigned());
      case 1:
        return this.integerKey(this.negative());
      case 2:
        return this.octets("");
      case 3:
        return this.text("");
      default:
        return this.fail(
          "",
          "an integer, text string or byte string as key (content-09 §6.2)",
          this.headInWords(),
        );
    }
  }

  private integerKey(key: number | bigint): number {
    if (typeof key === "number") return key;
    return this.fail("", "an integer key between ±(2^53 - 1) (content-09 §6.2)", this.headInWords());
  }

  private items(level: number): CborValue[] {
    const count = this.argument;
    this.checkCount("");
    const items: CborValue[] = [];
    for (let i = 0; i < count; i++) items.push(this.within(i, () => this.value(level + 1)));
    return items;
  }

  private nestedMap(level: number): CborMap {
    const map = new Map<CborKey, CborValue>();
    this.entries((key) => {
      map.set(key, this.value(level + 1));
    });
    return map;
  }

  private tag(level: number): CborValue {
    const start = this.start;
    const tag = this.unsigned();
    const value = this.value(level + 1);
    if (!isNeededBignum(tag, value)) {
      this.failAt(
        start,
        "",
        "bignums of 9 octets or more without leading zeros (content-09 §6.1)",
        "another bignum",
      );
    }
    return { tag, value };
  }

  private simpleOrFloat(): CborValue {
    const { info, argument, start } = this;
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    if (info < 24) return { simple: info };
    if (info === 24) {
      if (argument < 32)
        this.fail("", "simple values below 32 in one octet", `simple value ${argument} in two`);
      return { simple: argument };
    }
    return { float: this.float(start, info) };
  }

  private float(start: number, info: number): number {
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + start + 1);
    const value =
      info === 25 ? float16(this.argument) : info === 26 ? view.getFloat32(0) : view.getFloat64(0);
    if (Number.isNaN(value)) {
      if (info === 25 && this.argument === 0x7e00) return value;
      this.fail("", "f97e00 as the one NaN (content-09 §6.2)", "another NaN");
    }
    const shorter = info === 26 ? isFloat16(value) : info === 27 && Math.fround(value) === value;
    if (shorter) this.fail("", shortest, `${value} in ${info === 26 ? 4 : 8} octets`);
    return value;
  }
}
