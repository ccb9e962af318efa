/**
 * The cryptography that ts-mls is handed: our cipher suites in the shape of its `CiphersuiteImpl`, so that all its keys
 * and ciphertexts come from the step's randomness and a run with it can be repeated octet by octet.
 */
import type { CiphersuiteImpl, CiphersuiteName, Hpke } from "ts-mls";
import { equalBytes, noBytes } from "../../../spec-model/bytes.ts";
import { type CipherSuite, type CipherSuiteId, cipherSuite } from "../../../spec-model/mls/index.ts";
import type { RandomSource } from "../../../spec-model/random.ts";

/** The suite for one step. Everything it draws, it draws from `random`. */
export function tsMlsSuite(id: CipherSuiteId, random: RandomSource): CiphersuiteImpl {
  const suite = cipherSuite(id);
  return {
    name: suite.name as CiphersuiteName,
    rng: { randomBytes: (length) => random.bytes(length) },
    hash: {
      digest: async (data) => suite.hash(data),
      mac: async (key, data) => suite.mac(key, data),
      verifyMac: async (key, mac, data) => equalBytes(suite.mac(key, data), mac),
    },
    kdf: {
      size: suite.hashLength,
      extract: async (salt, inputKeyMaterial) => suite.kdf.extract(salt, inputKeyMaterial),
      expand: async (secret, info, length) => suite.kdf.expand(secret, info, length),
    },
    signature: {
      sign: async (privateKey, message) => suite.signature.sign(privateKey, message),
      verify: async (publicKey, message, signature) => suite.signature.verify(publicKey, message, signature),
      keygen: async () => {
        const { privateKey, publicKey } = suite.signature.generateKeyPair(random);
        return { signKey: privateKey, publicKey };
      },
    },
    hpke: hpkeOf(suite, random),
  };
}

type PublicKey = Awaited<ReturnType<Hpke["importPublicKey"]>>;
type PrivateKey = Awaited<ReturnType<Hpke["importPrivateKey"]>>;

/** To ts-mls a key is an opaque handle; here it is the key's octets. */
const asPublic = (octets: Uint8Array) => octets as unknown as PublicKey;
const asPrivate = (octets: Uint8Array) => octets as unknown as PrivateKey;
const octetsOf = (key: PublicKey | PrivateKey) => key as unknown as Uint8Array;

function hpkeOf({ hpke, aead }: CipherSuite, random: RandomSource): Hpke {
  // ts-mls encrypts concurrently. What is encrypted goes into every ephemeral key, so one draw serves them all and
  // the order in which they are made does not matter.
  const entropy = random.bytes(32);
  const ephemeral: RandomSource = { bytes: () => entropy };
  return {
    keyLength: aead.keyLength,
    nonceLength: aead.nonceLength,
    importPublicKey: async (octets) => asPublic(octets),
    importPrivateKey: async (octets) => asPrivate(octets),
    exportPublicKey: async (key) => octetsOf(key),
    exportPrivateKey: async (key) => octetsOf(key),
    async seal(publicKey, plaintext, info, aad = noBytes) {
      const sealed = succeeded(hpke.seal(octetsOf(publicKey), info, aad, plaintext, ephemeral), "HPKE seal");
      return { enc: sealed.kemOutput, ct: sealed.ciphertext };
    },
    async open(privateKey, kemOutput, ciphertext, info, aad = noBytes) {
      return succeeded(hpke.open(octetsOf(privateKey), info, aad, { kemOutput, ciphertext }), "HPKE open");
    },
    async exportSecret(publicKey, context, length, info) {
      const exported = hpke.exportSecret(octetsOf(publicKey), info, context, length, ephemeral);
      const { kemOutput, secret } = succeeded(exported, "HPKE export");
      return { enc: kemOutput, secret };
    },
    async importSecret(privateKey, context, kemOutput, length, info) {
      const secret = hpke.importSecret(octetsOf(privateKey), kemOutput, info, context, length);
      return succeeded(secret, "HPKE import");
    },
    deriveKeyPair: async (inputKeyMaterial) => handles(hpke.deriveKeyPair(inputKeyMaterial)),
    generateKeyPair: async () => handles(hpke.generateKeyPair(random)),
    encryptAead: async (key, nonce, aad, plaintext) => aead.seal(key, nonce, aad ?? noBytes, plaintext),
    decryptAead: async (key, nonce, aad, ciphertext) =>
      succeeded(aead.open(key, nonce, aad ?? noBytes, ciphertext), "AEAD open"),
  };
}

function handles({ publicKey, privateKey }: { publicKey: Uint8Array; privateKey: Uint8Array }) {
  return { publicKey: asPublic(publicKey), privateKey: asPrivate(privateKey) };
}

/** ts-mls expects its cryptography to throw where ours gives undefined. */
function succeeded<T>(result: T | undefined, operation: string): T {
  if (result === undefined) throw new Error(`${operation} failed`);
  return result;
}
