/** Two independent CBOR libraries in their strictest modes, for tests that hold the codec against them. */
import { decode as cbor2Decode, encode as cbor2Encode, type DecodeOptions, Simple, Tag } from "cbor2";
import { decode as cborgDecode, encode as cborgEncode, rfc8949EncodeOptions } from "cborg";
import type { CborValue, MimiContent, NestedPart } from "../../../spec-model/content/index.ts";

const cbor2Strict = {
  cde: true,
  rejectStreaming: true,
  rejectDuplicateKeys: true,
  rejectLongLoundNaN: true,
  preferMap: true,
  ignoreGlobalTags: true,
} as DecodeOptions;
const cborgStrict = { strict: true, useMaps: true, rejectDuplicateMapKeys: true, allowIndefinite: false };

/** What cbor2 makes of `bytes`, or undefined where it rejects them as deterministic encoding. */
export function acceptedByCbor2(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: cbor2Decode(bytes, cbor2Strict) };
  } catch {
    return undefined;
  }
}

/** Whether cborg takes `bytes` (it does not check the order of keys, UTF-8 and the length of floats). */
export function acceptedByCborg(bytes: Uint8Array): boolean {
  try {
    cborgDecode(bytes, cborgStrict);
    return true;
  } catch {
    return false;
  }
}

export function encodedByCborg(content: MimiContent): Uint8Array {
  return cborgEncode(plain(content), rfc8949EncodeOptions);
}

export function encodedByCbor2(value: unknown): Uint8Array {
  return cbor2Encode(value, { cde: true, collapseBigInts: true });
}

/** `content` as arrays, maps and scalars. Floats and tags are as cbor2 wants them; cborg cannot write tags. */
export function plain(content: MimiContent): unknown {
  const { expires } = content;
  return [
    content.salt,
    content.replaces ?? null,
    content.topicId,
    expires === undefined ? null : [expires.relative, expires.time],
    content.inReplyTo ?? null,
    new Map([...content.mimiExtensions].map(([key, value]) => [key, plainValue(value)])),
    plainPart(content.nestedPart),
  ];
}

export function plainValue(value: CborValue): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, plainValue(each)]));
  if ("float" in value) return value.float;
  if ("simple" in value) return value.simple === 23 ? undefined : new Simple(value.simple);
  if ("tag" in value) return new Tag(value.tag, plainValue(value.value));
  return (value as readonly CborValue[]).map(plainValue);
}

const dispositions = "unspecified render reaction profile inline icon attachment session preview".split(" ");

function plainPart(part: NestedPart): unknown {
  const disposition =
    typeof part.disposition === "number" ? part.disposition : dispositions.indexOf(part.disposition);
  const common = [disposition, part.language];
  switch (part.cardinality) {
    case "nullpart":
      return [...common, 0];
    case "single":
      return [...common, 1, part.contentType, part.content];
    case "external": {
      const { contentType, url, expires, size, encAlg, key, nonce, aad } = part;
      const { hashAlg, contentHash, description, filename } = part;
      const fetching = [contentType, url, expires, size, encAlg, key, nonce, aad];
      return [...common, 2, ...fetching, hashAlg, contentHash, description, filename];
    }
    case "multi": {
      const semantics = ["chooseOne", "singleUnit", "processAll"].indexOf(part.partSemantics);
      return [...common, 3, semantics, part.parts.map(plainPart)];
    }
  }
}

/** Whether what cbor2 decoded has the shape of MIMI content without other extensions than the two URIs. */
export function hasShape(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 7) return false;
  const [salt, replaces, topicId, expires, inReplyTo, extensions, body] = value as unknown[];
  return (
    isBytes(salt, 16) &&
    (replaces === null || isBytes(replaces, 32)) &&
    isBytes(topicId) &&
    (expires === null || isExpiration(expires)) &&
    (inReplyTo === null || isBytes(inReplyTo, 32)) &&
    hasUrisOnly(extensions) &&
    isPart(body, 1)
  );
}

/** Whether the extensions are a map with no keys but 1 and 2, whatever the values. */
export function hasOtherExtensions(value: unknown): boolean {
  const extensions = Array.isArray(value) ? value[5] : undefined;
  return extensions instanceof Map && [...extensions.keys()].some((key) => key !== 1 && key !== 2);
}

function hasUrisOnly(value: unknown): boolean {
  return value instanceof Map && [...value.values()].every((each) => typeof each === "string");
}

function isBytes(value: unknown, length?: number): boolean {
  return value instanceof Uint8Array && (length === undefined || value.length === length);
}

function isUint(value: unknown, largest: number | bigint): boolean {
  const whole = typeof value === "bigint" || (Number.isInteger(value) && !Object.is(value, -0));
  return whole && (value as number) >= 0 && (value as number) <= largest;
}

function isExpiration(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === "boolean" &&
    isUint(value[1], 2 ** 32 - 1)
  );
}

function isPart(value: unknown, level: number): boolean {
  if (!Array.isArray(value) || level > 4 || !isUint(value[0], 255) || typeof value[1] !== "string")
    return false;
  const rest = value.slice(3) as unknown[];
  const kinds: Record<string, () => boolean> = {
    0: () => rest.length === 0,
    1: () => rest.length === 2 && typeof rest[0] === "string" && isBytes(rest[1]),
    2: () => isExternal(rest),
    3: () =>
      rest.length === 2 &&
      isUint(rest[0], 2) &&
      Array.isArray(rest[1]) &&
      rest[1].length >= 2 &&
      rest[1].every((part) => isPart(part, level + 1)),
  };
  return isUint(value[2], 3) && (kinds[String(value[2])]?.() ?? false);
}

function isExternal(rest: readonly unknown[]): boolean {
  const isText = (value: unknown) => typeof value === "string";
  const wanted: ((value: unknown) => boolean)[] = [
    isText,
    isText,
    (value) => isUint(value, 2 ** 32 - 1),
    (value) => isUint(value, 2n ** 64n - 1n),
    (value) => isUint(value, 0xffff),
    (value) => isBytes(value),
    (value) => isBytes(value),
    (value) => isBytes(value),
    (value) => isUint(value, 0xff),
    (value) => isBytes(value),
    isText,
    isText,
  ];
  return rest.length === wanted.length && wanted.every((check, index) => check(rest[index]));
}
