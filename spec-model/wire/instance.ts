/** Instances of a declared type, built from choices: for property tests, and for vectors from a seed. */
import type { Codec } from "./codec.ts";
import type { FieldPart, Length, Part, Shape } from "./shape.ts";
import { armFor } from "./struct.ts";

/** Where the choices come from. */
export interface Choices {
  /** An integer from 0 to `limit` - 1; 0 is the plainest choice. */
  below(limit: number): number;
}

/** How often a choice is made again before a type counts as one without instances. */
const attempts = 1000;

/**
 * A value of `codec`: all cases, absent and present options, empty and long vectors, edges of the integers. It is
 * as small as can be where all choices are 0. `enclosing` is the structure around it, for types that need one.
 */
export function instance<T>(codec: Codec<T>, choices: Choices, enclosing?: unknown): T {
  return valueFor(codec.shape, choices, enclosing, 0) as T;
}

function valueFor(shape: Shape, choices: Choices, enclosing: unknown, depth: number): unknown {
  switch (shape.kind) {
    case "uint":
      return integer(shape.octets, choices);
    case "bool":
      return choices.below(2) === 1;
    case "enum":
      return enumValue(shape, choices);
    case "opaque":
      return shape.text ? textOfLength(choices, shape.length) : bytesOfLength(choices, shape.length);
    case "rest":
      return bytes(choices, choices.below(4));
    case "optional":
      return choices.below(2) === 1 ? valueFor(shape.item.shape, choices, enclosing, depth + 1) : undefined;
    case "vector":
    case "sequence":
      return items(shape, choices, enclosing, depth);
    case "alias":
      return valueFor(shape.of.shape, choices, enclosing, depth);
    case "restricted":
      return insist(choices, (again) => {
        const value = valueFor(shape.of.shape, again, enclosing, depth);
        return shape.holds(value) ? { value } : undefined;
      }).value;
    case "struct":
      return structure(shape.parts, choices, enclosing, depth);
  }
}

/** Makes a value until it is one; the plainest choices may lead to none, so later attempts are forced away from them. */
function insist<T>(choices: Choices, make: (choices: Choices) => T | undefined): T {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const made = make(attempt === 0 ? choices : shifted(choices, attempt));
    if (made !== undefined) return made;
  }
  throw new Error(`no instance in ${attempts} attempts`);
}

/** The same choices, moved on by amounts that differ from one choice to the next and one attempt to the next. */
function shifted(choices: Choices, attempt: number): Choices {
  let state = attempt;
  return {
    below(limit) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (choices.below(limit) + (state >>> 8)) % limit;
    },
  };
}

function structure(parts: readonly Part[], choices: Choices, enclosing: unknown, depth: number): object {
  return insist(choices, (again) => {
    const value: Record<string, unknown> = {};
    return fill(value, parts, again, enclosing, depth) ? value : undefined;
  });
}

/** Gives `value` the fields of `parts`; false where it selects a case that there is not. */
function fill(
  value: Record<string, unknown>,
  parts: readonly Part[],
  choices: Choices,
  enclosing: unknown,
  depth: number,
): boolean {
  for (const part of parts) {
    if (part.kind === "field") {
      value[part.key] = fieldValue(part, value, choices, depth);
      continue;
    }
    const chosen = armFor(part, value, enclosing);
    if (typeof chosen === "string" || !fill(value, chosen, choices, enclosing, depth)) return false;
  }
  return true;
}

function fieldValue(
  part: FieldPart,
  value: Record<string, unknown>,
  choices: Choices,
  depth: number,
): unknown {
  return valueFor(part.codec.shape, choices, value, depth + 1);
}

function items(
  shape: Extract<Shape, { kind: "vector" | "sequence" }>,
  choices: Choices,
  enclosing: unknown,
  depth: number,
): unknown[] {
  const least = shape.kind === "sequence" ? 1 : 0;
  const most = depth > 6 ? 1 : 3;
  const list: unknown[] = [];
  const count = least + choices.below(most + 1);
  while (list.length < count) list.push(valueFor(shape.item.shape, choices, enclosing, depth + 1));
  if (shape.kind === "vector") fitLength(shape, list, choices, enclosing, depth);
  return list;
}

/** Adds or drops items until the vector has a length that it may have. */
function fitLength(
  shape: Extract<Shape, { kind: "vector" }>,
  list: unknown[],
  choices: Choices,
  enclosing: unknown,
  depth: number,
): void {
  const { length } = shape;
  if (length.kind === "variable") return;
  const [min, max] = length.kind === "exact" ? [length.octets, length.octets] : [length.min, length.max];
  const size = () => list.reduce<number>((sum, item) => sum + shape.item.encode(item, enclosing).length, 0);
  while (size() < min) list.push(valueFor(shape.item.shape, choices, enclosing, depth + 1));
  while (size() > max && list.length > 0) list.pop();
}

function enumValue(shape: Extract<Shape, { kind: "enum" }>, choices: Choices): string | number {
  const names = [...shape.values.keys()].filter((name) => name !== "reserved");
  const pick = choices.below(names.length + (shape.open ? 1 : 0));
  const name = names[pick];
  if (name !== undefined) return name;
  const known = new Set(
    [...shape.values].filter(([label]) => label !== "reserved").map(([, number]) => number),
  );
  let number = choices.below(256 ** shape.octets);
  while (known.has(number)) number = (number + 1) % 256 ** shape.octets;
  return number;
}

function integer(octets: 1 | 2 | 3 | 4 | 8, choices: Choices): number | bigint {
  const edge = choices.below(4);
  if (octets === 8) {
    if (edge === 3) return (1n << 64n) - 1n;
    const low = BigInt(choices.below(2 ** 32));
    return edge === 2 ? (BigInt(choices.below(2 ** 32)) << 32n) | low : low;
  }
  if (edge === 3) return 256 ** octets - 1;
  return edge === 2 ? choices.below(256 ** octets) : choices.below(Math.min(1000, 256 ** octets));
}

/** Lengths around those where a variable-size vector's length gets longer are more frequent than others. */
const telling = [63, 64, 65, 16383, 16384];

function lengthOf(choices: Choices, length: Length): number {
  if (length.kind === "exact") return length.octets;
  if (length.kind === "bounded") return length.min + choices.below(Math.min(40, length.max - length.min) + 1);
  const pick = choices.below(200);
  if (pick > 198) return telling[3 + choices.below(2)] ?? 0;
  return pick > 190 ? (telling[choices.below(3)] ?? 0) : choices.below(20);
}

function bytesOfLength(choices: Choices, length: Length): Uint8Array {
  return bytes(choices, lengthOf(choices, length));
}

function bytes(choices: Choices, length: number): Uint8Array {
  // Long byte strings repeat one octet: their length is what matters.
  const filler = choices.below(256);
  const filled = new Uint8Array(length).fill(filler);
  for (let i = 0; i < Math.min(length, 8); i++) filled[i] = choices.below(256);
  return filled;
}

const characters = ["a", "m", "0", "/", ":", "%", "é", "语", "🙂", "\0"];

/** Text that takes exactly as many octets as `length` asks for. */
function textOfLength(choices: Choices, length: Length): string {
  let left = lengthOf(choices, length);
  let text = "";
  for (let drawn = 0; left > 0 && drawn < 12; drawn++) {
    const character = characters[choices.below(characters.length)] ?? "a";
    const octets = new TextEncoder().encode(character).length;
    if (octets > left) continue;
    text += character;
    left -= octets;
  }
  return text + "a".repeat(left);
}
