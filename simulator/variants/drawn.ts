/** Which adversary, and as whom: drawn for random stories, and for the swarm by its seed. */
import { rootRandom, type Seed } from "../random/index.ts";
import { adversaries } from "./adversaries/index.ts";
import type { Cast } from "./cast.ts";
import type { Choice } from "./choice.ts";
import type { Adversary } from "./variant.ts";

/** The adversary as the `who`th of those whose part it plays; whoever acts together with others is all that there are. */
export function playedBy(variant: Adversary, who: number, { providers, clients }: Cast): Choice {
  const domains = providers.map(({ domain }) => domain);
  const parts: Partial<Record<Adversary["party"], readonly string[]>> = {
    hub: domains.slice(0, 1),
    follower: domains.length > 1 ? domains.slice(1) : domains,
    client: clients.filter(({ stack }) => stack === undefined).map(({ client }) => client),
  };
  const part = parts[variant.party] ?? [];
  const actor = part[who % Math.max(1, part.length)];
  return actor === undefined ? { variant } : { variant, actor };
}

/** The one adversary that `seed` stands for in the swarm of a scenario. */
export function swarmAdversary(cast: Cast, seed: Seed): Choice {
  const draw = rootRandom(seed).split("swarm/adversary");
  return playedBy(draw.pick(adversaries), draw.int(0, 0xffff), cast);
}

/** The properties that these can break, as they say of themselves. */
export function brokenBy(choices: readonly Choice[]): ReadonlySet<string> {
  return new Set(choices.flatMap(({ variant }) => (variant.kind === "adversary" ? variant.breaks : [])));
}
