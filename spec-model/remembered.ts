/** Doing once what all who are simulated in one process do alike: pure functions, remembered by the objects they are given. */
import { equalBytes } from "./bytes.ts";

/**
 * `make`, remembered by object: values are never changed in place. One process that simulates many members does once
 * what each of them would do; nothing that is remembered is part of anybody's state. What throws is not remembered.
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

/** `make` of two objects, remembered by both for as long as they are. */
export function rememberedByBoth<A extends object, B extends object, N>(
  make: (a: A, b: B) => N,
): (a: A, b: B) => N {
  const of = remembered((a: A) => remembered((b: B) => make(a, b)));
  return (a, b) => of(a)(b);
}

/** `make` of a byte string, remembered by object; the latest few are found by their octets as well. */
export function rememberedByOctets<N>(make: (octets: Uint8Array) => N): (octets: Uint8Array) => N {
  const latest: { readonly octets: Uint8Array; readonly made: N }[] = [];
  return remembered((octets) => {
    const known = latest.find((each) => equalBytes(each.octets, octets));
    if (known !== undefined) return known.made;
    const made = make(octets);
    latest.push({ octets, made });
    if (latest.length > latestOctets) latest.shift();
    return made;
  });
}

const latestOctets = 8;

/** `make` of a text, remembered for so many texts: then all are forgotten. */
export function rememberedByText<N>(limit: number, make: (text: string) => N): (text: string) => N {
  const things = new Map<string, N>();
  return (text) => {
    const known = things.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (things.size >= limit) things.clear();
    things.set(text, made);
    return made;
  };
}

/** What was found out lately, by object. */
export interface Latest<K extends object, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

/**
 * Room for the latest few. Where each is asked for only for a while, this costs less than a WeakMap: short garbage
 * collections keep a WeakMap's values whether their keys are alive or not.
 */
export function latestFew<K extends object, V>(): Latest<K, V> {
  const keys: (K | undefined)[] = new Array(few).fill(undefined);
  const values: (V | undefined)[] = new Array(few).fill(undefined);
  let newest = 0;
  return {
    get(key) {
      if (keys[newest] === key) return values[newest];
      const at = keys.indexOf(key);
      return at === -1 ? undefined : values[at];
    },
    set(key, value) {
      const before = keys.indexOf(key);
      newest = before === -1 ? (newest + 1) % few : before;
      keys[newest] = key;
      values[newest] = value;
    },
  };
}

const few = 16;

/** `make`, remembered for the latest few objects. */
export function rememberedLately<T extends object, N>(make: (value: T) => N): (value: T) => N {
  const latest = latestFew<T, N>();
  return (value) => {
    const known = latest.get(value);
    if (known !== undefined) return known;
    const made = make(value);
    latest.set(value, made);
    return made;
  };
}
