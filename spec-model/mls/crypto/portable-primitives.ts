/** The primitives in plain JavaScript, for browsers and as the second opinion on the node:crypto ones. */
import { gcm } from "@noble/ciphers/aes.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import {
  type Aead,
  isUncompressedPoint,
  orUndefined,
  type Primitives,
  type SignatureScheme,
} from "./primitives.ts";

type NobleAead = (
  key: Uint8Array,
  nonce: Uint8Array,
  aad?: Uint8Array,
) => { encrypt(plaintext: Uint8Array): Uint8Array; decrypt(ciphertext: Uint8Array): Uint8Array };

/** Also used by the node provider: node:crypto signs with random nonces only. Low-S is not asked for by RFC 8446. */
export const deterministicEcdsaP256: SignatureScheme = {
  publicKeyOf: (privateKey) => p256.getPublicKey(privateKey, false),
  sign: (privateKey, message) =>
    p256.sign(message, privateKey, { prehash: true, format: "der", lowS: false }),
  verify: (publicKey, message, signature) =>
    isUncompressedPoint(publicKey) &&
    orUndefined(() =>
      p256.verify(signature, message, publicKey, { prehash: true, format: "der", lowS: false }),
    ) === true,
};

export const portablePrimitives: Primitives = {
  name: "portable",
  sha256: (data) => sha256(data),
  hmacSha256: (key, data) => hmac(sha256, key, data),
  sameDigest: (one, other) =>
    one.length === other.length && one.reduce((all, octet, i) => all | (octet ^ (other[i] ?? 0)), 0) === 0,
  aeads: { "AES-128-GCM": aeadOf(gcm, 16), ChaCha20Poly1305: aeadOf(chacha20poly1305, 32) },
  x25519: {
    publicKeyOf: (privateKey) => x25519.getPublicKey(privateKey),
    sharedSecret: (privateKey, publicKey) => orUndefined(() => x25519.getSharedSecret(privateKey, publicKey)),
  },
  p256: {
    publicKeyOf: (privateKey) => p256.getPublicKey(privateKey, false),
    sharedSecret: (privateKey, publicKey) =>
      isUncompressedPoint(publicKey)
        ? orUndefined(() => p256.getSharedSecret(privateKey, publicKey, true).subarray(1))
        : undefined,
  },
  ed25519: {
    publicKeyOf: (privateKey) => ed25519.getPublicKey(privateKey),
    sign: (privateKey, message) => ed25519.sign(message, privateKey),
    verify: (publicKey, message, signature) =>
      orUndefined(() => ed25519.verify(signature, message, publicKey, { zip215: false })) === true,
  },
  ecdsaP256: deterministicEcdsaP256,
};

function aeadOf(cipher: NobleAead, keyLength: number): Aead {
  return {
    keyLength,
    nonceLength: 12,
    seal: (key, nonce, aad, plaintext) => cipher(key, nonce, aad).encrypt(plaintext),
    open: (key, nonce, aad, ciphertext) => orUndefined(() => cipher(key, nonce, aad).decrypt(ciphertext)),
  };
}
