/**
 * The JSON Schema of a structure's value in plain JSON: octets in hexadecimal, integers of 64 bits as numbers, names in
 * camelCase, and no member for what is absent.
 */
import type { Codec, Part } from "../../spec-model/wire/index.ts";
import type { Json, JsonObject } from "./case.ts";

export function plainSchema({ shape }: Codec<unknown>): JsonObject {
  switch (shape.kind) {
    case "uint":
      return { type: "integer", minimum: 0 };
    case "bool":
      return { type: "boolean" };
    case "opaque":
    case "rest":
      return shape.text ? { type: "string" } : { type: "string", pattern: "^([0-9a-f]{2})*$" };
    case "optional":
      return plainSchema(shape.item);
    case "vector":
    case "sequence":
      return { type: "array", items: plainSchema(shape.item) };
    case "alias":
    case "restricted":
      return plainSchema(shape.of);
    case "enum":
      return enumSchema(shape);
    case "struct":
      return structSchema(shape.parts);
  }
}

/** A number where the value has no name. */
function enumSchema({ values, open }: Extract<Codec<unknown>["shape"], { kind: "enum" }>): JsonObject {
  const named: JsonObject = { enum: [...values.keys()].filter((label) => label !== "reserved") };
  return open ? { anyOf: [named, { type: "integer", minimum: 0 }] } : named;
}

function structSchema(parts: readonly Part[]): JsonObject {
  const required = parts.flatMap((part) =>
    part.kind === "field" && !isOptional(part.codec) ? [part.key] : [],
  );
  return {
    type: "object",
    properties: Object.fromEntries(parts.flatMap(membersOf)),
    required,
    additionalProperties: false,
  };
}

/** Of a select, the members of all cases: which of them are there hangs on another member. */
function membersOf(part: Part): (readonly [string, Json])[] {
  if (part.kind === "field") return [[part.key, plainSchema(part.codec)]];
  return [...part.arms.values(), part.otherwise ?? []].flat().flatMap(membersOf);
}

function isOptional({ shape }: Codec<unknown>): boolean {
  if (shape.kind === "alias" || shape.kind === "restricted") return isOptional(shape.of);
  return shape.kind === "optional";
}
