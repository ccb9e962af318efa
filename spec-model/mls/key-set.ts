/** Finding out fast whether a public key occurs twice. */
import { hex } from "../bytes.ts";
import { demand } from "./errors.ts";
import type { MlsErrorCode } from "./rules.ts";

export interface KeySet {
  /** Refuses a key that is already there. */
  add(key: Uint8Array, code: MlsErrorCode): void;
}

export function keySet(): KeySet {
  const names = new Set<string>();
  return {
    add(key, code) {
      const name = nameOf(key);
      demand(!names.has(name), code);
      names.add(name);
    },
  };
}

/** Kept by key: the keys of a tree are asked for in every commit. */
const names = new WeakMap<Uint8Array, string>();

function nameOf(key: Uint8Array): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  // One character an octet is quick to make; a key can be of any length until it is checked.
  const name = key.length <= longestPlausibleKey ? String.fromCharCode(...key) : hex(key);
  names.set(key, name);
  return name;
}

const longestPlausibleKey = 200;
