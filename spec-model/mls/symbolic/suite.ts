/**
 * Cipher suites without cryptography: the interface of the real ones (RFC 9420 §5.1), so that whatever takes a suite
 * works with either.
 *
 * - A private key is 32 octets; its public key is a name derived from it, of 32 octets.
 * - A signature is a fingerprint of (public key, message). Only `sign`, which wants the private key, makes one.
 * - A ciphertext is a box: a fingerprint of (key, context, plaintext), then the plaintext. It is opened by `open`, which
 *   wants the key. That the plaintext is in there for anybody to see does not matter: what somebody can read is asked of
 *   their knowledge (./knowledge), not of their eyes.
 *
 * Every operation draws as much randomness as its real twin, so that what an actor draws afterwards is the same.
 */
import { concat, equalBytes, noBytes } from "../../bytes.ts";
import { suiteFor } from "../application.ts";
import type { CipherSuite, KeyPair } from "../crypto/index.ts";
import { fingerprint, fingerprintLength, longFingerprint } from "./fingerprint.ts";

/** The symbolic twin of the suite with this number; refuses the same numbers (`unsupportedCipherSuite`). */
export function symbolicSuite(id: number): CipherSuite {
  const known = built.get(id);
  if (known !== undefined) return known;
  const suite = build(suiteFor({}, id));
  built.set(id, suite);
  return suite;
}

/** The key pair of a private key. */
export function keyPairOf(privateKey: Uint8Array): KeyPair {
  return { privateKey, publicKey: longFingerprint("publicKey", privateKey) };
}

/** A box for whoever has `key`. */
export function seal(key: Uint8Array, bound: readonly Uint8Array[], plaintext: Uint8Array): Uint8Array {
  return boxed(fingerprint("encryption", key, ...bound, plaintext), plaintext);
}

/** What a box holds; undefined where the key is another or the box was tampered with. */
export function open(key: Uint8Array, bound: readonly Uint8Array[], box: Uint8Array): Uint8Array | undefined {
  if (box.length < fingerprintLength) return undefined;
  const plaintext = contentOf(box);
  return holds(box, fingerprint("encryption", key, ...bound, plaintext)) ? plaintext : undefined;
}

/** A box with `seal` on it. */
export function boxed(seal: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const box = new Uint8Array(fingerprintLength + plaintext.length);
  box.set(seal);
  box.set(plaintext, fingerprintLength);
  return box;
}

/** What is in a box, sealed by whomever. */
export function contentOf(box: Uint8Array): Uint8Array {
  return box.subarray(fingerprintLength);
}

/** Whether a box carries this seal. */
export function holds(box: Uint8Array, seal: Uint8Array): boolean {
  for (let i = 0; i < fingerprintLength; i++) if (box[i] !== seal[i]) return false;
  return box.length >= fingerprintLength;
}

const built = new Map<number, CipherSuite>();
const keyLength = 32;

function build({ id, name }: CipherSuite): CipherSuite {
  return {
    id,
    name: `symbolic ${name}`,
    // There is no primitive below that a provider could give; the portable one comes closest.
    provider: "portable",
    hashLength: 32,
    hash: (data) => longFingerprint("hash", data),
    mac: (key, data) => longFingerprint("mac", key, data),
    sameDigest: equalBytes,
    kdf: {
      extract: (salt, inputKeyMaterial) => longFingerprint("extract", salt, inputKeyMaterial),
      expand: expanded,
    },
    aead: {
      keyLength: 16,
      nonceLength: 12,
      seal: (key, nonce, aad, plaintext) => seal(key, [nonce, aad], plaintext),
      open: (key, nonce, aad, box) => open(key, [nonce, aad], box),
    },
    signature: {
      generateKeyPair: (random) => keyPairOf(random.bytes(keyLength)),
      publicKeyOf: (privateKey) => keyPairOf(privateKey).publicKey,
      sign: (privateKey, message) => signatureOf(keyPairOf(privateKey).publicKey, message),
      verify: (publicKey, message, signature) => equalBytes(signature, signatureOf(publicKey, message)),
    },
    hpke,
  };
}

function signatureOf(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  return longFingerprint("signature", publicKey, message);
}

function expanded(key: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  for (let filled = 0; filled < length; filled += fingerprintLength) {
    const block = fingerprint("expand", key, info, filled);
    output.set(block.subarray(0, Math.min(fingerprintLength, length - filled)), filled);
  }
  return output;
}

/** `kemOutput` is the recipient's public key and 32 fresh octets. */
const hpke: CipherSuite["hpke"] = {
  publicKeyLength: keyLength,
  deriveKeyPair: (inputKeyMaterial) => keyPairOf(longFingerprint("privateKey", inputKeyMaterial)),
  generateKeyPair: (random) => hpke.deriveKeyPair(random.bytes(keyLength)),
  seal(publicKey, info, aad, plaintext, random) {
    const entropy = random.bytes(keyLength);
    if (publicKey.length !== keyLength) return undefined;
    const kemOutput = encapsulated(publicKey, entropy);
    const seal = fingerprint("publicKeyEncryption", kemOutput, info, aad, plaintext);
    return { kemOutput, ciphertext: boxed(seal, plaintext) };
  },
  open(privateKey, info, aad, { kemOutput, ciphertext }) {
    if (!isFor(privateKey, kemOutput) || ciphertext.length < fingerprintLength) return undefined;
    const plaintext = contentOf(ciphertext);
    const seal = fingerprint("publicKeyEncryption", kemOutput, info, aad, plaintext);
    return holds(ciphertext, seal) ? plaintext : undefined;
  },
  exportSecret(publicKey, info, exporterContext, length, random) {
    const entropy = random.bytes(keyLength);
    if (publicKey.length !== keyLength) return undefined;
    const kemOutput = encapsulated(publicKey, entropy);
    return { kemOutput, secret: exported(kemOutput, info, exporterContext, length) };
  },
  sealAndExport(publicKey, info, plaintext, exporterContext, length, random) {
    const sealed = hpke.seal(publicKey, info, noBytes, plaintext, random);
    if (sealed === undefined) return undefined;
    return { ...sealed, secret: exported(sealed.kemOutput, info, exporterContext, length) };
  },
  importSecret(privateKey, kemOutput, info, exporterContext, length) {
    if (kemOutput.length !== 2 * keyLength) return undefined;
    // As with the real suites, another's key gives a secret, too, and not the one that was exported.
    const own = isFor(privateKey, kemOutput);
    const meant = own ? kemOutput : concat(keyPairOf(privateKey).publicKey, kemOutput);
    return exported(meant, info, exporterContext, length);
  },
};

function encapsulated(publicKey: Uint8Array, entropy: Uint8Array): Uint8Array {
  const kemOutput = new Uint8Array(2 * keyLength);
  kemOutput.set(publicKey);
  kemOutput.set(entropy, keyLength);
  return kemOutput;
}

function isFor(privateKey: Uint8Array, kemOutput: Uint8Array): boolean {
  if (kemOutput.length !== 2 * keyLength) return false;
  return equalBytes(kemOutput.subarray(0, keyLength), keyPairOf(privateKey).publicKey);
}

function exported(kemOutput: Uint8Array, info: Uint8Array, context: Uint8Array, length: number): Uint8Array {
  return expanded(longFingerprint("exportedSecret", kemOutput, info), context, length);
}
