/** Random instances of a declared type for fast-check. Shrinking leads to plain, small instances. */
import fc from "fast-check";
import type { Codec } from "./codec.ts";
import { type Choices, instance } from "./instance.ts";

/** Instances of `codec`. `enclosing` is the structure around it, for types that need one. */
export function arbitraryOf<T>(codec: Codec<T>, enclosing?: unknown): fc.Arbitrary<T> {
  const seed = fc.noShrink(fc.integer());
  const free = fc.integer({ min: 0, max: 400 });
  return fc.tuple(seed, free).map(([s, f]) => instance(codec, choicesFrom(s, f), enclosing));
}

/** The first `free` choices are drawn from `seed`, the plainest are made from then on: shrinking lowers `free`. */
function choicesFrom(seed: number, free: number): Choices {
  let state = seed | 0;
  let made = 0;
  return {
    below(limit) {
      if (made++ >= free) return 0;
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    },
  };
}
