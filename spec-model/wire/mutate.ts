/** Encodings with exactly one fault, made from a valid one, each with the place where a decoder has to report it. */
import { concat } from "../bytes.ts";
import { type Annotated, annotate } from "./annotate.ts";
import type { Codec } from "./codec.ts";
import type { PathStep } from "./errors.ts";
import { prefixWidth } from "./lengths.ts";
import type { Length, SelectPart, Shape } from "./shape.ts";
import { Writer } from "./writer.ts";

/** What is wrong with a faulty encoding. */
export type Fault =
  | "truncated"
  | "trailing octet"
  | "length beyond the end"
  | "length not in its shortest form"
  | "length prefix with bits 11"
  | "length that is no multiple of the item's"
  | "unknown value"
  | "value without a case"
  | "presence octet 2"
  | "invalid UTF-8";

export interface Mutation {
  readonly fault: Fault;
  /** Where the error has to be reported: what `DecodeError.path` holds. */
  readonly path: readonly PathStep[];
  readonly bytes: Uint8Array;
}

/** All single faults of `bytes`, a valid encoding of `codec`. Lengths around a fault are put right. */
export function singleFaults(codec: Codec<unknown>, bytes: Uint8Array, enclosing?: unknown): Mutation[] {
  const { tree, error } = annotate(codec, bytes, enclosing);
  if (error !== undefined) throw error;
  const source: Source = { bytes, tree };
  const faults = placesOf(tree, [], []).flatMap((place) => faultsAt(source, place));
  return [...truncations(source), ...trailing(source), ...faults];
}

interface Source {
  readonly bytes: Uint8Array;
  readonly tree: Annotated;
}

/** A part, how to get there, and what is around it from the outside inwards. */
interface Place {
  readonly part: Annotated;
  readonly path: readonly PathStep[];
  readonly around: readonly Annotated[];
}

/** A part's type without the wrappers around it, and where the octets of the wrappers and of its length lie. */
interface Core {
  readonly shape: Shape;
  readonly presences: readonly number[];
  /** Where the length begins, or the value where there is none. */
  readonly start: number;
  /** Behind the length. */
  readonly content: number;
  /** False where an optional value is not there. */
  readonly present: boolean;
}

function placesOf(part: Annotated, path: readonly PathStep[], around: readonly Annotated[]): Place[] {
  const inner = [...around, part];
  const below = part.children.flatMap((child) =>
    placesOf(child, child.step === undefined ? path : [...path, child.step], inner),
  );
  return [{ part, path, around }, ...below];
}

function coreOf({ codec, offset, value }: Annotated, bytes: Uint8Array): Core {
  let { shape } = codec;
  let start = offset;
  const presences: number[] = [];
  for (;;) {
    if (shape.kind === "optional") {
      presences.push(start++);
      if (value === undefined) return { shape, presences, start, content: start, present: false };
      shape = shape.item.shape;
    } else if (shape.kind === "alias" || shape.kind === "restricted") shape = shape.of.shape;
    else
      return { shape, presences, start, content: start + lengthOctets(shape, bytes, start), present: true };
  }
}

function lengthOctets(shape: Shape, bytes: Uint8Array, start: number): number {
  if (shape.kind !== "opaque" && shape.kind !== "vector") return 0;
  if (shape.length.kind === "exact") return 0;
  if (shape.length.kind === "bounded") return prefixWidth(shape.length.max);
  return 1 << ((bytes[start] as number) >> 6);
}

function truncations({ bytes, tree }: Source): Mutation[] {
  const mutations: Mutation[] = [];
  for (let length = 0; length < bytes.length; length++) {
    const path = placeOfEnd(tree, length, bytes, []);
    if (path !== undefined) mutations.push({ fault: "truncated", path, bytes: bytes.slice(0, length) });
  }
  return mutations;
}

/** Where reading stops when only `end` octets are left; undefined where that is a valid encoding, too. */
function placeOfEnd(
  part: Annotated,
  end: number,
  bytes: Uint8Array,
  path: readonly PathStep[],
): readonly PathStep[] | undefined {
  const { shape, start } = coreOf(part, bytes);
  if (shape.kind === "rest") return undefined;
  const here = shape.kind !== "struct" && shape.kind !== "sequence";
  if (here || end < start) return path;
  const cut = part.children.find((child) => child.offset <= end && end < child.offset + child.length);
  if (shape.kind === "sequence") {
    if (end === start) return path;
    if (cut?.offset === end) return undefined;
  }
  if (cut === undefined) return path;
  return placeOfEnd(cut, end, bytes, cut.step === undefined ? path : [...path, cut.step]);
}

function trailing({ bytes, tree }: Source): Mutation[] {
  if (takesMore(tree, bytes)) return [];
  return [{ fault: "trailing octet", path: [], bytes: concat(bytes, Uint8Array.of(0)) }];
}

/** Whether octets behind `part` would become part of it. */
function takesMore(part: Annotated, bytes: Uint8Array): boolean {
  const { shape } = coreOf(part, bytes);
  if (shape.kind === "rest" || shape.kind === "sequence") return true;
  const last = part.children.at(-1);
  return shape.kind === "struct" && last !== undefined && takesMore(last, bytes);
}

function faultsAt(source: Source, place: Place): Mutation[] {
  const { bytes } = source;
  const core = coreOf(place.part, bytes);
  const { shape, start } = core;
  const octet = (fault: Fault, at: number, value: number) =>
    mutation(source, place, fault, { at, removed: 1, inserted: Uint8Array.of(value) });
  const faults = core.presences.map((at) => octet("presence octet 2", at, 2));
  if (!core.present) return faults;
  if (shape.kind === "bool") faults.push(octet("unknown value", start, 2));
  if (shape.kind === "enum") faults.push(...enumFaults(source, place, shape, start));
  if (shape.kind === "vector" || shape.kind === "opaque") faults.push(...lengthFaults(source, place, core));
  if (shape.kind === "opaque" && shape.text) faults.push(textFault(source, place, core));
  return faults;
}

function enumFaults(
  source: Source,
  place: Place,
  shape: Extract<Shape, { kind: "enum" }>,
  start: number,
): Mutation[] {
  const known = new Set(shape.values.values());
  let unknown = 256 ** shape.octets - 1;
  while (known.has(unknown)) unknown--;
  const change = { at: start, removed: shape.octets, inserted: bigEndian(unknown, shape.octets) };
  if (!shape.open) return unknown < 0 ? [] : [mutation(source, place, "unknown value", change)];
  return isSelector(place) ? [mutation(source, place, "value without a case", change)] : [];
}

/** Whether the structure around an enumeration selects on it and has no case for numbers it does not know. */
function isSelector({ part, around }: Place): boolean {
  let shape = around.at(-1)?.codec.shape;
  while (shape?.kind === "optional" || shape?.kind === "alias") {
    shape = shape.kind === "optional" ? shape.item.shape : shape.of.shape;
  }
  if (shape?.kind !== "struct") return false;
  const selects = shape.parts.filter((each): each is SelectPart => each.kind === "select");
  return selects.some((select) => select.on === part.step && select.otherwise === undefined);
}

function lengthFaults(source: Source, place: Place, core: Core): Mutation[] {
  const { shape, start, content } = core;
  if ((shape.kind !== "vector" && shape.kind !== "opaque") || shape.length.kind === "exact") return [];
  const prefix = (fault: Fault, inserted: Uint8Array) =>
    mutation(source, place, fault, { at: start, removed: content - start, inserted });
  const end = place.part.offset + place.part.length;
  const faults: Mutation[] = [];
  if (shape.length.kind === "bounded") {
    const { max } = shape.length;
    if (max > source.bytes.length) {
      faults.push(prefix("length beyond the end", bigEndian(max, prefixWidth(max))));
    }
  } else {
    const octets = end - content;
    faults.push(
      prefix("length beyond the end", bigEndian(0xbfffffff, 4)),
      prefix("length prefix with bits 11", bigEndian(0xc0000000 + octets, 4)),
    );
    if (content - start === 1) {
      faults.push(prefix("length not in its shortest form", bigEndian(0x4000 + octets, 2)));
    }
    if (content - start < 4) {
      faults.push(prefix("length not in its shortest form", bigEndian(0x80000000 + octets, 4)));
    }
  }
  if (shape.kind === "vector" && isDivided(shape)) {
    const change = { at: end, removed: 0, inserted: Uint8Array.of(0) };
    faults.push(mutation(source, inside(place), "length that is no multiple of the item's", change));
  }
  return faults;
}

/** Whether the items of a vector all take the same number of octets, more than one. */
function isDivided(shape: Extract<Shape, { kind: "vector" }>): boolean {
  const item = shape.item.shape;
  const plain = item.kind === "alias" ? item.of.shape : item;
  return (plain.kind === "uint" || plain.kind === "enum") && plain.octets > 1;
}

function textFault(source: Source, place: Place, core: Core): Mutation {
  const end = place.part.offset + place.part.length;
  const removed = end > core.content ? 1 : 0;
  const change = { at: core.content, removed, inserted: Uint8Array.of(0xff) };
  return mutation(source, inside(place), "invalid UTF-8", change);
}

/** The same place, with the part itself counted among what is around the change: its length changes, too. */
function inside(place: Place): Place {
  return { ...place, around: [...place.around, place.part] };
}

interface Change {
  readonly at: number;
  readonly removed: number;
  readonly inserted: Uint8Array;
}

function mutation({ bytes }: Source, { path, around }: Place, fault: Fault, change: Change): Mutation {
  let { at, removed, inserted } = change;
  for (const outer of around.toReversed()) {
    const { shape, start, content } = coreOf(outer, bytes);
    if (shape.kind !== "vector" && shape.kind !== "opaque") continue;
    const end = outer.offset + outer.length;
    const body = concat(bytes.subarray(content, at), inserted, bytes.subarray(at + removed, end));
    inserted = concat(lengthPrefix(shape.length, body.length), body);
    at = start;
    removed = end - start;
  }
  return { fault, path, bytes: concat(bytes.subarray(0, at), inserted, bytes.subarray(at + removed)) };
}

function lengthPrefix(length: Length, octets: number): Uint8Array {
  if (length.kind === "exact") return new Uint8Array(0);
  if (length.kind === "bounded") return bigEndian(octets, prefixWidth(length.max));
  const writer = new Writer();
  writer.vectorLength(octets);
  return writer.finish();
}

function bigEndian(value: number, octets: number): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, i) => Math.floor(value / 256 ** (octets - 1 - i)) % 256);
}
