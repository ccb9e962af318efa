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
  // The same is mostly asked several times in a row.
  let [latest, latestMade]: [T | undefined, N | undefined] = [undefined, undefined];
  return (value) => {
    if (value === latest) return latestMade as N;
    let made = things.get(value);
    if (made === undefined) {
      made = make(value);
      things.set(value, made);
    }
    latest = value;
    latestMade = made;
    return made;
  };
}

/** `make` of two objects, remembered as long as nobody asks for others. */
export function rememberedPair<A, B, N>(make: (a: A, b: B) => N): (a: A, b: B) => N {
  let latest: { readonly a: A; readonly b: B; readonly made: N } | undefined;
  return (a, b) => {
    if (latest === undefined || latest.a !== a || latest.b !== b) latest = { a, b, made: make(a, b) };
    return latest.made;
  };
}
