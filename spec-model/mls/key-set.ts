/** Finding out fast whether a public key occurs twice. */
import { demand } from "./errors.ts";
import type { MlsErrorCode } from "./rules.ts";

export interface KeySet {
  has(key: Uint8Array): boolean;
  /** Refuses a key that is already there. */
  add(key: Uint8Array, code: MlsErrorCode): void;
}

export function keySet(): KeySet {
  const names = new Set<string>();
  return {
    has: (key) => names.has(nameOf(key)),
    add(key, code) {
      const name = nameOf(key);
      demand(!names.has(name), code);
      names.add(name);
    },
  };
}

/** One character an octet: a name that is quick to make and to compare, not one to read. */
function nameOf(key: Uint8Array): string {
  return String.fromCharCode(...key);
}
