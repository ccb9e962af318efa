/** What a provider and its own clients say to each other in flows, as JSON: octets in hex, the rest as it is. */
import type { LocalMessage } from "../../spec-model/actor.ts";
import { fromHex, hex } from "../../spec-model/bytes.ts";
import type { Json, JsonObject } from "./case.ts";

/** The members of these messages that hold octets, or lists of them. */
const octetMembers = new Set(["body", "message", "groupInfo", "ratchetTree", "keyPackages"]);

export function messageToJson(message: LocalMessage): JsonObject {
  return plainJson(message) as JsonObject;
}

/** Throws for octets that are not in hexadecimal. */
export function messageFromJson(json: JsonObject): LocalMessage {
  const members = Object.entries(json).map(([name, value]) => [
    name,
    octetMembers.has(name) ? octets(value) : value,
  ]);
  return Object.fromEntries(members) as LocalMessage;
}

/** Plain data with octets as JSON: what is undefined is left out. */
export function plainJson(value: unknown): Json {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value as Json;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plainJson(member)]));
}

function octets(value: Json): Uint8Array | Uint8Array[] {
  if (Array.isArray(value)) return value.map((each) => octets(each) as Uint8Array);
  const bytes = typeof value === "string" ? fromHex(value) : undefined;
  if (bytes === undefined) throw new Error(`${JSON.stringify(value)} is not hexadecimal`);
  return bytes;
}
