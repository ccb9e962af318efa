/** Decoded structures as plain data: byte strings as hex, 64-bit integers as numbers, as large as those are exact. */
import { hex } from "../../bytes.ts";
import type { Plain } from "../policy-facts.ts";

export function plain<T>(value: T): Plain<T> {
  return plainly(value) as Plain<T>;
}

function plainly(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (typeof value === "bigint") return Number(value > largest ? largest : value);
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plainly(field)]));
}

const largest = BigInt(Number.MAX_SAFE_INTEGER);
