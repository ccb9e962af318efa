/**
 * HPKE in base mode (RFC 9180 §5 and §6), written once over a provider's primitives: single-shot encryption and the
 * export of a secret.
 *
 * Every ephemeral key is derived from 32 octets of randomness hashed together with everything that the operation
 * binds (recipient, info, additional data, plaintext). With `sameEntropyFor` one draw serves all ciphertexts of a
 * message, and the octets of each do not depend on the order in which they are made.
 */
import { concat, noBytes, utf8 } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import type { Kem, KeyPair } from "./dhkem.ts";
import type { Hkdf } from "./hkdf.ts";
import { type LabelledHkdf, labelled } from "./labelled-hkdf.ts";
import type { Aead, AeadName } from "./primitives.ts";

export interface Sealed {
  readonly kemOutput: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface Exported {
  readonly kemOutput: Uint8Array;
  readonly secret: Uint8Array;
}

/** Operations that give undefined were handed an unusable public key, or a ciphertext that is not authentic. */
export interface Hpke {
  /** Octets of a public key of this KEM. */
  readonly publicKeyLength: number;
  deriveKeyPair(inputKeyMaterial: Uint8Array): KeyPair;
  generateKeyPair(random: RandomSource): KeyPair;
  seal(
    publicKey: Uint8Array,
    info: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
    random: RandomSource,
  ): Sealed | undefined;
  open(privateKey: Uint8Array, info: Uint8Array, aad: Uint8Array, sealed: Sealed): Uint8Array | undefined;
  /** A fresh secret of `length` octets that the holder of the private key can import. */
  exportSecret(
    publicKey: Uint8Array,
    info: Uint8Array,
    exporterContext: Uint8Array,
    length: number,
    random: RandomSource,
  ): Exported | undefined;
  /** A ciphertext and a secret of one encapsulation: an answer can be encrypted under the secret. RFC 9180 §5.3 */
  sealAndExport(
    publicKey: Uint8Array,
    info: Uint8Array,
    plaintext: Uint8Array,
    exporterContext: Uint8Array,
    length: number,
    random: RandomSource,
  ): (Sealed & Exported) | undefined;
  importSecret(
    privateKey: Uint8Array,
    kemOutput: Uint8Array,
    info: Uint8Array,
    exporterContext: Uint8Array,
    length: number,
  ): Uint8Array | undefined;
}

/** A source that answers every draw with the same octets: one draw of `random` for all ciphertexts of a message. */
export function sameEntropyFor(random: RandomSource): RandomSource {
  const entropy = random.bytes(entropyLength);
  return { bytes: () => entropy };
}

const entropyLength = 32;
const kdfId = 1;
const aeadIds: Readonly<Record<AeadName, number>> = { "AES-128-GCM": 1, ChaCha20Poly1305: 3 };
const baseMode = Uint8Array.of(0);

export function hpkeOf(kem: Kem, hkdf: Hkdf, aeadName: AeadName, aead: Aead): Hpke {
  const suiteId = concat(utf8("HPKE"), uint16(kem.id), uint16(kdfId), uint16(aeadIds[aeadName]));
  const schedule = keySchedule(labelled(hkdf, suiteId), aead);
  const encapsulate = (publicKey: Uint8Array, random: RandomSource, ...bound: Uint8Array[]) => {
    const material = concat(...[publicKey, ...bound].flatMap((part) => [uint32(part.length), part]));
    const ephemeral = kem.deriveKeyPair(hkdf.extract(random.bytes(entropyLength), material));
    return kem.encapsulate(publicKey, ephemeral);
  };
  return {
    publicKeyLength: kem.publicKeyLength,
    deriveKeyPair: kem.deriveKeyPair,
    generateKeyPair: (random) => kem.deriveKeyPair(random.bytes(entropyLength)),
    seal(publicKey, info, aad, plaintext, random) {
      const shared = encapsulate(publicKey, random, info, aad, plaintext);
      if (shared === undefined) return undefined;
      const { key, nonce } = schedule(shared.sharedSecret, info).encryption();
      return { kemOutput: shared.encapsulated, ciphertext: aead.seal(key, nonce, aad, plaintext) };
    },
    open(privateKey, info, aad, sealed) {
      const sharedSecret = kem.decapsulate(privateKey, sealed.kemOutput);
      if (sharedSecret === undefined) return undefined;
      const { key, nonce } = schedule(sharedSecret, info).encryption();
      return aead.open(key, nonce, aad, sealed.ciphertext);
    },
    exportSecret(publicKey, info, exporterContext, length, random) {
      const shared = encapsulate(publicKey, random, info, exporterContext);
      if (shared === undefined) return undefined;
      const secret = schedule(shared.sharedSecret, info).exported(exporterContext, length);
      return { kemOutput: shared.encapsulated, secret };
    },
    sealAndExport(publicKey, info, plaintext, exporterContext, length, random) {
      const shared = encapsulate(publicKey, random, info, plaintext);
      if (shared === undefined) return undefined;
      const context = schedule(shared.sharedSecret, info);
      const { key, nonce } = context.encryption();
      return {
        kemOutput: shared.encapsulated,
        ciphertext: aead.seal(key, nonce, noBytes, plaintext),
        secret: context.exported(exporterContext, length),
      };
    },
    importSecret(privateKey, kemOutput, info, exporterContext, length) {
      const sharedSecret = kem.decapsulate(privateKey, kemOutput);
      return sharedSecret && schedule(sharedSecret, info).exported(exporterContext, length);
    },
  };
}

/** RFC 9180 §5.1 in base mode; only what is asked for is derived. */
function keySchedule(kdf: LabelledHkdf, aead: Aead) {
  const noPskIdHash = kdf.extract(noBytes, "psk_id_hash", noBytes);
  return (sharedSecret: Uint8Array, info: Uint8Array) => {
    const context = concat(baseMode, noPskIdHash, kdf.extract(noBytes, "info_hash", info));
    const secret = kdf.extract(sharedSecret, "secret", noBytes);
    return {
      encryption: () => ({
        key: kdf.expand(secret, "key", context, aead.keyLength),
        nonce: kdf.expand(secret, "base_nonce", context, aead.nonceLength),
      }),
      exported: (exporterContext: Uint8Array, length: number) =>
        kdf.expand(kdf.expand(secret, "exp", context, 32), "sec", exporterContext, length),
    };
  };
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}
