/**
 * Structures: fields in the draft's order under the draft's names, and selects. A field `role_index` on the wire is
 * `roleIndex` in TypeScript; a select on a field of the same structure gives a discriminated union.
 */
import { annotations, type Codec, type Notes, wholeOperations } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";
import type { Reader } from "./reader.ts";
import type { Decision, FieldPart, Part, SelectPart } from "./shape.ts";
import type { Writer } from "./writer.ts";

export type Fields = Readonly<Record<string, Codec<unknown>>>;

/** `participant_list` as `participantList` */
export type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

type Flat<T> = { [K in keyof T]: T[K] } & {};
type FieldValues<F extends Fields> = Flat<{
  [K in keyof F & string as Camel<K>]: F[K] extends Codec<infer T> ? T : never;
}>;
type ArmValue<A> = A extends StructCodec<infer T> ? T : A extends Fields ? FieldValues<A> : never;
type Arms = Readonly<Record<string, Fields | StructCodec<object>>>;
type TagOf<T, On extends string> = Camel<On> extends keyof T ? T[Camel<On>] : never;

/** One member of the union per arm, told apart by the selecting field. */
type Selected<On extends string, A extends Arms> = {
  [Tag in keyof A & string]: { [K in Camel<On>]: Tag } & ArmValue<A[Tag]>;
}[keyof A & string];
type Otherwise<T, On extends string, A extends Arms, O extends Fields> = {
  [K in Camel<On>]: Exclude<TagOf<T, On>, keyof A>;
} & FieldValues<O>;

/** Where the selecting value is not a sibling, TypeScript cannot tell two arms apart: their fields are optional. */
type KeysOfUnion<U> = U extends unknown ? keyof U : never;
type ValueInUnion<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;
type Merged<U> = { [K in KeysOfUnion<U>]?: ValueInUnion<U, K> | undefined };
type IsUnion<T, Each = T> = Each extends unknown ? ([T] extends [Each] ? false : true) : never;
type AnyArm<A extends Arms> =
  IsUnion<keyof A> extends true
    ? Merged<{ [Tag in keyof A]: ArmValue<A[Tag]> }[keyof A]>
    : ArmValue<A[keyof A]>;

export interface StructCodec<T extends object> extends Codec<T> {
  /** `select (on) { case tag: fields }` on an earlier field of this structure. */
  select<On extends string, A extends Arms>(on: On, arms: A): StructCodec<T & Selected<On, A>>;
  /** The same, with the fields of all cases not named (`{}` where they have none). */
  select<On extends string, A extends Arms, O extends Fields>(
    on: On,
    arms: A,
    otherwise: O,
  ): StructCodec<T & (Selected<On, A> | Otherwise<T, On, A, O>)>;
  /** A select whose value lies elsewhere; `on` is the draft's text, `tagOf` finds the value. */
  selectBy<A extends Arms>(
    on: string,
    tagOf: (value: T, enclosing: unknown) => string | number | undefined,
    arms: A,
  ): StructCodec<T & AnyArm<A>>;
  /** More fields behind a select. */
  followedBy<F extends Fields>(fields: F): StructCodec<T & FieldValues<F>>;
  as(meaning: string): StructCodec<T>;
  from(source: string, says: string): StructCodec<T>;
  decided(decision: Decision): StructCodec<T>;
}

/** `struct { ... } name;` */
export function struct<F extends Fields>(name: string, fields: F): StructCodec<FieldValues<F>> {
  return structOf<FieldValues<F>>(name, fieldParts(fields), {});
}

/** The fields of one case, where that case holds a select of its own. */
export function arm<F extends Fields>(fields: F): StructCodec<FieldValues<F>> {
  return struct("", fields);
}

/** The key a wire name has in TypeScript. */
export function camel(wireName: string): string {
  return wireName.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function structOf<T extends object>(name: string, parts: readonly Part[], notes: Notes): StructCodec<T> {
  const halves = {
    shape: { kind: "struct", name, parts } as const,
    read: (reader: Reader, enclosing?: unknown) => {
      const value: Record<string, unknown> = {};
      readParts(reader, name, parts, value, enclosing);
      return value as T;
    },
    write: (writer: Writer, value: T, enclosing?: unknown) =>
      writeParts(writer, name, parts, value as Record<string, unknown>, enclosing),
  };
  const grown = (more: Part) => structOf<never>(name, [...parts, more], notes);
  return {
    ...halves,
    ...wholeOperations(halves),
    ...annotations(notes, (n) => structOf<T>(name, parts, n)),
    notes,
    select: (on: string, arms: Arms, otherwise?: Fields) => {
      const key = camel(on);
      return grown(selectPart(on, (value) => value[key], arms, otherwise));
    },
    selectBy: (on, tagOf, arms) =>
      grown(selectPart(on, (value, enclosing) => tagOf(value as T, enclosing), arms, undefined)),
    followedBy: (fields) => structOf<never>(name, [...parts, ...fieldParts(fields)], notes),
  };
}

function fieldParts(fields: Fields): FieldPart[] {
  return Object.entries(fields).map(([wireName, codec]) => ({
    kind: "field",
    wireName,
    key: camel(wireName),
    codec,
  }));
}

function selectPart(
  on: string,
  tagOf: SelectPart["tagOf"],
  arms: Arms,
  otherwise: Fields | undefined,
): SelectPart {
  const partsOfArm = (a: Fields | StructCodec<object>): readonly Part[] => {
    const declared = a as StructCodec<object>;
    return declared.shape?.kind === "struct" ? declared.shape.parts : fieldParts(a as Fields);
  };
  return {
    kind: "select",
    on,
    tagOf,
    arms: new Map(Object.entries(arms).map(([tag, a]) => [tag, partsOfArm(a)])),
    otherwise: otherwise && fieldParts(otherwise),
  };
}

/** The parts that `value` selects; a text that says what it selects where there is no such case. */
export function armFor(
  part: SelectPart,
  value: Record<string, unknown>,
  enclosing: unknown,
): readonly Part[] | string {
  const tag = part.tagOf(value, enclosing);
  const chosen = typeof tag === "string" ? part.arms.get(tag) : undefined;
  return chosen ?? part.otherwise ?? String(tag);
}

function casesOf(part: SelectPart): string {
  return `one of the cases ${[...part.arms.keys()].join(", ")}`;
}

function readParts(
  reader: Reader,
  name: string,
  parts: readonly Part[],
  value: Record<string, unknown>,
  enclosing: unknown,
): void {
  let wireName = "";
  try {
    for (const part of parts) {
      if (part.kind === "select") {
        wireName = part.on;
        const chosen = armFor(part, value, enclosing);
        if (typeof chosen === "string") throw new DecodeError(reader.offset, casesOf(part), chosen);
        wireName = "";
        readParts(reader, name, chosen, value, enclosing);
        continue;
      }
      wireName = part.wireName;
      reader.observer?.enter(wireName, part.codec, reader.offset);
      const field = part.codec.read(reader, value);
      value[part.key] = field;
      reader.observer?.leave(reader.offset, field);
    }
  } catch (error) {
    throw error instanceof DecodeError && wireName !== "" ? error.within(name, wireName) : error;
  }
}

function writeParts(
  writer: Writer,
  name: string,
  parts: readonly Part[],
  value: Record<string, unknown>,
  enclosing: unknown,
): void {
  let wireName = "";
  try {
    for (const part of parts) {
      if (part.kind === "select") {
        wireName = part.on;
        const chosen = armFor(part, value, enclosing);
        if (typeof chosen === "string") throw new EncodeError(casesOf(part), chosen);
        wireName = "";
        writeParts(writer, name, chosen, value, enclosing);
        continue;
      }
      wireName = part.wireName;
      part.codec.write(writer, value[part.key], value);
    }
  } catch (error) {
    throw error instanceof EncodeError && wireName !== "" ? error.within(name, wireName) : error;
  }
}
