/** Everybody's keys and names in the crypto vectors, a set for each cipher suite. */
import { type RandomStream, rootRandom } from "../../../simulator/random/index.ts";
import {
  type CipherSuite,
  type CipherSuiteId,
  cipherSuite,
  cipherSuiteIds,
} from "../../../spec-model/mls/index.ts";

export const room = "mimi://hub.example/r/clubhouse";
export const otherRoom = "mimi://hub.example/r/attic";
export const hubDomain = "hub.example";
export const alice: string = "mimi://a.example/u/alice";
export const bob: string = "mimi://b.example/u/bob";
export const aliceClient = "mimi://a.example/d/alice/ClientA1";
export const bobClient = "mimi://b.example/d/bob/ClientB1";

export interface Scene {
  readonly suite: CipherSuite;
  /** Ends the ids of its cases: `s1`. */
  readonly mark: string;
  /** A stream for one purpose, the same whatever else was drawn. */
  readonly random: (purpose: string) => RandomStream;
  /** The signature keys of somebody. */
  readonly signatureOf: (name: string) => ReturnType<CipherSuite["signature"]["generateKeyPair"]>;
  /** The HPKE keys of somebody. */
  readonly hpkeOf: (name: string) => ReturnType<CipherSuite["hpke"]["generateKeyPair"]>;
}

export function scenes(seed: string): Scene[] {
  return cipherSuiteIds.map((id) => sceneOf(seed, id));
}

function sceneOf(seed: string, id: CipherSuiteId): Scene {
  const suite = cipherSuite(id);
  const root = rootRandom(`${seed} crypto`).split(`cipher suite ${id}`);
  return {
    suite,
    mark: `s${id}`,
    random: (purpose) => root.split(purpose),
    signatureOf: (name) => suite.signature.generateKeyPair(root.split(`signature key of ${name}`)),
    hpkeOf: (name) => suite.hpke.generateKeyPair(root.split(`HPKE key of ${name}`)),
  };
}

/** A copy with one bit changed, by default in the last octet. */
export function flipped(octets: Uint8Array, at = octets.length - 1): Uint8Array {
  return octets.map((octet, i) => (i === at ? octet ^ 1 : octet));
}
