/** Cryptography for checking vectors, over node:crypto and written out: nothing of the model is used. */
import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  verify,
} from "node:crypto";

type Octets = Buffer;

export const octets = (text: unknown): Octets => Buffer.from(String(text), "hex");
export const utf8 = (text: string): Octets => Buffer.from(text, "utf8");
export const concat = (...parts: readonly Uint8Array[]): Octets => Buffer.concat(parts);

export function uint(value: number | bigint, width: number): Octets {
  return Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(2 * width, "0"),
    "hex",
  );
}

/** opaque<V>: a length of one, two or four octets in front. RFC 9420 §2.1.2 */
export function withLength(data: Uint8Array): Octets {
  const { length } = data;
  const head =
    length < 64 ? uint(length, 1) : length < 16_384 ? uint(length | 0x4000, 2) : uint(length + 2 ** 31, 4);
  return concat(head, data);
}

/** The octets in an opaque<V> at the front, and what is behind it. */
export function opaqueAt(data: Octets): readonly [Octets, Octets] {
  const width = 1 << ((data[0] ?? 0) >> 6);
  const head = data.subarray(0, width);
  const length = Number(BigInt(`0x${head.toString("hex")}`) & ((1n << BigInt(8 * width - 2)) - 1n));
  return [data.subarray(width, width + length), data.subarray(width + length)];
}

export const sha256 = (data: Uint8Array): Octets => createHash("sha256").update(data).digest();
export const hmac = (key: Uint8Array, data: Uint8Array): Octets =>
  createHmac("sha256", key).update(data).digest();

/** SignContent. RFC 9420 §5.1.2 */
export function signContent(label: Uint8Array, content: Uint8Array): Octets {
  return concat(withLength(concat(utf8("MLS 1.0 "), label)), withLength(content));
}

/** ExpandWithLabel. RFC 9420 §8 */
export function expandWithLabel(
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Octets {
  const info = concat(uint(length, 2), withLength(utf8(`MLS 1.0 ${label}`)), withLength(context));
  let block: Octets = Buffer.alloc(0);
  let all: Octets = Buffer.alloc(0);
  for (let i = 1; all.length < length; i++) {
    block = hmac(secret, concat(block, info, uint(i, 1)));
    all = concat(all, block);
  }
  return all.subarray(0, length);
}

/** Whether a signature of cipher suite 1, 2 or 3 holds; nothing but node's own verification. */
export function isSigned(
  cipherSuite: number,
  publicKey: Uint8Array,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = publicKeyObject(cipherSuite, publicKey);
  return verify(cipherSuite === 2 ? "sha256" : null, signed, key, signature);
}

/** The public key, as MLS writes it, of a private one. */
export function publicKeyOf(cipherSuite: number, privateKey: Uint8Array): Octets {
  if (cipherSuite !== 2) {
    const prefix = octets("302e020100300506032b657004220420");
    const key = createPrivateKey({ key: concat(prefix, privateKey), format: "der", type: "pkcs8" });
    return Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url");
  }
  const sec1 = concat(
    octets("303102010104 20".replaceAll(" ", "")),
    privateKey,
    octets("a00a06082a8648ce3d030107"),
  );
  const key = createPrivateKey({ key: sec1, format: "der", type: "sec1" });
  const { x = "", y = "" } = createPublicKey(key).export({ format: "jwk" });
  return concat(Uint8Array.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url"));
}

/** The plaintext under the cipher suite's AEAD. Throws where it is not authentic. */
export function decrypted(
  cipherSuite: number,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Octets {
  const [body, tag] = [sealed.subarray(0, -16), sealed.subarray(-16)];
  const name = cipherSuite === 3 ? ("chacha20-poly1305" as "aes-128-gcm") : "aes-128-gcm";
  const decipher = createDecipheriv(name, key, nonce, { authTagLength: 16 });
  decipher.setAAD(aad, { plaintextLength: body.length });
  decipher.setAuthTag(tag);
  return concat(decipher.update(body), decipher.final());
}

/** What is encrypted to an X25519 key (cipher suites 1 and 3). RFC 9180 §4.1, §5.1; RFC 9420 §5.1.3 */
export function opened(
  cipherSuite: 1 | 3,
  privateKey: Uint8Array,
  label: Uint8Array,
  context: Uint8Array,
  kemOutput: Uint8Array,
  ciphertext: Uint8Array,
): Octets {
  const info = concat(withLength(concat(utf8("MLS 1.0 "), label)), withLength(context));
  const kem = concat(utf8("KEM"), uint(0x20, 2));
  const hpke = concat(utf8("HPKE"), uint(0x20, 2), uint(1, 2), uint(cipherSuite, 2));
  const extract = (suite: Uint8Array, salt: Uint8Array, name: string, ikm: Uint8Array) =>
    hmac(salt, concat(utf8("HPKE-v1"), suite, utf8(name), ikm));
  const expand = (suite: Uint8Array, secret: Uint8Array, name: string, about: Uint8Array, length: number) => {
    const given = concat(uint(length, 2), utf8("HPKE-v1"), suite, utf8(name), about);
    return hmac(secret, concat(given, uint(1, 1))).subarray(0, length);
  };
  const [own, other] = [x25519Private(privateKey), x25519Public(kemOutput)];
  const publicOctets = Buffer.from(createPublicKey(own).export({ format: "jwk" }).x ?? "", "base64url");
  const dh = diffieHellman({ privateKey: own, publicKey: other });
  const none = Buffer.alloc(0);
  const shared = expand(
    kem,
    extract(kem, none, "eae_prk", dh),
    "shared_secret",
    concat(kemOutput, publicOctets),
    32,
  );
  const bound = concat(
    uint(0, 1),
    extract(hpke, none, "psk_id_hash", none),
    extract(hpke, none, "info_hash", info),
  );
  const secret = extract(hpke, shared, "secret", none);
  const key = expand(hpke, secret, "key", bound, cipherSuite === 3 ? 32 : 16);
  return decrypted(cipherSuite, key, expand(hpke, secret, "base_nonce", bound, 12), none, ciphertext);
}

/** A node key object of an X25519 private key. */
export function x25519Private(key: Uint8Array): KeyObject {
  const prefix = octets("302e020100300506032b656e04220420");
  return createPrivateKey({ key: concat(prefix, key), format: "der", type: "pkcs8" });
}

function x25519Public(key: Uint8Array): KeyObject {
  return createPublicKey({
    key: concat(octets("302a300506032b656e032100"), key),
    format: "der",
    type: "spki",
  });
}

function publicKeyObject(cipherSuite: number, publicKey: Uint8Array): KeyObject {
  const prefix =
    cipherSuite === 2 ? "3059301306072a8648ce3d020106082a8648ce3d030107034200" : "302a300506032b6570032100";
  return createPublicKey({ key: concat(octets(prefix), publicKey), format: "der", type: "spki" });
}
