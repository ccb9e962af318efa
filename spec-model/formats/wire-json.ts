/** Structures as JSON: names as the drafts spell them, and back. */
import { hex } from "../bytes.ts";
import type { Annotated, Codec, Part } from "../wire/index.ts";
import {
  decimal,
  flag,
  inside,
  integer,
  isNot,
  list,
  nameOrNumber,
  objectAt,
  octets,
  refuseOthers,
  text,
} from "./from-json.ts";

type Shape = Codec<unknown>["shape"];
type Fields = Record<string, unknown>;

/** The value of `part` for JSON; of what could not be read to its end, the fields and items that could. */
export function wireToJson(part: Annotated): unknown {
  return jsonAs(part.codec.shape, part);
}

/** The value that `json` writes. `enclosing` is the structure around it. Throws `JsonError`. */
export function wireFromJson(
  codec: Codec<unknown>,
  json: unknown,
  place: string,
  enclosing?: unknown,
): unknown {
  return valueFrom(codec.shape, json, place, enclosing);
}

function jsonAs(shape: Shape, part: Annotated): unknown {
  const { value, children } = part;
  if (!isKnown(part)) return null;
  switch (shape.kind) {
    case "alias":
    case "restricted":
      return jsonAs(shape.of.shape, part);
    case "optional":
      return part.complete && value === undefined ? null : jsonAs(shape.item.shape, part);
    case "vector":
    case "sequence":
      return children.filter(isKnown).map(wireToJson);
    case "struct":
      return Object.fromEntries(children.filter(isKnown).map((child) => [child.step, wireToJson(child)]));
    case "uint":
      return shape.octets === 8 ? String(value) : value;
    case "opaque":
    case "rest":
      return typeof value === "string" ? value : hex(value as Uint8Array);
    default:
      return value;
  }
}

function isKnown(part: Annotated): boolean {
  return part.complete || part.children.length > 0;
}

function valueFrom(shape: Shape, json: unknown, place: string, enclosing: unknown): unknown {
  switch (shape.kind) {
    case "alias":
    case "restricted":
      return valueFrom(shape.of.shape, json, place, enclosing);
    case "optional":
      return json === null || json === undefined
        ? undefined
        : valueFrom(shape.item.shape, json, place, enclosing);
    case "vector":
    case "sequence":
      return list((item, at) => valueFrom(shape.item.shape, item, at, enclosing))(json, place);
    case "struct":
      return structure(shape.parts, json, place, enclosing);
    case "uint":
      return shape.octets === 8 ? decimal(json, place) : integer(json, place);
    case "opaque":
      return shape.text ? text(json, place) : octets(json, place);
    case "rest":
      return octets(json, place);
    case "enum":
      return nameOrNumber(json, place);
    case "bool":
      return flag(json, place);
  }
}

function structure(parts: readonly Part[], json: unknown, place: string, enclosing: unknown): Fields {
  const given = objectAt(json, place);
  const value: Fields = {};
  const known: string[] = [];
  fill(value, parts, given, place, enclosing, known);
  refuseOthers(given, known, place);
  return value;
}

/** Gives `value` the fields of `parts`, and `known` their names. */
function fill(
  value: Fields,
  parts: readonly Part[],
  given: Readonly<Fields>,
  place: string,
  enclosing: unknown,
  known: string[],
): void {
  for (const part of parts) {
    if (part.kind === "select") {
      const tag = part.tagOf(value, enclosing);
      const arm = part.arms.get(String(tag)) ?? part.otherwise;
      if (arm === undefined) {
        throw isNot(inside(place, part.on), `one of ${[...part.arms.keys()].join(", ")}`, tag);
      }
      fill(value, arm, given, place, enclosing, known);
      continue;
    }
    known.push(part.wireName);
    const at = inside(place, part.wireName);
    value[part.key] = valueFrom(part.codec.shape, given[part.wireName], at, value);
  }
}
