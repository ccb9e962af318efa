/** An operation that cases ask for: its name, what goes in, what comes out, and which outcomes there are. */
import type { Family, Json } from "../case.ts";

export interface Member {
  /** A JSON Schema. */
  readonly schema: { readonly [keyword: string]: Json };
  readonly says: string;
  readonly optional?: true;
}

export interface Operation {
  /** e.g. `codec.decode` */
  readonly name: string;
  readonly family: Family;
  readonly says: string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly input: Readonly<Record<string, Member>>;
  readonly output: Readonly<Record<string, Member>>;
  /** What the member `value` of inputs and outputs is, by the structure that the group's input names. */
  readonly values?: Readonly<Record<string, Member["schema"]>>;
  /** Schemas that those of the members refer to by `#/$defs/NAME`. */
  readonly definitions?: Readonly<Record<string, Member["schema"]>>;
}

/** Schemas that members share. */
export const bytes = { type: "string", pattern: "^([0-9a-f]{2})*$" } as const;
export const text = { type: "string" } as const;
export const decimal = { type: "string", pattern: "^(0|[1-9][0-9]*)$" } as const;
export const anything = {} as const;
export const textMap = { type: "object", additionalProperties: text } as const;

/** The outcomes of everything that reads. */
export const readOutcomes = {
  valid: "it is right, and `output` holds what it says",
  invalid: "it is refused",
} as const;
