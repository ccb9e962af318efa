/** Finding out fast whether a public key occurs twice. */
import { equalBytes, hex } from "../bytes.ts";
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

/** A few keys that every key of a tree is compared with. */
export interface FewKeys {
  has(key: Uint8Array): boolean;
  /** Whether two of them are equal. */
  readonly anyTwice: boolean;
}

/** Sorted by their last octets, which differ even where all keys begin alike: most others are told apart by that. */
export function fewKeys(keys: readonly Uint8Array[]): FewKeys {
  const byLast: (Uint8Array[] | undefined)[] = new Array(256).fill(undefined);
  const has = (key: Uint8Array) => {
    const alike = byLast[key[key.length - 1] ?? 0];
    return alike?.some((one) => equalBytes(one, key)) ?? false;
  };
  let anyTwice = false;
  for (const key of keys) {
    anyTwice ||= has(key);
    const last = key[key.length - 1] ?? 0;
    byLast[last] = [...(byLast[last] ?? []), key];
  }
  return { has, anyTwice };
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
