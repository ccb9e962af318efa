/** Writes CBOR in its one deterministic encoding. RFC 8949 §4.2.1, content-09 §6.1 and §6.2 */
import { compareBytes, utf8 } from "../bytes.ts";
import {
  type CborKey,
  type CborMap,
  type CborTag,
  type CborValue,
  deepestExtensionLevel,
  float16Bits,
  isFloat16,
  isNeededBignum,
} from "./cbor-value.ts";
import { ContentError, type PathStep, stepOfKey } from "./errors.ts";

const largestUint64 = 2n ** 64n - 1n;

/** Collects a CBOR encoding. `fail` gives the error for a value that has none. */
export class CborWriter {
  private buffer: Uint8Array;
  private view: DataView;
  private length = 0;
  private readonly path: PathStep[] = [];

  /** `room` is a guess at the octets to come. */
  constructor(room = 256) {
    this.buffer = new Uint8Array(room);
    this.view = new DataView(this.buffer.buffer);
  }

  /** Writes with `write` what lies at `step`. */
  within(step: PathStep, write: () => void): void {
    this.path.push(step);
    write();
    this.path.pop();
  }

  array(length: number): void {
    this.head(4, length);
  }

  uint(field: string, value: number, largest: number): void {
    if (!Number.isInteger(value) || value < 0 || value > largest) {
      this.fail(field, `an unsigned integer up to ${largest}`, `${value}`);
    }
    this.head(0, value);
  }

  uint64(field: string, value: bigint): void {
    if (value < 0n || value > largestUint64) this.fail(field, "an unsigned integer of 64 bits", `${value}`);
    this.wideHead(0, value);
  }

  bool(value: boolean): void {
    this.octet(value ? 0xf5 : 0xf4);
  }

  null(): void {
    this.octet(0xf6);
  }

  /** A byte string; of `length` octets where that is given. */
  bstr(field: string, value: Uint8Array, length?: number): void {
    if (length !== undefined && value.length !== length) {
      this.fail(field, `a byte string of ${length} octets`, `a byte string of ${value.length} octets`);
    }
    this.head(2, value.length);
    this.append(value);
  }

  tstr(field: string, value: string): void {
    if (!value.isWellFormed()) this.fail(field, "text that UTF-8 can express", "a lone surrogate");
    const encoded = utf8(value);
    this.head(3, encoded.length);
    this.append(encoded);
  }

  /** A map with its keys in order; `level` is its level within the extensions. */
  map(entries: CborMap, level: number): void {
    const sorted = [...entries].map(([key, value]) => ({ key, value, encoded: this.encodedKey(key) }));
    sorted.sort((a, b) => compareBytes(a.encoded, b.encoded));
    this.head(5, sorted.length);
    let previous: Uint8Array | undefined;
    for (const { key, value, encoded } of sorted) {
      if (previous !== undefined && compareBytes(previous, encoded) === 0) {
        this.fail("", "unique keys (content-09 §6.1)", "a key for the second time");
      }
      previous = encoded;
      this.append(encoded);
      this.within(stepOfKey(key), () => this.value(value, level + 1));
    }
  }

  /** Any data item. `level` is the level it has if it is a map, array or tag. content-09 §6.3 */
  value(value: CborValue, level: number): void {
    if (value === null) this.null();
    else if (typeof value === "boolean") this.bool(value);
    else if (typeof value === "number" || typeof value === "bigint") this.integer(value);
    else if (typeof value === "string") this.tstr("", value);
    else if (value instanceof Uint8Array) this.bstr("", value);
    else if ("float" in value) this.float(value.float);
    else if ("simple" in value) this.simple(value.simple);
    else this.nested(value, level);
  }

  /** What was written so far. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  fail(field: string, expected: string, found: string): never {
    throw new ContentError(field === "" ? [...this.path] : [...this.path, field], undefined, expected, found);
  }

  private nested(value: CborMap | CborTag | readonly CborValue[], level: number): void {
    if (level > deepestExtensionLevel) {
      this.fail(
        "",
        `at most ${deepestExtensionLevel} levels (content-09 §6.3)`,
        `a map, array or tag at level ${level}`,
      );
    }
    if (value instanceof Map) this.map(value, level);
    else if ("tag" in value) this.tag(value.tag, value.value, level);
    else this.items(value as readonly CborValue[], level);
  }

  private items(items: readonly CborValue[], level: number): void {
    this.head(4, items.length);
    items.forEach((item, index) => {
      this.within(index, () => this.value(item, level + 1));
    });
  }

  private tag(tag: number | bigint, value: CborValue, level: number): void {
    if (tag < 0 || BigInt(tag) > largestUint64) this.fail("", "a tag number of 64 bits", `${tag}`);
    if (!isNeededBignum(tag, value)) {
      this.fail("", "bignums of 9 octets or more without leading zeros (content-09 §6.1)", "another bignum");
    }
    this.wideHead(6, BigInt(tag));
    this.value(value, level + 1);
  }

  private encodedKey(key: CborKey): Uint8Array {
    if (typeof key === "number" && !Number.isSafeInteger(key)) {
      this.fail("", "an integer key between ±(2^53 - 1) (content-09 §6.2)", `${key}`);
    }
    const writer = new CborWriter(16);
    writer.path.push(...this.path);
    writer.value(key, 1);
    return writer.finish();
  }

  private integer(value: number | bigint): void {
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      this.fail("", "a whole number, or an object {float}", `${value}`);
    }
    const exact = BigInt(value);
    if (exact > largestUint64 || exact < -1n - largestUint64) {
      this.fail("", "an integer of 64 bits, or a bignum as tag 2 or 3", `${value}`);
    }
    if (exact >= 0n) this.wideHead(0, exact);
    else this.wideHead(1, -1n - exact);
  }

  private simple(value: number): void {
    const known = Number.isInteger(value) && value >= 0 && value < 256;
    if (!known || (value > 19 && value < 23) || (value > 23 && value < 32)) {
      this.fail("", "a simple value that is not false, true or null", `simple value ${value}`);
    }
    this.head(7, value);
  }

  private float(value: number): void {
    if (Number.isNaN(value)) {
      this.bits(0xf9, 0x7e00, 2);
    } else if (Math.fround(value) !== value) {
      this.octet(0xfb);
      this.reserve(8);
      this.view.setFloat64(this.length, value);
      this.length += 8;
    } else if (isFloat16(value)) {
      this.bits(0xf9, float16Bits(value), 2);
    } else {
      this.octet(0xfa);
      this.reserve(4);
      this.view.setFloat32(this.length, value);
      this.length += 4;
    }
  }

  private wideHead(major: number, argument: bigint): void {
    if (argument <= 0xffffffffn) {
      this.head(major, Number(argument));
      return;
    }
    this.octet((major << 5) | 27);
    this.reserve(8);
    this.view.setBigUint64(this.length, argument);
    this.length += 8;
  }

  /** `argument` is a whole number below 2^32. */
  private head(major: number, argument: number): void {
    const high = major << 5;
    if (argument < 24) this.octet(high | argument);
    else if (argument <= 0xff) this.bits(high | 24, argument, 1);
    else if (argument <= 0xffff) this.bits(high | 25, argument, 2);
    else this.bits(high | 26, argument, 4);
  }

  private bits(initial: number, bits: number, width: 1 | 2 | 4): void {
    this.octet(initial);
    this.reserve(width);
    if (width === 1) this.view.setUint8(this.length, bits);
    else if (width === 2) this.view.setUint16(this.length, bits);
    else this.view.setUint32(this.length, bits);
    this.length += width;
  }

  private octet(octet: number): void {
    this.reserve(1);
    this.buffer[this.length++] = octet;
  }

  private append(octets: Uint8Array): void {
    this.reserve(octets.length);
    this.buffer.set(octets, this.length);
    this.length += octets.length;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * this.buffer.length, this.length + more));
    grown.set(this.buffer);
    this.buffer = grown;
    this.view = new DataView(grown.buffer);
  }
}
