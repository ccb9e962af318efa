/** The swarm of a scenario: the faults that a seed stands for among its servers and clients. */
import { rootRandom, type Seed } from "../random/index.ts";
import type { Fault } from "./fault.ts";
import { swarm } from "./swarm.ts";

/** The part of a scenario that faults are about. */
export interface Cast {
  readonly providers: readonly { readonly domain: string }[];
  readonly clients: readonly { readonly client: string; readonly stack?: string }[];
  readonly assets?: readonly Server[];
  readonly introduction?: {
    readonly discovery?: { readonly provider: Server; readonly issuers: readonly Server[] };
  };
}

interface Server {
  readonly domain: string;
}

/**
 * Some faults end before much has been said, some last: a story takes a few seconds, or as many minutes once messages
 * get lost.
 */
const ends = [2_000_000, 10_000_000, 60_000_000, 300_000_000, 1_800_000_000];

/**
 * Half of the stories wait until each moment has come to nothing or to an end; the other half goes on while messages
 * are still under way. In milliseconds, as runs take it.
 */
export function swarmPace(seed: Seed): number | undefined {
  return rootRandom(seed).split("swarm/pace").pick([undefined, undefined, undefined, 60, 300, 2_000]);
}

export function swarmFor({ providers, clients, assets = [], introduction }: Cast, seed: Seed): Fault[] {
  const { discovery } = introduction ?? {};
  const found = discovery === undefined ? [] : [discovery.provider, ...discovery.issuers];
  const healsAt = rootRandom(seed).split("swarm/end").pick(ends);
  return swarm(seed, {
    providers: providers.map(({ domain }) => domain),
    others: [...found, ...assets].map(({ domain }) => domain),
    clients: clients.filter(({ stack }) => stack === undefined).map(({ client }) => client),
    healsAt,
  });
}
