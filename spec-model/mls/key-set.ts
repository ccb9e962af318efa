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

/** Most others are told apart by the last octet, which differs even where all keys begin alike. */
export function fewKeys(keys: readonly Uint8Array[]): FewKeys {
  const lastOctets = new Uint8Array(256);
  const seen: Uint8Array[] = [];
  const has = (key: Uint8Array) => {
    if (lastOctets[key[key.length - 1] ?? 0] === 0) return false;
    for (const one of seen) if (equalBytes(one, key)) return true;
    return false;
  };
  let anyTwice = false;
  for (const key of keys) {
    anyTwice ||= has(key);
    lastOctets[key[key.length - 1] ?? 0] = 1;
    seen.push(key);
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
