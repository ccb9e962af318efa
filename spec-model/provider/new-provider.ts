/** A provider at its beginning: its keys and its endpoints, no rooms and no key material. */
import { directoryAt } from "../endpoints/index.ts";
import type { CipherSuite } from "../mls/index.ts";
import type { RandomSource } from "../random.ts";
import type { ProviderState } from "./state.ts";

/** The provider at `domain`; its endpoints are below `https://mimi.<domain>/v1`. */
export function newProvider(domain: string, suite: CipherSuite, random: RandomSource): ProviderState {
  return {
    domain,
    keys: {
      domain,
      signature: suite.signature.generateKeyPair(random),
      franking: suite.signature.generateKeyPair(random),
      hubKey: random.bytes(32),
    },
    directory: directoryAt(`https://mimi.${domain}/v1`),
    peers: {},
    hosted: {},
    followed: {},
    stocks: {},
    keyPackages: {},
    awaiting: {},
    requestsSent: 0,
  };
}
