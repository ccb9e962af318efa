/** HKDF with SHA-256 (RFC 5869) over a provider's HMAC. */
import { concat } from "../../bytes.ts";

const hashLength = 32;
const firstBlock = Uint8Array.of(1);
const zeroSalt = new Uint8Array(hashLength);

export interface Hkdf {
  extract(salt: Uint8Array, inputKeyMaterial: Uint8Array): Uint8Array;
  /** `length` octets, at most 255 times the hash length. */
  expand(pseudorandomKey: Uint8Array, info: Uint8Array, length: number): Uint8Array;
}

export function hkdfSha256(hmac: (key: Uint8Array, data: Uint8Array) => Uint8Array): Hkdf {
  return {
    extract: (salt, inputKeyMaterial) => hmac(salt.length === 0 ? zeroSalt : salt, inputKeyMaterial),
    expand(pseudorandomKey, info, length) {
      if (length <= hashLength) {
        const only = hmac(pseudorandomKey, concat(info, firstBlock));
        return length === hashLength ? only : only.slice(0, length);
      }
      const output = new Uint8Array(length);
      let block: Uint8Array = new Uint8Array(0);
      for (let filled = 0, counter = 1; filled < length; filled += hashLength, counter++) {
        block = hmac(pseudorandomKey, concat(block, info, Uint8Array.of(counter)));
        output.set(block.subarray(0, Math.min(hashLength, length - filled)), filled);
      }
      return output;
    },
  };
}
