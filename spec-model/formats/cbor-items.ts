/** CBOR data items with the octets they take, as far as they are well-formed. RFC 8949 §3 */

export interface CborItem {
  readonly offset: number;
  /** In octets, with all that is in it. */
  readonly length: number;
  /** 0 to 7. */
  readonly major: number;
  /** The additional information of the head, 0 to 27. */
  readonly info: number;
  readonly argument: bigint;
  /** The content of a byte or text string. */
  readonly content: Uint8Array;
  /** Items of an array, keys and values in turns of a map, what a tag stands before. */
  readonly children: readonly CborItem[];
  /** False where the bytes ended or were not CBOR within. */
  readonly complete: boolean;
}

export interface CborProblem {
  readonly offset: number;
  readonly message: string;
}

export interface CborDocument {
  /** Undefined where not even a head can be read. */
  readonly item: CborItem | undefined;
  readonly problem: CborProblem | undefined;
}

type Open = { -readonly [K in keyof CborItem]: K extends "children" ? CborItem[] : CborItem[K] };

/** Deeper than any format of the drafts goes, and as deep as a tree can be shown. */
const deepest = 16;

/** The one data item that `bytes` hold, or as much of it as there is. Offsets are counted from `base` on. */
export function cborItems(bytes: Uint8Array, base = 0): CborDocument {
  const cursor = new Cursor(bytes, base);
  const item = cursor.item(1);
  if (cursor.problem === undefined && cursor.at < bytes.length) {
    cursor.stop(`${bytes.length - cursor.at} bytes after the value`);
  }
  return { item, problem: cursor.problem };
}

class Cursor {
  readonly bytes: Uint8Array;
  readonly base: number;
  at = 0;
  problem: CborProblem | undefined;

  constructor(bytes: Uint8Array, base: number) {
    this.bytes = bytes;
    this.base = base;
  }

  stop(message: string): undefined {
    this.problem ??= { offset: this.base + this.at, message };
  }

  item(depth: number): CborItem | undefined {
    const start = this.at;
    const item = this.head();
    if (item === undefined) return undefined;
    if (depth > deepest) return this.stop(`more than ${deepest} levels`);
    if (item.major === 2 || item.major === 3) this.string(item);
    else this.fill(item, depth);
    item.length = this.at - start;
    item.complete = this.problem === undefined;
    return item;
  }

  private head(): Open | undefined {
    const start = this.at;
    const initial = this.bytes[start];
    if (initial === undefined) return this.stop("the bytes end before a data item");
    const info = initial & 0x1f;
    if (info > 27) return this.stop(info === 31 ? "an indefinite length" : `additional information ${info}`);
    const width = info < 24 ? 0 : 1 << (info - 24);
    if (this.bytes.length - start - 1 < width) return this.stop("the bytes end in a data item's head");
    let argument = info < 24 ? BigInt(info) : 0n;
    for (let i = 1; i <= width; i++) argument = argument * 256n + BigInt(this.bytes[start + i] as number);
    this.at = start + 1 + width;
    return {
      offset: this.base + start,
      length: 0,
      major: initial >> 5,
      info,
      argument,
      content: this.bytes.subarray(this.at, this.at),
      children: [],
      complete: false,
    };
  }

  private string(item: Open): void {
    const left = this.bytes.length - this.at;
    if (item.argument > BigInt(left)) {
      this.stop(`a string of ${item.argument} octets where ${left} are left`);
      return;
    }
    item.content = this.bytes.subarray(this.at, this.at + Number(item.argument));
    this.at += item.content.length;
  }

  private fill(item: Open, depth: number): void {
    for (let left = childCount(item); left > 0n; left--) {
      const child = this.item(depth + 1);
      if (child !== undefined) item.children.push(child);
      if (this.problem !== undefined) return;
    }
  }
}

function childCount({ major, argument }: CborItem): bigint {
  if (major === 4) return argument;
  if (major === 5) return 2n * argument;
  return major === 6 ? 1n : 0n;
}
