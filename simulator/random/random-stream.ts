/**
 * The simulator's only source of randomness: a seed, split by purpose into streams that do not disturb each other.
 *
 * A stream is a function of the seed and of the path of purposes that leads to it, never of what others drew.
 * Its octets come from SHA-256; its numbers from a small generator seeded by SHA-256. Neither uses a function
 * that JavaScript engines may round differently, so a stream is the same on every machine.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "../../spec-model/bytes.ts";
import { expandEntropy, type RandomSource } from "../../spec-model/random.ts";
import { type Generator32, sfc32 } from "./sfc32.ts";

/** What a run starts from: a non-negative integer up to 2^53-1, or any text. 7 and "7" are the same seed. */
export type Seed = number | string;

/** One stream of randomness. Octets and numbers are drawn from separate sources: neither shifts the other. */
export interface RandomStream extends RandomSource {
  /** The stream for `purpose` below this one, from its start: the same however much was drawn, here or there. */
  split(purpose: string): RandomStream;
  /** The next `length` octets. */
  bytes(length: number): Uint8Array;
  /** An integer from 0 to 2^32-1. */
  uint32(): number;
  /** An integer from `min` to `max`, both included, each equally likely. Throws RangeError for an empty range. */
  int(min: number, max: number): number;
  /** A number from 0 (included) to 1 (not included) with 53 random bits. */
  float(): number;
  /** One of `items`, each equally likely. Throws RangeError where there are none. */
  pick<T>(items: readonly T[]): T;
}

/** The root stream of a run. Throws RangeError for a number that is not a non-negative safe integer. */
export function rootRandom(seed: Seed): RandomStream {
  if (typeof seed === "number" && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`a seed is an integer from 0 to 2^53-1, or a text; ${seed} is neither`);
  }
  return streamOf(sha256(utf8(`mimi-toolkit seed\0${seed}`)));
}

const two26 = 0x4000000;
const two32 = 0x100000000;
const two53 = 0x20000000000000;

function streamOf(key: Uint8Array): RandomStream {
  let octets: RandomSource | undefined;
  let numbers: Generator32 | undefined;
  const uint32: Generator32 = () => {
    numbers ??= sfc32(expandEntropy(key, "numbers").bytes(12));
    return numbers();
  };
  const int = (min: number, max: number) => min + below(spanOf(min, max), uint32);
  return {
    split: (purpose) => streamOf(sha256(concat(utf8("mimi-toolkit split\0"), key, utf8(purpose)))),
    bytes(length) {
      octets ??= expandEntropy(key, "octets");
      return octets.bytes(length);
    },
    uint32,
    int,
    float: () => bits53(uint32) / two53,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError("nothing to pick from");
      return items[int(0, items.length - 1)] as T;
    },
  };
}

function spanOf(min: number, max: number): number {
  const span = max - min + 1;
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || span < 1 || span > two53) {
    throw new RangeError(`no integers from ${min} to ${max} to draw from`);
  }
  return span;
}

/** An integer from 0 to `span`-1; draws again instead of favouring the low numbers with a remainder. */
function below(span: number, uint32: Generator32): number {
  const wide = span > two32;
  const reach = wide ? two53 : two32;
  const fair = reach - (reach % span);
  for (;;) {
    const drawn = wide ? bits53(uint32) : uint32();
    if (drawn < fair) return drawn % span;
  }
}

function bits53(uint32: Generator32): number {
  const high = uint32() >>> 5;
  const low = uint32() >>> 6;
  return high * two26 + low;
}
