/** The JSON Schema of a structure's value as codec cases have it, by its definition. vectors/README.md, Values and Structures */
import type { Json, JsonObject } from "./case.ts";
import { closed, listOf, orNull, type Schema, whole } from "./operations/closed.ts";
import { bytes, decimal, text } from "./operations/operation.ts";
import { structureDefinitions } from "./structure-definitions.ts";

type Type = { readonly [key: string]: Json };

/** By name, for the definitions of a schema: they refer to each other. */
export function valueSchemas(): Readonly<Record<string, Schema>> {
  const all = Object.entries(structureDefinitions()) as [string, { readonly type: Type }][];
  return Object.fromEntries(all.map(([name, { type }]) => [name, schemaOf(type)]));
}

export const refToStructure = (name: string): Schema => ({ $ref: `#/$defs/${encodeURIComponent(name)}` });

function schemaOf(type: Type): Schema {
  const [kind] = Object.keys(type);
  switch (kind) {
    case "ref":
      return refToStructure(String(type["ref"]));
    case "uint":
      return type["uint"] === 8 ? decimal : whole;
    case "bool":
      return { type: "boolean" };
    case "opaque":
      return bytes;
    case "text":
      return text;
    case "rest":
      return type["rest"] === true ? text : bytes;
    case "optional":
      return orNull(schemaOf(type["optional"] as Type));
    case "vector":
      return listOf(schemaOf(type["vector"] as Type));
    case "sequence":
      return listOf(schemaOf(type["sequence"] as Type));
    case "restricted":
      return schemaOf(type["restricted"] as Type);
    case "enum":
      return enumOf(Object.keys(type["enum"] as JsonObject));
    default:
      return structOf(type["struct"] as readonly Type[]);
  }
}

/** A number where the value has no name. */
function enumOf(names: readonly string[]): Schema {
  return names.length === 0 ? whole : { anyOf: [{ enum: names }, whole] };
}

function structOf(parts: readonly Type[]): Schema {
  const members = (some: readonly Type[]) => Object.fromEntries(some.flatMap(membersOf));
  return closed(
    members(parts.filter((part) => "field" in part)),
    members(parts.filter((part) => "select" in part)),
  );
}

/** Of a select, the members of all cases: which of them are there hangs on another member. */
function membersOf(part: Type): (readonly [string, Schema])[] {
  if ("field" in part) return [[String(part["field"]), schemaOf(part["type"] as Type)]];
  const cases = Object.values(part["cases"] as { readonly [value: string]: readonly Type[] });
  return [...cases, (part["otherwise"] ?? []) as readonly Type[]].flat().flatMap(membersOf);
}
