/** The few algorithms that the cipher suites of RFC 9420 §17.1 are built from; each provider implements exactly these. */

export type ProviderName = "node" | "portable";
export type AeadName = "AES-128-GCM" | "ChaCha20Poly1305";

/** Authenticated encryption; the 16-octet tag is the end of the ciphertext (RFC 5116). */
export interface Aead {
  readonly keyLength: number;
  readonly nonceLength: number;
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** The plaintext, or undefined where the ciphertext is not authentic. */
  open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined;
}

/** A Diffie-Hellman group. Private keys are 32 octets; public keys are in the group's serialised form (RFC 9180 §7.1). */
export interface DhGroup {
  publicKeyOf(privateKey: Uint8Array): Uint8Array;
  /** The shared secret, or undefined where `publicKey` is not a usable public key. */
  sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined;
}

/** Deterministic signatures: the same key and message always give the same octets. */
export interface SignatureScheme {
  publicKeyOf(privateKey: Uint8Array): Uint8Array;
  sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface Primitives {
  readonly name: ProviderName;
  sha256(data: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Whether two hashes or authentication codes are the same, in a time that does not tell where they differ. */
  sameDigest(one: Uint8Array, other: Uint8Array): boolean;
  readonly aeads: Readonly<Record<AeadName, Aead>>;
  readonly x25519: DhGroup;
  readonly p256: DhGroup;
  readonly ed25519: SignatureScheme;
  /** ECDSA over P-256 with SHA-256: RFC 6979 nonces, DER signatures, 65-octet uncompressed public keys. */
  readonly ecdsaP256: SignatureScheme;
}

/** What `attempt` gives, or undefined where a library throws on bad input. */
export function orUndefined<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

/** Whether octets look like an uncompressed P-256 point (RFC 8446 §4.2.8.2); RFC 9420 §5.1.1 allows no other form. */
export function isUncompressedPoint(publicKey: Uint8Array): boolean {
  return publicKey.length === 65 && publicKey[0] === 4;
}
