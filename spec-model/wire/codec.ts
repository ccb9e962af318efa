/** A declared type: how it is read and written, and what its declaration says. */
import { DecodeError } from "./errors.ts";
import { Reader } from "./reader.ts";
import { type Decision, nameOf, type Origin, type Shape } from "./shape.ts";
import { type Writer, written } from "./writer.ts";

/** What a declaration adds to its shape. */
export interface Notes {
  /** The meaning of the field it stands in. */
  readonly meaning?: string;
  readonly origin?: Origin;
  readonly decisions?: readonly Decision[];
}

export interface Codec<T> {
  readonly shape: Shape;
  readonly notes: Notes;
  /** Reads one value. `enclosing` is the structure around it as far as it has been read. */
  read(reader: Reader, enclosing?: unknown): T;
  write(writer: Writer, value: T, enclosing?: unknown): void;
  /** The encoding of `value`. Throws `EncodeError` where it has none. */
  encode(value: T, enclosing?: unknown): Uint8Array;
  /** The value that all of `bytes` encode; byte strings in it are views. Throws `DecodeError`, nothing else. */
  decode(bytes: Uint8Array, enclosing?: unknown): T;
  /** The same type with the meaning it has in the field it is declared for. */
  as(meaning: string): Codec<T>;
  /** The same type with the place it is defined at, e.g. `protocol-06 §5.2`, and what it is. */
  from(source: string, says: string): Codec<T>;
  /** The same type with a reading chosen where its draft leaves one open. */
  decided(decision: Decision): Codec<T>;
}

/** The TypeScript type of a declaration. */
export type Infer<C> = C extends Codec<infer T> ? T : never;

/** The two halves of a codec; `codec` makes the rest. */
export interface Halves<T> {
  readonly shape: Shape;
  read(reader: Reader, enclosing?: unknown): T;
  write(writer: Writer, value: T, enclosing?: unknown): void;
}

export function codec<T>(halves: Halves<T>, notes: Notes = {}): Codec<T> {
  return { ...halves, ...wholeOperations(halves), ...annotations(notes, (n) => codec(halves, n)), notes };
}

/** `encode` and `decode` of whole byte strings, from the two halves. */
export function wholeOperations<T>(halves: Halves<T>) {
  return {
    encode(value: T, enclosing?: unknown): Uint8Array {
      return written((writer) => halves.write(writer, value, enclosing));
    },
    decode(bytes: Uint8Array, enclosing?: unknown): T {
      return readWhole(halves, new Reader(bytes), enclosing);
    },
  };
}

/** `before` and the encoding of `value` behind it, in one array. */
export function encodedAfter<T>(before: Uint8Array, type: Codec<T>, value: T): Uint8Array {
  return written((writer) => {
    writer.bytes(before);
    type.write(writer, value);
  });
}

/** Reads one value that takes all the bytes of `reader`. */
export function readWhole<T>(halves: Halves<T>, reader: Reader, enclosing?: unknown): T {
  try {
    const value = halves.read(reader, enclosing);
    reader.finish();
    return value;
  } catch (error) {
    if (error instanceof DecodeError && error.structure === "") error.structure = nameOf(halves.shape) ?? "";
    throw error;
  }
}

/** The methods that return the same type with one more note. */
export function annotations<C>(notes: Notes, again: (notes: Notes) => C) {
  return {
    as: (meaning: string) => again({ ...notes, meaning }),
    from: (source: string, says: string) => again({ ...notes, origin: { source, says } }),
    decided: (decision: Decision) => again({ ...notes, decisions: [...(notes.decisions ?? []), decision] }),
  };
}
