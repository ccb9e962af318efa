/** A small fast generator of 32-bit numbers (Chris Doty-Humphrey's sfc32): only 32-bit integer operations. */

/** Gives the next number, 0 to 2^32-1. */
export type Generator32 = () => number;

const warmUpRounds = 12;

/** A generator whose state is the first 12 octets of `key`; its counter starts at 1, so no state is degenerate. */
export function sfc32(key: Uint8Array): Generator32 {
  const words = new DataView(key.buffer, key.byteOffset, 12);
  let a = words.getUint32(0) | 0;
  let b = words.getUint32(4) | 0;
  let c = words.getUint32(8) | 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < warmUpRounds; round++) next();
  return next;
}
