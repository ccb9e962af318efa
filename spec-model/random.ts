/**
 * Randomness as an argument. The model draws from a `RandomSource` that it is given; an actor's step is given
 * 32 octets of entropy and expands them here, so that a step is a function of its arguments.
 */
import { concat, utf8 } from "./bytes.ts";
import { shortSha256 } from "./short-sha256.ts";

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
  // Every step of an actor has a stream, and few draw from it.
  let input: Uint8Array | undefined;
  let block = new Uint8Array(0);
  let used = 0;
  let counter = 0;
  return {
    bytes(length) {
      const drawn = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        if (used === block.length) {
          input ??= blockInput(entropy, purpose);
          block = blockAt(input, counter++);
          used = 0;
        }
        const take = Math.min(blockLength - used, length - filled);
        drawn.set(block.subarray(used, used + take), filled);
        used += take;
        filled += take;
      }
      return drawn;
    },
  };
}

/** The stream's key with room for a block's number behind it. */
function blockInput(entropy: Uint8Array, purpose: string): Uint8Array {
  const key = shortSha256(concat(utf8("mimi-toolkit random stream\0"), utf8(purpose), utf8("\0"), entropy));
  const input = new Uint8Array(key.length + 4);
  input.set(key);
  return input;
}

function blockAt(input: Uint8Array, counter: number): Uint8Array<ArrayBuffer> {
  const at = input.length - 4;
  input[at] = counter >>> 24;
  input[at + 1] = counter >>> 16;
  input[at + 2] = counter >>> 8;
  input[at + 3] = counter;
  return shortSha256(input);
}
