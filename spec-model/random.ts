/**
 * Randomness as an argument. The model draws from a `RandomSource` that it is given; an actor's step is given
 * 32 octets of entropy and expands them here, so that a step is a function of its arguments.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "./bytes.ts";

/** Where random octets come from. The only seam for randomness in the model. */
export interface RandomSource {
  /** The next `length` octets; each call gives fresh ones. */
  bytes(length: number): Uint8Array;
}

const blockLength = 32;

/**
 * A deterministic stream of octets: SHA-256 in counter mode under a key derived from `entropy` and `purpose`.
 * Streams with different purposes are independent, so one more draw in one does not shift another.
 */
export function expandEntropy(entropy: Uint8Array, purpose: string): RandomSource {
  const key = sha256(concat(utf8("mimi-toolkit random stream\0"), utf8(purpose), utf8("\0"), entropy));
  let block = new Uint8Array(0);
  let used = 0;
  let counter = 0;
  const nextBlock = () => {
    const input = new Uint8Array(key.length + 4);
    input.set(key);
    new DataView(input.buffer).setUint32(key.length, counter++);
    block = new Uint8Array(sha256(input));
    used = 0;
  };
  return {
    bytes(length) {
      const drawn = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        if (used === block.length) nextBlock();
        const take = Math.min(blockLength - used, length - filled);
        drawn.set(block.subarray(used, used + take), filled);
        used += take;
        filled += take;
      }
      return drawn;
    },
  };
}
