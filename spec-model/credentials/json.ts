/** JSON objects in tokens: reading members without believing anything about them. */
import { textOf } from "../bytes.ts";
import { refuse } from "./rules.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object that octets encode. Throws CredentialError `malformed` where they encode none. */
export function parseObject(bytes: Uint8Array | undefined, what: string): JsonObject {
  const text = bytes && textOf(bytes);
  if (text === undefined) refuse("malformed", `${what} is not base64url of UTF-8`);
  try {
    return asObject(JSON.parse(text), what);
  } catch (error) {
    if (error instanceof SyntaxError) refuse("malformed", `${what} is not JSON`);
    throw error;
  }
}

export function asObject(value: unknown, what: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  return refuse("malformed", `${what} is not an object`);
}

export function asText(value: unknown, what: string): string {
  return typeof value === "string" ? value : refuse("malformed", `${what} is not a text`);
}

/** A text or a list of texts; a missing one is an empty list. */
export function asTexts(value: unknown, what: string): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.map((each) => asText(each, what));
  return refuse("malformed", `${what} is not a text or a list of texts`);
}

/** A NumericDate (RFC 7519 §2) as whole seconds. */
export function asSeconds(value: unknown, what: string): bigint {
  if (typeof value === "number" && Number.isFinite(value)) return BigInt(Math.floor(value));
  return refuse("malformed", `${what} is not a number of seconds`);
}
