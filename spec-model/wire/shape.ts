/** What a declaration says about itself, as data: documentation, presentation text and generators derive from it. */
import type { Codec } from "./codec.ts";

/** How a byte string or a vector says its length. */
export type Length =
  /** `<V>`: RFC 9420 §2.1.2 */
  | { readonly kind: "variable" }
  /** `[n]`: exactly n octets, nothing on the wire */
  | { readonly kind: "exact"; readonly octets: number }
  /** `<min..max>`: RFC 8446 §3.4, a prefix of fixed width */
  | { readonly kind: "bounded"; readonly min: number; readonly max: number };

/** A reading chosen where a draft's syntax is broken or ambiguous; all of them are listed in the format decisions. */
export interface Decision {
  readonly question: string;
  readonly reading: string;
  readonly reason: string;
  readonly alternatives: readonly string[];
}

/** Where a declaration comes from. */
export interface Origin {
  /** e.g. `protocol-06 §5.2` */
  readonly source: string;
  /** One sentence, in our words. */
  readonly says: string;
}

export interface FieldPart {
  readonly kind: "field";
  readonly wireName: string;
  readonly key: string;
  readonly codec: Codec<unknown>;
}

export interface SelectPart {
  readonly kind: "select";
  /** The selecting field as the draft writes it. */
  readonly on: string;
  readonly tagOf: (value: Record<string, unknown>, enclosing: unknown) => unknown;
  readonly arms: ReadonlyMap<string, readonly Part[]>;
  readonly otherwise: readonly Part[] | undefined;
}

export type Part = FieldPart | SelectPart;

export type Shape =
  | { readonly kind: "uint"; readonly octets: 1 | 2 | 3 | 4 | 8 }
  | { readonly kind: "opaque"; readonly length: Length; readonly text: boolean }
  | { readonly kind: "vector"; readonly item: Codec<unknown>; readonly length: Length }
  | { readonly kind: "optional"; readonly item: Codec<unknown> }
  | {
      readonly kind: "enum";
      readonly name: string;
      readonly octets: 1 | 2 | 4;
      /** With `reserved`, where the draft says so. */
      readonly values: ReadonlyMap<string, number>;
      readonly open: boolean;
    }
  | { readonly kind: "struct"; readonly name: string; readonly parts: readonly Part[] }
  | { readonly kind: "bool" }
  | { readonly kind: "alias"; readonly name: string; readonly of: Codec<unknown> }
  /** A type of which not all values are allowed; `rule` says which are. */
  | {
      readonly kind: "restricted";
      readonly of: Codec<unknown>;
      readonly rule: string;
      readonly holds: (value: unknown) => boolean;
    }
  /** One item after the other to the end of the input, at least one. */
  | { readonly kind: "sequence"; readonly name: string; readonly item: Codec<unknown> }
  /** All octets that are left where it is read; `text` is how its draft writes that. */
  | { readonly kind: "rest"; readonly text: string };

/** The name that a declaration gives its type, if it gives one. */
export function nameOf(shape: Shape): string | undefined {
  if (shape.kind === "bool") return "bool";
  return "name" in shape && shape.name !== "" ? shape.name : undefined;
}
