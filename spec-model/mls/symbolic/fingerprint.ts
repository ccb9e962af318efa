/**
 * Fingerprints: what stands for hashes, names of keys and derived secrets in the symbolic layer.
 *
 * A fingerprint has 128 bits, made with the mixing functions of MurmurHash3 (x86, 128 bits, public domain). It is
 * fast, the same on every machine, and two different inputs of one run do not meet by chance (of a thousand million
 * fingerprints, with a probability below 10^-20). It is no cryptographic hash: nobody in the model attacks it.
 */

/** What a fingerprint is for: the same parts give different fingerprints for different purposes. */
export const purposes = {
  hash: 1,
  mac: 2,
  extract: 3,
  expand: 4,
  encryption: 5,
  signature: 6,
  privateKey: 7,
  publicKey: 8,
  publicKeyEncryption: 9,
  exportedSecret: 10,
  leaf: 11,
  tree: 12,
  extensions: 13,
  context: 14,
  transcript: 15,
  path: 16,
  commitSecret: 17,
  pathParent: 18,
  joiner: 19,
  epoch: 20,
  epochSecret: 21,
  confirmation: 22,
  membership: 23,
  ratchet: 24,
  messageKey: 25,
} as const;
export type Purpose = keyof typeof purposes;

/** Octets of a fingerprint. */
export const fingerprintLength = 16;

/** The fingerprint of these parts in this order; numbers are unsigned 32-bit integers. */
export function fingerprint(purpose: Purpose, ...parts: readonly (Uint8Array | number)[]): Uint8Array {
  return fingerprintOf(purpose, parts);
}

/** The same of parts in a list. */
export function fingerprintOf(purpose: Purpose, parts: readonly (Uint8Array | number)[]): Uint8Array {
  const mixer = mixed(purpose, parts);
  const octets = new Uint8Array(fingerprintLength);
  mixer.write(octets, 0);
  return octets;
}

/** A fingerprint, short or long, as a key of a Map. */
export function textOfName(name: Uint8Array): string {
  let text = "";
  // Four characters at a time: spreading a list of octets is slow.
  for (let at = 0; at < name.length; at += 8) {
    text += String.fromCharCode(pair(name, at), pair(name, at + 2), pair(name, at + 4), pair(name, at + 6));
  }
  return text;
}

/** Two octets as one character. */
function pair(octets: Uint8Array, at: number): number {
  return ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
}

/** The same in 32 octets, where a hash or secret of SHA-256's length is expected; it still has only 128 bits. */
export function longFingerprint(purpose: Purpose, ...parts: readonly (Uint8Array | number)[]): Uint8Array {
  const mixer = mixed(purpose, parts);
  const octets = new Uint8Array(2 * fingerprintLength);
  mixer.write(octets, 0);
  mixer.integer(purposes[purpose]);
  mixer.write(octets, fingerprintLength);
  return octets;
}

function mixed(purpose: Purpose, parts: readonly (Uint8Array | number)[]): Mixer {
  const mixer = new Mixer(purposes[purpose]);
  for (const part of parts) {
    if (typeof part === "number") mixer.integer(part);
    else mixer.octets(part);
  }
  return mixer;
}

/** The 128 bits of state as four words. */
class Mixer {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number) {
    this.a = this.b = this.c = this.d = seed;
  }

  integer(value: number): void {
    this.block(4, value, 0, 0);
  }

  /** The length first, so that no two lists of parts give the same blocks. */
  octets(octets: Uint8Array): void {
    const { length } = octets;
    this.block(5, length, 0, 0);
    const whole = length & ~15;
    this.blocks(octets, whole);
    if (whole === length) return;
    const rest = new Uint8Array(16);
    for (let i = whole; i < length; i++) rest[i - whole] = octets[i] as number;
    this.blocks(rest, 16);
  }

  write(into: Uint8Array, offset: number): void {
    let [a, b, c, d] = [this.a, this.b, this.c, this.d];
    a = (a + b + c + d) | 0;
    b = (b + a) | 0;
    c = (c + a) | 0;
    d = (d + a) | 0;
    a = avalanche(a);
    b = avalanche(b);
    c = avalanche(c);
    d = avalanche(d);
    a = (a + b + c + d) | 0;
    writeWord(into, offset, a);
    writeWord(into, offset + 4, b + a);
    writeWord(into, offset + 8, c + a);
    writeWord(into, offset + 12, d + a);
  }

  private block(w: number, x: number, y: number, z: number): void {
    this.a ^= mixedW(w);
    this.a = (Math.imul((rotated(this.a, 19) + this.b) | 0, 5) + 0x561ccd1b) | 0;
    this.b ^= mixedX(x);
    this.b = (Math.imul((rotated(this.b, 17) + this.c) | 0, 5) + 0x0bcaa747) | 0;
    this.c ^= mixedY(y);
    this.c = (Math.imul((rotated(this.c, 15) + this.d) | 0, 5) + 0x96cd1c35) | 0;
    this.d ^= mixedZ(z);
    this.d = (Math.imul((rotated(this.d, 13) + this.a) | 0, 5) + 0x32ac3b17) | 0;
  }

  /** The blocks of the first `length` octets. The state is written back once, at the end: a third is spared. */
  private blocks(octets: Uint8Array, length: number): void {
    let { a, b, c, d } = this;
    for (let at = 0; at < length; at += 16) {
      a ^= mixedW(word(octets, at));
      a = (Math.imul((rotated(a, 19) + b) | 0, 5) + 0x561ccd1b) | 0;
      b ^= mixedX(word(octets, at + 4));
      b = (Math.imul((rotated(b, 17) + c) | 0, 5) + 0x0bcaa747) | 0;
      c ^= mixedY(word(octets, at + 8));
      c = (Math.imul((rotated(c, 15) + d) | 0, 5) + 0x96cd1c35) | 0;
      d ^= mixedZ(word(octets, at + 12));
      d = (Math.imul((rotated(d, 13) + a) | 0, 5) + 0x32ac3b17) | 0;
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }
}

function mixedW(w: number): number {
  return Math.imul(rotated(Math.imul(w, 0x239b961b), 15), 0xab0e9789);
}

function mixedX(x: number): number {
  return Math.imul(rotated(Math.imul(x, 0xab0e9789), 16), 0x38b34ae5);
}

function mixedY(y: number): number {
  return Math.imul(rotated(Math.imul(y, 0x38b34ae5), 17), 0xa1e38b93);
}

function mixedZ(z: number): number {
  return Math.imul(rotated(Math.imul(z, 0xa1e38b93), 18), 0x239b961b);
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function word(octets: Uint8Array, at: number): number {
  return (
    (octets[at] as number) |
    ((octets[at + 1] as number) << 8) |
    ((octets[at + 2] as number) << 16) |
    ((octets[at + 3] as number) << 24)
  );
}

function writeWord(into: Uint8Array, offset: number, value: number): void {
  into[offset] = value;
  into[offset + 1] = value >>> 8;
  into[offset + 2] = value >>> 16;
  into[offset + 3] = value >>> 24;
}
