/** A client at its beginning: a signature key, no KeyPackages, no rooms. */
import type { CipherSuite } from "../mls/index.ts";
import type { RandomSource } from "../random.ts";
import type { ClientState, OwnProvider } from "./client-state.ts";

export function newClient(
  identity: { readonly client: string; readonly user: string },
  provider: OwnProvider,
  suite: CipherSuite,
  random: RandomSource,
): ClientState {
  return {
    ...identity,
    provider,
    suite: suite.id,
    signature: suite.signature.generateKeyPair(random),
    keyPackages: {},
    claims: {},
    rooms: {},
    asks: {},
    asked: 0,
  };
}
