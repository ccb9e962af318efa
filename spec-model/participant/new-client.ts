/** A client at its beginning: a signature key, no KeyPackages, no rooms. */
import type { CipherSuite } from "../mls/index.ts";
import type { RandomSource } from "../random.ts";
import type { ClientState, OwnProvider } from "./client-state.ts";
import { noAssets } from "./downloads-state.ts";
import { type DiscoveryTrust, nothingFound } from "./finding.ts";
import { credentialFor, type Persona } from "./persona.ts";

export function newClient(
  identity: { readonly client: string; readonly user: string },
  provider: OwnProvider,
  suite: CipherSuite,
  random: RandomSource,
  trust?: DiscoveryTrust,
  persona?: Persona,
): ClientState {
  const signature = suite.signature.generateKeyPair(random);
  return {
    ...identity,
    provider,
    suite: suite.id,
    signature,
    credential: credentialFor({ ...identity, suite: suite.id, signature }, persona, random),
    persona,
    keyPackages: {},
    claims: {},
    rooms: {},
    asks: {},
    asked: 0,
    requests: {},
    introductions: {},
    finding: { ...nothingFound, trust },
    assets: noAssets,
    connected: true,
  };
}
