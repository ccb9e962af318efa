/** Bytes as a tree of named, explained parts: what `mimi decode` prints, and what single faults are made from. */
import { hex } from "../bytes.ts";
import { type Codec, readWhole } from "./codec.ts";
import { DecodeError, type PathStep } from "./errors.ts";
import { Reader, type ReadObserver } from "./reader.ts";
import { nameOf, type Shape } from "./shape.ts";

/** One part of a structure and the octets it takes. */
export interface Annotated {
  /** The field's name in the draft, or the index in a vector; undefined for the whole. */
  readonly step: PathStep | undefined;
  readonly codec: Codec<unknown>;
  /** Where it begins, counted from the start of the input; a length in front of it is part of it. */
  readonly offset: number;
  /** In octets; of a part that could not be read to its end, as far as the reader came. */
  readonly length: number;
  /** Undefined where it could not be read to its end. */
  readonly value: unknown;
  readonly complete: boolean;
  readonly children: readonly Annotated[];
}

export interface Annotation {
  readonly tree: Annotated;
  /** Why reading stopped, where it did. */
  readonly error: DecodeError | undefined;
}

type Open = { -readonly [K in keyof Annotated]: K extends "children" ? Open[] : Annotated[K] };

/** Reads `bytes` as one `codec`. Bad bytes give the tree up to the fault, and the fault; nothing is thrown. */
export function annotate(codec: Codec<unknown>, bytes: Uint8Array, enclosing?: unknown): Annotation {
  const root = open(undefined, codec, 0);
  const path: Open[] = [root];
  const observer: ReadObserver = {
    enter(step, of, offset) {
      const part = open(step, of, offset);
      path.at(-1)?.children.push(part);
      path.push(part);
    },
    leave(offset, value) {
      const part = path.pop();
      if (part !== undefined) close(part, offset, value);
    },
  };
  const reader = new Reader(bytes, observer);
  try {
    close(root, bytes.length, readWhole(codec, reader, enclosing));
    return { tree: root, error: undefined };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    for (const part of path) part.length = reader.offset - part.offset;
    return { tree: root, error };
  }
}

/** The value of a part without children, for people: `success (0)`, `42`, `"clubhouse"`, hexadecimal, `absent`. */
export function shown(part: Annotated): string {
  return part.complete ? shownAs(part.codec.shape, part.value) : "incomplete";
}

/** The name of a part's type, as a heading: `KeyPackage`, `opaque`, `uint32`. */
export function typeName(shape: Shape): string {
  const name = nameOf(shape);
  if (name !== undefined) return name;
  switch (shape.kind) {
    case "uint":
      return `uint${8 * shape.octets}`;
    case "vector":
    case "optional":
      return `${shape.kind === "vector" ? "vector" : "optional"}<${typeName(shape.item.shape)}>`;
    case "restricted":
      return typeName(shape.of.shape);
    default:
      return "opaque";
  }
}

function open(step: PathStep | undefined, codec: Codec<unknown>, offset: number): Open {
  return { step, codec, offset, length: 0, value: undefined, complete: false, children: [] };
}

function close(part: Open, offset: number, value: unknown): void {
  part.length = offset - part.offset;
  part.value = value;
  part.complete = true;
}

function shownAs(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case "optional":
      return value === undefined ? "absent" : shownAs(shape.item.shape, value);
    case "alias":
    case "restricted":
      return shownAs(shape.of.shape, value);
    case "enum":
      return typeof value === "string" ? `${value} (${shape.values.get(value)})` : `unknown (${value})`;
    case "vector":
    case "sequence": {
      const items = (value as readonly unknown[]).length;
      return items === 1 ? "1 item" : `${items} items`;
    }
    case "struct":
      return "";
    case "opaque":
    case "rest":
      return typeof value === "string" ? JSON.stringify(value) : hex(value as Uint8Array);
    default:
      return String(value);
  }
}
