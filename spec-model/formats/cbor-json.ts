/**
 * CBOR data of any shape as JSON: numbers, texts, booleans, null and lists are themselves. Byte strings, maps, floats,
 * tags, other simple values and large integers are objects of one or two members that say so.
 */
import { hex } from "../bytes.ts";
import type { CborKey, CborMap, CborValue } from "../content/index.ts";
import { decimal, type FromJson, integer, isNot, list, octets, record, text } from "./from-json.ts";

/** Typed values of content and status: records of bytes, numbers and texts, with CBOR data where maps and tags are. */
export function contentToJson(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) return hex(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Map) return (cborToJson(value as CborMap) as { map: unknown }).map;
  if (Array.isArray(value)) return value.map(contentToJson);
  if (typeof value !== "object") return value;
  if ("tag" in value) return cborToJson(value as CborValue);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, contentToJson(each)]));
}

/** The entries of a map: pairs of key and value. */
export const cborEntries: FromJson<ReadonlyMap<CborKey, CborValue>> = (json, place) => {
  const entries = list(list(cborFromJson))(json, place).map(([key, value], index) => {
    if (value === undefined) throw isNot(`${place}[${index}]`, "a key and a value", key);
    return [key as CborKey, value] as const;
  });
  return new Map(entries);
};

function cborToJson(value: CborValue): unknown {
  if (typeof value === "bigint") return { integer: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { bytes: hex(value) };
  if (Array.isArray(value)) return value.map(cborToJson);
  if (value instanceof Map) {
    return { map: [...(value as CborMap)].map(([key, each]) => [cborToJson(key), cborToJson(each)]) };
  }
  if ("float" in value)
    return {
      float:
        Number.isFinite(value.float) && !Object.is(value.float, -0) ? value.float : floatText(value.float),
    };
  if ("tag" in value) {
    return {
      tag: typeof value.tag === "bigint" ? String(value.tag) : value.tag,
      value: cborToJson(value.value),
    };
  }
  return value;
}

function floatText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

export const cborFromJson: FromJson<CborValue> = (json, place) => {
  if (json === null || typeof json === "string" || typeof json === "boolean") return json;
  if (typeof json === "number") return integer(json, place);
  if (Array.isArray(json)) return list(cborFromJson)(json, place);
  const object = (typeof json === "object" ? json : {}) as object;
  if ("bytes" in object) return record({ bytes: octets })(json, place).bytes;
  if ("map" in object) return record({ map: cborEntries })(json, place).map;
  if ("integer" in object) return record({ integer: decimal })(json, place).integer;
  if ("float" in object) return record({ float })(json, place);
  if ("simple" in object) return record({ simple: integer })(json, place);
  if ("tag" in object) {
    const { tag, value } = record({ tag: decimal, value: cborFromJson })(json, place);
    return { tag: tag <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(tag) : tag, value };
  }
  throw isNot(place, "CBOR data: a number, a text, bytes, a list, map, float, simple, tag", json);
};

const float: FromJson<number> = (json, place) => {
  if (typeof json === "number") return json;
  const special = new Map([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["-0", -0],
  ]).get(text(json, place));
  if (special === undefined) throw isNot(place, "a number, NaN, Infinity, -Infinity or -0", json);
  return special;
};
