/** The structures as data that any language can read: enough for a codec without a line of code per structure. */
import { type NamedStructure, structures } from "../../spec-model/structures.ts";
import { type Codec, nameOf, type Part } from "../../spec-model/wire/index.ts";
import type { Json, JsonObject } from "./case.ts";

type Shape = Codec<unknown>["shape"];
type Length = Extract<Shape, { kind: "opaque" }>["length"];

/** By name: where it is defined, what it is, and its type. Types that have a name of their own are referred to by it. */
export function structureDefinitions(): JsonObject {
  const definitions = new Map<string, Json>();
  for (const structure of structures) definitions.set(structure.name, definition(structure));
  for (const { codec } of structures) addNamed(codec.shape, definitions);
  return Object.fromEntries([...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function definition({ source, says, codec }: NamedStructure): Json {
  return { source, says, type: typeOf(codec.shape, true) };
}

/** Types with a name that are no structures of their own: arms of a union, enumerations within one. */
function addNamed(shape: Shape, definitions: Map<string, Json>): void {
  const name = nameOf(shape);
  const isKnown = name !== undefined && definitions.has(name);
  if (name !== undefined && !isKnown && shape.kind !== "bool") {
    definitions.set(name, { type: typeOf(shape, true) });
  }
  for (const part of partsOf(shape)) {
    const inner = nameOf(part.shape);
    if (inner === undefined || !definitions.has(inner)) addNamed(part.shape, definitions);
  }
}

function partsOf(shape: Shape): readonly Codec<unknown>[] {
  switch (shape.kind) {
    case "vector":
    case "sequence":
    case "optional":
      return [shape.item];
    case "alias":
    case "restricted":
      return [shape.of];
    case "struct":
      return shape.parts.flatMap(codecsOf);
    default:
      return [];
  }
}

function codecsOf(part: Part): readonly Codec<unknown>[] {
  if (part.kind === "field") return [part.codec];
  return [...part.arms.values(), part.otherwise ?? []].flat().flatMap(codecsOf);
}

/** `isDefinition`: the type itself, not the name that refers to it. */
function typeOf(shape: Shape, isDefinition: boolean): Json {
  const name = nameOf(shape);
  if (name !== undefined && !isDefinition && shape.kind !== "bool") return { ref: name };
  switch (shape.kind) {
    case "uint":
      return { uint: shape.octets };
    case "bool":
      return { bool: true };
    case "opaque":
      return { [shape.text ? "text" : "opaque"]: lengthOf(shape.length) };
    case "rest":
      return { rest: shape.text };
    case "optional":
      return { optional: typeOf(shape.item.shape, false) };
    case "vector":
      return { vector: typeOf(shape.item.shape, false), length: lengthOf(shape.length) };
    case "sequence":
      return { sequence: typeOf(shape.item.shape, false) };
    case "alias":
      return typeOf(shape.of.shape, false);
    case "restricted":
      return { restricted: typeOf(shape.of.shape, false), rule: shape.rule };
    case "enum":
      return enumOf(shape);
    case "struct":
      return { struct: shape.parts.map(partOf) };
  }
}

function enumOf({ octets, values, open }: Extract<Shape, { kind: "enum" }>): Json {
  const named = [...values].filter(([label]) => label !== "reserved");
  return { enum: Object.fromEntries(named), octets, open };
}

function partOf(part: Part): Json {
  if (part.kind === "field") return { field: part.wireName, type: typeOf(part.codec.shape, false) };
  return {
    select: part.on,
    cases: Object.fromEntries([...part.arms].map(([tag, parts]) => [tag, parts.map(partOf)])),
    ...(part.otherwise === undefined ? {} : { otherwise: part.otherwise.map(partOf) }),
  };
}

function lengthOf(length: Length): Json {
  if (length.kind === "variable") return "V";
  return length.kind === "exact" ? length.octets : [length.min, length.max];
}
