/**
 * A decoder that is right except for one leniency each: the mistakes that implementations make. Every negative vector
 * has to be accepted by one of them, else the vector finds no mistake that anybody would make.
 */
import { textOf } from "../../spec-model/bytes.ts";
import type { Codec, Part } from "../../spec-model/wire/index.ts";

export const leniencies = {
  "reads zeros beyond the end": "takes octets behind the end of the input for zeros",
  "ignores what is left": "does not look whether anything is left behind a structure",
  "shortens lengths": "takes as much as there is where a length announces more",
  "accepts long lengths": "accepts a length that is not in its shortest form",
  "accepts reserved lengths": "takes the length form 11 for one of four octets",
  "drops half items": "ignores what is left of a list behind its last whole item",
  "accepts unknown values": "keeps numbers that a closed enumeration does not have",
  "skips unknown cases": "reads nothing for a case that it does not know",
  "takes any octet for presence": "takes every octet but 0 for the presence of an optional value",
  "accepts any octets as text": "does not check that a text is UTF-8",
  "checks nothing": "does none of the checks above: what it cannot read is zero, empty or absent",
} as const;

export type Leniency = keyof typeof leniencies;

type Shape = Codec<unknown>["shape"];
type Fields = Record<string, unknown>;

/** Whether a decoder with this leniency accepts `bytes` as one `codec`. */
export function accepts(
  leniency: Leniency,
  codec: Codec<unknown>,
  bytes: Uint8Array,
  enclosing?: unknown,
): boolean {
  const input = new Input(bytes, leniency);
  try {
    read(codec.shape, input, enclosing);
    return input.offset >= bytes.length || input.is("ignores what is left");
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

class Refusal extends Error {}

/** In octets: as far as a read beyond the end may go. */
const mostBeyond = 1 << 16;

class Input {
  offset = 0;
  end: number;
  readonly leniency: Leniency;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, leniency: Leniency) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.leniency = leniency;
  }

  is(leniency: Leniency): boolean {
    return this.leniency === leniency || this.leniency === "checks nothing";
  }

  take(count: number): Uint8Array {
    const found = this.bytes.subarray(this.offset, Math.min(this.offset + count, this.end));
    this.offset += count;
    if (found.length === count) return found;
    // What lies behind the end may be anything, but nobody has unlimited memory.
    if (this.is("reads zeros beyond the end") && count <= mostBeyond) {
      return Uint8Array.from({ length: count }, (_, index) => found[index] ?? 0);
    }
    if (!this.is("shortens lengths")) throw new Refusal();
    this.offset = this.end;
    return found;
  }

  uint(octets: number): number {
    if (this.offset + octets > this.end && !this.is("reads zeros beyond the end")) throw new Refusal();
    return this.take(octets).reduce((value, octet) => value * 256 + octet, 0);
  }

  within(octets: number, read: () => void): void {
    const outer = this.end;
    const announced = this.offset + octets;
    if (announced > outer && !this.is("reads zeros beyond the end") && !this.is("shortens lengths")) {
      throw new Refusal();
    }
    this.end = Math.min(announced, outer);
    read();
    this.end = outer;
  }
}

function read(shape: Shape, input: Input, enclosing: unknown): unknown {
  switch (shape.kind) {
    case "uint":
      return input.uint(shape.octets);
    case "bool":
      return readBool(input);
    case "enum":
      return readEnum(shape, input);
    case "opaque":
      return readOpaque(shape, input);
    case "rest":
      return input.take(Math.max(0, input.end - input.offset));
    case "optional":
      return readOptional(shape, input, enclosing);
    case "vector":
      return readVector(shape, input, enclosing);
    case "sequence":
      if (input.offset >= input.end && !input.is("reads zeros beyond the end")) throw new Refusal();
      return readItems(shape.item.shape, input, enclosing);
    case "alias":
      return read(shape.of.shape, input, enclosing);
    case "restricted": {
      const value = read(shape.of.shape, input, enclosing);
      if (!shape.holds(value) && !input.is("checks nothing")) throw new Refusal();
      return value;
    }
    case "struct":
      return readStruct(shape, input, enclosing);
  }
}

function readBool(input: Input): boolean {
  const octet = input.uint(1);
  if (octet > 1 && !input.is("accepts unknown values")) throw new Refusal();
  return octet !== 0;
}

function readEnum(shape: Extract<Shape, { kind: "enum" }>, input: Input): string | number {
  const number = input.uint(shape.octets);
  const name = [...shape.values].find(([label, value]) => value === number && label !== "reserved")?.[0];
  if (name === undefined && !shape.open && !input.is("accepts unknown values")) throw new Refusal();
  return name ?? number;
}

function readOpaque(shape: Extract<Shape, { kind: "opaque" }>, input: Input): unknown {
  const bytes = input.take(lengthOf(shape.length, input));
  if (!shape.text) return bytes;
  const text = textOf(bytes);
  if (text === undefined && !input.is("accepts any octets as text")) throw new Refusal();
  return text ?? "";
}

function readOptional(
  shape: Extract<Shape, { kind: "optional" }>,
  input: Input,
  enclosing: unknown,
): unknown {
  const presence = input.uint(1);
  if (presence > 1 && !input.is("takes any octet for presence")) throw new Refusal();
  return presence === 0 ? undefined : read(shape.item.shape, input, enclosing);
}

function readVector(shape: Extract<Shape, { kind: "vector" }>, input: Input, enclosing: unknown): unknown[] {
  const octets = lengthOf(shape.length, input);
  let items: unknown[] = [];
  input.within(octets, () => {
    items = readItems(shape.item.shape, input, enclosing);
  });
  return items;
}

function readItems(item: Shape, input: Input, enclosing: unknown): unknown[] {
  const items: unknown[] = [];
  while (input.offset < input.end) {
    const start = input.offset;
    try {
      items.push(read(item, input, enclosing));
    } catch (error) {
      if (!(error instanceof Refusal) || !input.is("drops half items")) throw error;
      input.offset = input.end;
    }
    if (input.offset === start) throw new Refusal();
  }
  return items;
}

function lengthOf(length: Extract<Shape, { kind: "opaque" }>["length"], input: Input): number {
  if (length.kind === "exact") return length.octets;
  if (length.kind === "bounded") {
    const octets = input.uint(
      length.max < 2 ** 8 ? 1 : length.max < 2 ** 16 ? 2 : length.max < 2 ** 24 ? 3 : 4,
    );
    if (octets < length.min || octets > length.max) throw new Refusal();
    return octets;
  }
  const first = input.uint(1);
  const form = first >> 6;
  if (form === 3 && !input.is("accepts reserved lengths")) throw new Refusal();
  const more = form === 3 ? 3 : (1 << form) - 1;
  const octets = (first & 0x3f) * 256 ** more + (more === 0 ? 0 : input.uint(more));
  const shortest = octets < 64 ? 0 : octets < 16384 ? 1 : 2;
  if (form !== 3 && form !== shortest && !input.is("accepts long lengths")) throw new Refusal();
  return octets;
}

function readStruct({ parts }: Extract<Shape, { kind: "struct" }>, input: Input, enclosing: unknown): Fields {
  const value: Fields = {};
  readParts(parts, value, input, enclosing);
  return value;
}

function readParts(parts: readonly Part[], value: Fields, input: Input, enclosing: unknown): void {
  for (const part of parts) {
    if (part.kind === "field") {
      value[part.key] = read(part.codec.shape, input, value);
      continue;
    }
    const tag = part.tagOf(value, enclosing);
    const arm = (typeof tag === "string" ? part.arms.get(tag) : undefined) ?? part.otherwise;
    if (arm === undefined && !input.is("skips unknown cases")) throw new Refusal();
    readParts(arm ?? [], value, input, enclosing);
  }
}
