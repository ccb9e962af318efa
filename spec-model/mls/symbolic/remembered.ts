/** Doing once what all simulated members do alike. */
import { equalBytes } from "../../bytes.ts";

/** Whether two byte strings are the same; quick where they are one object. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one === other || equalBytes(one, other);
}

/**
 * `make`, remembered by object: values are never changed in place. One process that simulates many members does once
 * what each of them would do; nothing that is remembered is part of anybody's state.
 */
export function remembered<T extends object, N>(make: (value: T) => N): (value: T) => N {
  const things = new WeakMap<T, N>();
  return (value) => {
    const known = things.get(value);
    if (known !== undefined) return known;
    const made = make(value);
    things.set(value, made);
    return made;
  };
}
