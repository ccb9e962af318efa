/** Objects that have the members which they name and no others, as JSON Schema. */
import type { Json } from "../case.ts";
import type { Member } from "./operation.ts";

export type Schema = Member["schema"];
type Members = Readonly<Record<string, Schema>>;

export const whole = { type: "integer", minimum: 0 } as const;
export const flag = { type: "boolean" } as const;
export const oneOf = (...values: readonly string[]): Schema => ({ enum: values });
/** The definition with this name, which the operation has among its `definitions`. */
export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
export const listOf = (items: Schema): Schema => ({ type: "array", items: items as Json });

export const orNull = (schema: Schema): Schema => ({ anyOf: [schema as Json, { type: "null" }] });

export function closed(members: Members, optional: Members = {}): Schema {
  return {
    type: "object",
    properties: { ...members, ...optional } as { [name: string]: Json },
    required: Object.keys(members),
    additionalProperties: false,
  };
}

/** Closed objects in which the member `name` tells which one it is, and so which others there are. */
export function variants(name: string, all: Readonly<Record<string, readonly [Members, Members?]>>): Schema {
  return {
    type: "object",
    required: [name],
    properties: { [name]: { enum: Object.keys(all) } },
    allOf: Object.entries(all).map(([value, [members, optional]]) => ({
      if: { properties: { [name]: { const: value } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: closed({ [name]: { const: value }, ...members }, optional) as Json,
    })),
  };
}
