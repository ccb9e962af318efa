/** Reading the members of a case's input. What is missing or of another kind is a mistake in the case: an Error. */
import { fromHex } from "../../../spec-model/bytes.ts";
import type { Json, JsonObject } from "../../format/case.ts";

export function octetsOf(value: Json | undefined): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value) : undefined;
  if (bytes === undefined) throw new Error(`${JSON.stringify(value)} is not hexadecimal`);
  return bytes;
}

export function octetsIn(input: JsonObject, member: string): Uint8Array {
  return octetsOf(input[member]);
}

/** undefined where it is left out. */
export function octetsIfAny(input: JsonObject, member: string): Uint8Array | undefined {
  return input[member] === undefined ? undefined : octetsIn(input, member);
}

export function listIn<T extends Json>(input: JsonObject, member: string): readonly T[] {
  const list = input[member];
  if (!Array.isArray(list)) throw new Error(`${member} is no list`);
  return list as readonly T[];
}
