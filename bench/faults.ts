/**
 * Runs under faults and property checks: events a second, what a participant costs as its room grows, a room of a
 * thousand with a million messages carried, and ten thousand small seeds. All on symbolic MLS.
 */
import { swarmFor } from "../simulator/faults/index.ts";
import { type Run, type RunOptions, run } from "../simulator/run/index.ts";
import {
  chapter,
  client,
  type Provider,
  person,
  provider,
  room,
  type Scenario,
  scenario,
} from "../simulator/scenario/index.ts";
import { scenarios } from "../simulator/scenarios/index.ts";

export interface Rate {
  readonly what: string;
  readonly stepsPerSecond: number;
}

/** The clubhouse again and again: bare, with its properties, with faults, with both. */
export function benchRates(seeds = 60): Rate[] {
  const clubhouse = scenarios.get("clubhouse");
  if (clubhouse === undefined) throw new Error("there is no clubhouse");
  const rate = (what: string, optionsFor: (seed: number) => Partial<RunOptions>): Rate => {
    const began = performance.now();
    let steps = 0;
    for (let seed = 0; seed < seeds; seed++)
      steps += run(clubhouse, { seed, mls: "symbolic", ...optionsFor(seed) }).steps;
    return { what, stepsPerSecond: (1000 * steps) / (performance.now() - began) };
  };
  rate("warming up", () => ({ properties: [] }));
  return [
    rate("without faults, without properties", () => ({ properties: [] })),
    rate("without faults, with all properties", () => ({})),
    rate("with swarm faults, without properties", (seed) => ({
      properties: [],
      faults: swarmFor(clubhouse, seed),
    })),
    rate("with swarm faults and all properties", (seed) => ({ faults: swarmFor(clubhouse, seed) })),
  ];
}

export interface GrownRoom {
  /** Clients in the group. */
  readonly participants: number;
  readonly providers: number;
  /** Messages that the network has carried. */
  readonly carried: number;
  readonly buildSeconds: number;
  readonly saySeconds: number;
  readonly microsecondsPerDelivery: number;
  readonly peakMebibytes: number;
}

/** A room in which one user of each provider comes in with its share of the clients, and the host says something so many times. */
export function benchRoom(participants: number, providers: number, sayings: number): GrownRoom {
  const { told, begin } = openRoom(participants, providers, sayings);
  let built = 0;
  const began = performance.now();
  const made: Run = run(told, {
    seed: 1,
    mls: "symbolic",
    properties: [],
    keepTrace: false,
    latency: "constant(20ms)",
    mostSteps: 50_000_000,
    atRest: () => {
      begin.rests++;
      if (begin.rests === begin.afterBuilding) built = performance.now();
    },
  });
  const end = performance.now();
  const deliveries = participants * sayings;
  return {
    participants,
    providers,
    carried: made.steps,
    buildSeconds: (built - began) / 1000,
    saySeconds: (end - built) / 1000,
    microsecondsPerDelivery: (1000 * (end - built)) / deliveries,
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
  };
}

/** So many seeds of a small story, each with its faults and its properties. */
export function benchSeeds(seeds: number): {
  readonly seeds: number;
  readonly seconds: number;
  readonly failed: number;
  readonly peakMebibytes: number;
} {
  const small = scenarios.get("everybody-leaves");
  if (small === undefined) throw new Error("there is no everybody-leaves");
  const began = performance.now();
  let failed = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { holds } = run(small, { seed, mls: "symbolic", faults: swarmFor(small, seed), keepTrace: false });
    if (!holds) failed++;
  }
  const seconds = (performance.now() - began) / 1000;
  return { seeds, seconds, failed, peakMebibytes: process.resourceUsage().maxRSS / 1024 };
}

function openRoom(participants: number, providerCount: number, sayings: number) {
  const servers = Array.from({ length: providerCount }, (_, i) => provider(`Server${i}`, `p${i}.example`));
  const [hub] = servers as [Provider];
  const host = client("Host", person("Host", hub));
  const users = servers.map((at, i) => person(`User${i}`, at));
  const guests = users.map((user, i) =>
    Array.from({ length: shareOf(participants - 1, providerCount, i) }, (_, k) =>
      client(`Client${i}x${k}`, user),
    ),
  );
  const hall = room("hall", hub);
  const reads = servers.flatMap((one) => (one === hub ? [] : [hub.reads(one), one.reads(hub)]));
  // One user after the other, each with all of its clients: what is measured is the room that they make.
  const coming = users.flatMap((user, i) => [
    (guests[i] ?? []).map((guest) => guest.publishes(1)),
    host.fetches(user, hall),
    host.adds(user, hall, 2),
  ]);
  const told: Scenario = scenario(
    "hall",
    `A room of ${participants} on ${providerCount} providers`,
    { providers: servers, clients: [host, ...guests.flat()] },
    chapter("The room comes about", "protocol-06 §3.1", reads, host.creates(hall), ...coming),
    chapter(
      "Somebody speaks",
      "protocol-06 §3.4",
      ...Array.from({ length: sayings }, (_, i) => host.writes(hall, `${i}`)),
    ),
  );
  return { told, begin: { rests: 0, afterBuilding: 2 + coming.length } };
}

/** How many of `all` the share with this number has, when `shares` divide them evenly. */
function shareOf(all: number, shares: number, number: number): number {
  return Math.floor(all / shares) + (number < all % shares ? 1 : 0);
}
