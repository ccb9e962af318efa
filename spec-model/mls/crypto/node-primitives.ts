/**
 * The primitives over node:crypto, used as pure computation only. The module comes in as an argument, so that this
 * file can be loaded where there is none.
 *
 * Making a key object costs more than the operation on it. Two remedies: keys are imported as JWK, which spares node
 * the ASN.1 decoder (about ten times faster than DER), and key objects are kept by their octets.
 */
import type { CipherChaCha20Poly1305Types, CipherGCMTypes, KeyObject } from "node:crypto";
import { concat, noBytes } from "../../bytes.ts";
import { blockLength, longestShort, shortHmacSha256 } from "../../short-sha256.ts";
import { deterministicEcdsaP256 } from "./portable-primitives.ts";
import { type Aead, type DhGroup, isUncompressedPoint, orUndefined, type Primitives } from "./primitives.ts";

export type NodeCrypto = typeof import("node:crypto");

const tagLength = 16;
const keptKeys = 20_000;

export function nodePrimitives(crypto: NodeCrypto): Primitives {
  return {
    name: "node",
    sha256: (data) => plain(crypto.hash("sha256", data, "buffer")),
    hmacSha256: (key, data) =>
      key.length <= blockLength && data.length <= longestShort
        ? shortHmacSha256(key, data)
        : plain(crypto.createHmac("sha256", key).update(data).digest()),
    sameDigest: (one, other) => one.length === other.length && crypto.timingSafeEqual(one, other),
    aeads: {
      "AES-128-GCM": aeadOf(crypto, "aes-128-gcm", 16),
      ChaCha20Poly1305: aeadOf(crypto, "chacha20-poly1305", 32),
    },
    x25519: x25519Of(crypto),
    p256: p256Of(crypto),
    ed25519: ed25519Of(crypto),
    ecdsaP256: { ...deterministicEcdsaP256, verify: ecdsaVerify(crypto) },
  };
}

function aeadOf(
  crypto: NodeCrypto,
  name: CipherGCMTypes | CipherChaCha20Poly1305Types,
  keyLength: number,
): Aead {
  // The typings know GCM and ChaCha20 as separate overloads; what is used here is common to both.
  const algorithm = name as CipherGCMTypes;
  return {
    keyLength,
    nonceLength: 12,
    seal(key, nonce, aad, plaintext) {
      const cipher = crypto.createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
      cipher.setAAD(aad, { plaintextLength: plaintext.length });
      const body = cipher.update(plaintext);
      return concat(body, cipher.final(), cipher.getAuthTag());
    },
    open(key, nonce, aad, ciphertext) {
      if (ciphertext.length < tagLength) return undefined;
      const bodyLength = ciphertext.length - tagLength;
      return orUndefined(() => {
        const decipher = crypto.createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
        decipher.setAAD(aad, { plaintextLength: bodyLength });
        decipher.setAuthTag(ciphertext.subarray(bodyLength));
        const body = decipher.update(ciphertext.subarray(0, bodyLength));
        return concat(body, decipher.final());
      });
    },
  };
}

type Curve = "X25519" | "Ed25519";

/** node derives the public half of an OKP private key and ignores `x`, which must be present. */
const anyPublicHalf = "AA";

interface PrivateKey {
  readonly object: KeyObject;
  readonly publicOctets: Uint8Array;
}

/** node derives the public half in any case; the JWK of a private key has it in it. */
function privateKeys(crypto: NodeCrypto, crv: Curve): (key: Uint8Array) => PrivateKey {
  return kept((key) => {
    const jwk = { kty: "OKP", crv, x: anyPublicHalf, d: base64Url(key) };
    const object = crypto.createPrivateKey({ key: jwk, format: "jwk" });
    const { x } = object.export({ format: "jwk" });
    return { object, publicOctets: plain(Buffer.from(x ?? "", "base64url")) };
  });
}

function publicKeys(crypto: NodeCrypto, crv: Curve): (key: Uint8Array) => KeyObject {
  return kept((key) =>
    crypto.createPublicKey({ key: { kty: "OKP", crv, x: base64Url(key) }, format: "jwk" }),
  );
}

function x25519Of(crypto: NodeCrypto): DhGroup {
  const privateKey = privateKeys(crypto, "X25519");
  const publicKey = publicKeys(crypto, "X25519");
  return {
    publicKeyOf: (key) => privateKey(key).publicOctets,
    sharedSecret: (own, other) =>
      other.length === 32
        ? orUndefined(() =>
            plain(crypto.diffieHellman({ privateKey: privateKey(own).object, publicKey: publicKey(other) })),
          )
        : undefined,
  };
}

function p256Of(crypto: NodeCrypto): DhGroup {
  const exchange = (privateKey: Uint8Array) => {
    const ecdh = crypto.createECDH("prime256v1");
    ecdh.setPrivateKey(privateKey);
    return ecdh;
  };
  return {
    publicKeyOf: kept((privateKey) => plain(exchange(privateKey).getPublicKey())),
    sharedSecret: (privateKey, publicKey) =>
      isUncompressedPoint(publicKey)
        ? orUndefined(() => plain(exchange(privateKey).computeSecret(publicKey)))
        : undefined,
  };
}

function ed25519Of(crypto: NodeCrypto): Primitives["ed25519"] {
  const privateKey = privateKeys(crypto, "Ed25519");
  const publicKey = publicKeys(crypto, "Ed25519");
  return {
    publicKeyOf: (key) => privateKey(key).publicOctets,
    sign: (key, message) => plain(crypto.sign(null, message, privateKey(key).object)),
    verify: (key, message, signature) =>
      key.length === 32 &&
      orUndefined(() => crypto.verify(null, message, publicKey(key), signature)) === true,
  };
}

function ecdsaVerify(crypto: NodeCrypto): Primitives["ecdsaP256"]["verify"] {
  const keyOf = kept((point) =>
    crypto.createPublicKey({
      key: { kty: "EC", crv: "P-256", x: base64Url(point.subarray(1, 33)), y: base64Url(point.subarray(33)) },
      format: "jwk",
    }),
  );
  return (publicKey, message, signature) =>
    isUncompressedPoint(publicKey) &&
    orUndefined(() => crypto.verify("sha256", message, keyOf(publicKey), signature)) === true;
}

/** `make`, remembering what it made of which octets. Forgets everything when full: nothing depends on it but time. */
function kept<T>(make: (octets: Uint8Array) => T): (octets: Uint8Array) => T {
  const made = new Map<string, T>();
  return (octets) => {
    const name = buffer(octets).toString("latin1");
    let value = made.get(name);
    if (value === undefined) {
      value = make(octets);
      if (made.size >= keptKeys) made.clear();
      made.set(name, value);
    }
    return value;
  };
}

function base64Url(octets: Uint8Array): string {
  return buffer(octets).toString("base64url");
}

function buffer(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length);
}

/** The octets of a Buffer as a plain Uint8Array, so that nobody downstream sees which provider made them. */
function plain(octets: Buffer): Uint8Array {
  return octets.length === 0 ? noBytes : new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
}
