/** The cipher suites of RFC 9420 §17.1 that are modelled: 1, 2 and 3, each over either provider with the same results. */
import type { RandomSource } from "../../random.ts";
import { dhkemP256, dhkemX25519, type KeyPair } from "./dhkem.ts";
import { type Hkdf, hkdfSha256 } from "./hkdf.ts";
import { type Hpke, hpkeOf } from "./hpke.ts";
import { type NodeCrypto, nodePrimitives } from "./node-primitives.ts";
import { portablePrimitives } from "./portable-primitives.ts";
import type { Aead, AeadName, Primitives, ProviderName } from "./primitives.ts";
import { rememberingVerify } from "./remembering-verify.ts";

export type CipherSuiteId = 1 | 2 | 3;

/** Everything a group's cipher suite does. Synchronous, and without hidden randomness. */
export interface CipherSuite {
  readonly id: CipherSuiteId;
  readonly name: string;
  readonly provider: ProviderName;
  /** `KDF.Nh`: octets of a hash and of every secret. */
  readonly hashLength: number;
  hash(data: Uint8Array): Uint8Array;
  /** HMAC with the suite's hash. */
  mac(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** For a hash or a code that has come and the one that it has to be. */
  sameDigest(one: Uint8Array, other: Uint8Array): boolean;
  readonly kdf: Hkdf;
  readonly aead: Aead;
  readonly signature: Signatures;
  readonly hpke: Hpke;
}

export interface Signatures {
  generateKeyPair(random: RandomSource): KeyPair;
  publicKeyOf(privateKey: Uint8Array): Uint8Array;
  sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

interface Parameters {
  readonly name: string;
  readonly curve: "25519" | "P-256";
  readonly aead: AeadName;
}

const parameters: Readonly<Record<CipherSuiteId, Parameters>> = {
  1: { name: "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519", curve: "25519", aead: "AES-128-GCM" },
  2: { name: "MLS_128_DHKEMP256_AES128GCM_SHA256_P256", curve: "P-256", aead: "AES-128-GCM" },
  3: {
    name: "MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519",
    curve: "25519",
    aead: "ChaCha20Poly1305",
  },
};

export const cipherSuiteIds: readonly CipherSuiteId[] = [1, 2, 3];

/** One of the two providers by name, or primitives of the caller's own. */
export type Provider = ProviderName | Primitives;

/**
 * The cipher suite with this number, or undefined where it is not modelled. Without `provider`: node:crypto where it
 * exists, else the portable one. Both give the same octets for the same inputs (RFC 9420 §17.1).
 */
export function cipherSuite(id: CipherSuiteId, provider?: Provider): CipherSuite;
export function cipherSuite(id: number, provider?: Provider): CipherSuite | undefined;
export function cipherSuite(id: number, provider?: Provider): CipherSuite | undefined {
  if (id !== 1 && id !== 2 && id !== 3) return undefined;
  const primitives = typeof provider === "object" ? provider : primitivesOf(provider);
  const suites = built.get(primitives) ?? new Map<CipherSuiteId, CipherSuite>();
  built.set(primitives, suites);
  const known = suites.get(id);
  if (known !== undefined) return known;
  const suite = build(id, primitives);
  suites.set(id, suite);
  return suite;
}

const built = new WeakMap<Primitives, Map<CipherSuiteId, CipherSuite>>();
let nodeProvider: Primitives | undefined;

function primitivesOf(provider: ProviderName | undefined): Primitives {
  if (provider === "portable") return portablePrimitives;
  nodeProvider ??= nodePrimitivesHere();
  if (nodeProvider !== undefined) return nodeProvider;
  if (provider === "node") throw new Error("there is no node:crypto here; use the portable provider");
  return portablePrimitives;
}

/** Asks the runtime for node:crypto instead of importing it, so that the same file loads in a browser. */
function nodePrimitivesHere(): Primitives | undefined {
  const runtime = globalThis as { process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined } };
  const nodeCrypto = runtime.process?.getBuiltinModule?.("node:crypto");
  return nodeCrypto && nodePrimitives(nodeCrypto);
}

function build(id: CipherSuiteId, primitives: Primitives): CipherSuite {
  const { name, curve, aead: aeadName } = parameters[id];
  const aead = primitives.aeads[aeadName];
  const kdf = hkdfSha256(primitives.hmacSha256);
  const kem = curve === "P-256" ? dhkemP256(kdf, primitives.p256) : dhkemX25519(kdf, primitives.x25519);
  const scheme = curve === "P-256" ? primitives.ecdsaP256 : primitives.ed25519;
  return {
    id,
    name,
    provider: primitives.name,
    hashLength: 32,
    hash: primitives.sha256,
    mac: primitives.hmacSha256,
    sameDigest: primitives.sameDigest,
    kdf,
    aead,
    hpke: hpkeOf(kem, kdf, aeadName, aead),
    signature: {
      generateKeyPair(random) {
        // Any 32 octets are an Ed25519 seed; a P-256 scalar has a range, which the KEM's derivation keeps to.
        const entropy = random.bytes(32);
        const privateKey = curve === "P-256" ? kem.deriveKeyPair(entropy).privateKey : entropy;
        return { privateKey, publicKey: scheme.publicKeyOf(privateKey) };
      },
      publicKeyOf: scheme.publicKeyOf,
      sign: scheme.sign,
      verify: rememberingVerify(scheme.verify),
    },
  };
}
