/**
 * SHA-256 (FIPS 180-4) and HMAC-SHA256 (RFC 2104) of short inputs in plain JavaScript. A key schedule and a stream of
 * random octets take thousands of them, and for a few blocks a call into a library costs more than the blocks do.
 */

/** Up to here this is faster than node:crypto. */
export const longestShort = 160;

/** The longest key that HMAC takes as it is. */
export const blockLength = 64;

/** The same as any other SHA-256, for at most 2^28 octets. */
export function shortSha256(data: Uint8Array): Uint8Array<ArrayBuffer> {
  state.set(initial);
  finish(data, 0);
  return result();
}

/** The same as any other HMAC-SHA256, for a key of at most `blockLength` octets. */
export function shortHmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  const { inner, outer } = paddedKey(key);
  state.set(inner);
  finish(data, blockLength);
  const hash = result();
  state.set(outer);
  finish(hash, blockLength);
  return result();
}

const hashLength = 32;
const roundConstants = new Int32Array(64);
const initial = new Int32Array(8);
fillConstants();

// One computation at a time: nothing here calls out, and nothing is left over for the next.
const state = new Int32Array(8);
const schedule = new Int32Array(64);
const lastBlocks = new Uint8Array(2 * blockLength);

/** FIPS 180-4 §4.2.2 and §5.3.3: the fractions of the cube and square roots of the first primes. */
function fillConstants(): void {
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let divisor = 2;
    while (candidate % divisor !== 0) divisor++;
    if (divisor !== candidate) continue;
    if (found < 8) initial[found] = fractionOf(Math.sqrt(candidate));
    roundConstants[found++] = fractionOf(Math.cbrt(candidate));
  }
}

function fractionOf(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
}

/** A key of HMAC: the states after the first block, which is the key under one pad or the other. */
interface PaddedKey {
  key: Uint8Array | undefined;
  /** The key's octets at that time. */
  readonly octets: Uint8Array;
  readonly inner: Int32Array;
  readonly outer: Int32Array;
}

/** One secret is mostly expanded under several labels in a row: that saves half of the work for each but the first. */
const latestKeys = Array.from(
  { length: 8 },
  (): PaddedKey => ({
    key: undefined,
    octets: new Uint8Array(blockLength),
    inner: new Int32Array(8),
    outer: new Int32Array(8),
  }),
);
let newest = 0;

function paddedKey(key: Uint8Array): PaddedKey {
  for (const known of latestKeys) if (known.key === key && startsWith(known.octets, key)) return known;
  newest = (newest + 1) % latestKeys.length;
  const made = latestKeys[newest] as PaddedKey;
  made.key = key;
  made.octets.fill(0);
  made.octets.set(key);
  padInto(made.inner, made.octets, 0x36);
  padInto(made.outer, made.octets, 0x5c);
  return made;
}

function padInto(padded: Int32Array, key: Uint8Array, pad: number): void {
  state.set(initial);
  for (let i = 0; i < blockLength; i++) lastBlocks[i] = (key[i] as number) ^ pad;
  compress(lastBlocks, 0);
  padded.set(state);
}

function startsWith(octets: Uint8Array, start: Uint8Array): boolean {
  for (let i = 0; i < start.length; i++) if (octets[i] !== start[i]) return false;
  return true;
}

/** The rest of a message of which `before` octets, whole blocks, are in the state already. */
function finish(data: Uint8Array, before: number): void {
  const { length } = data;
  let at = 0;
  for (; at + blockLength <= length; at += blockLength) compress(data, at);
  const rest = length - at;
  const size = rest < 56 ? blockLength : 2 * blockLength;
  for (let i = 0; i < rest; i++) lastBlocks[i] = data[at + i] as number;
  lastBlocks[rest] = 0x80;
  lastBlocks.fill(0, rest + 1, size);
  const bits = 8 * (before + length);
  lastBlocks[size - 1] = bits;
  lastBlocks[size - 2] = bits >>> 8;
  lastBlocks[size - 3] = bits >>> 16;
  lastBlocks[size - 4] = bits >>> 24;
  compress(lastBlocks, 0);
  if (size > blockLength) compress(lastBlocks, blockLength);
}

/** The state's octets, which are the hash. */
function result(): Uint8Array<ArrayBuffer> {
  const into = new Uint8Array(hashLength);
  for (let i = 0; i < 8; i++) {
    const word = state[i] as number;
    into[4 * i] = word >>> 24;
    into[4 * i + 1] = word >>> 16;
    into[4 * i + 2] = word >>> 8;
    into[4 * i + 3] = word;
  }
  return into;
}

/** FIPS 180-4 §6.2.2 */
function compress(octets: Uint8Array, at: number): void {
  const w = schedule;
  for (let i = 0, from = at; i < 16; i++, from += 4) {
    w[i] =
      ((octets[from] as number) << 24) |
      ((octets[from + 1] as number) << 16) |
      ((octets[from + 2] as number) << 8) |
      (octets[from + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + (w[i - 7] as number) + s0 + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + s1 + (g ^ (e & (f ^ g))) + (roundConstants[i] as number) + (w[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}
