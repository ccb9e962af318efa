/**
 * Runs under faults and property checks: events a second, what a client costs as its room grows from ten to ten thousand,
 * a thousand clients that hear a thousand messages, and ten thousand small seeds. All on symbolic MLS.
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
  /** A second of the process's CPU time. */
  readonly stepsPerSecond: number;
}

/** The clubhouse again and again: bare, with its properties, with faults, with both. */
export function benchRates(seeds = 60): Rate[] {
  const clubhouse = scenarios.get("clubhouse");
  if (clubhouse === undefined) throw new Error("there is no clubhouse");
  const rate = (what: string, optionsFor: (seed: number) => Partial<RunOptions>): Rate => {
    const began = cpuSeconds();
    let steps = 0;
    for (let seed = 0; seed < seeds; seed++)
      steps += run(clubhouse, { seed, mls: "symbolic", ...optionsFor(seed) }).steps;
    return { what, stepsPerSecond: steps / (cpuSeconds() - began) };
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

/** Who comes in: one user of each provider with its share of the clients, or users of one client each, one by one. */
export type Company = "in groups" | "one by one";

export interface RoomSize {
  readonly clients: number;
  readonly providers: number;
  /** How often the host says something to all. */
  readonly sayings: number;
  readonly company: Company;
}

/** Seconds of the process's CPU time: a machine with other things to do does not change them much. */
export interface GrownRoom extends RoomSize {
  /** Steps that the actors have taken. */
  readonly steps: number;
  readonly buildSeconds: number;
  readonly saySeconds: number;
  readonly microsecondsPerDelivery: number;
  /** What the process has held at most, in mebibytes. */
  readonly peakMebibytes: number;
}

/** A room as large as that, built and spoken in. */
export function benchRoom(size: RoomSize): GrownRoom {
  const { told, begin } = openRoom(size);
  let built = 0;
  const began = cpuSeconds();
  const made: Run = run(told, {
    seed: 1,
    mls: "symbolic",
    properties: [],
    keepTrace: false,
    latency: "constant(20ms)",
    mostSteps: 50_000_000,
    atRest: () => {
      begin.rests++;
      if (begin.rests === begin.afterBuilding) built = cpuSeconds();
    },
  });
  const saySeconds = cpuSeconds() - built;
  return {
    ...size,
    steps: made.steps,
    buildSeconds: built - began,
    saySeconds,
    microsecondsPerDelivery: (1e6 * saySeconds) / (size.clients * size.sayings),
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Rooms of growing size, one after the other; with `long`, a million deliveries and the largest room, too. */
export function* benchedRooms(long: boolean): Generator<GrownRoom> {
  yield benchRoom({ clients: 10, providers: 5, sayings: 100, company: "in groups" });
  yield benchRoom({ clients: 100, providers: 50, sayings: 100, company: "in groups" });
  yield benchRoom({ clients: 100, providers: 50, sayings: 100, company: "one by one" });
  if (!long) return;
  yield benchRoom({ clients: 1000, providers: 50, sayings: 1000, company: "in groups" });
  yield benchRoom({ clients: 10_000, providers: 50, sayings: 10, company: "in groups" });
  yield benchRoom({ clients: 400, providers: 50, sayings: 10, company: "one by one" });
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
  const began = cpuSeconds();
  let failed = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { holds } = run(small, { seed, mls: "symbolic", faults: swarmFor(small, seed), keepTrace: false });
    if (!holds) failed++;
  }
  const seconds = cpuSeconds() - began;
  return { seeds, seconds, failed, peakMebibytes: process.resourceUsage().maxRSS / 1024 };
}

function openRoom({ clients, providers, sayings, company }: RoomSize) {
  const servers = Array.from({ length: providers }, (_, i) => provider(`Server${i}`, `p${i}.example`));
  const [hub] = servers as [Provider];
  const host = client("Host", person("Host", hub));
  const count = company === "in groups" ? providers : clients - 1;
  const users = Array.from({ length: count }, (_, i) => person(`User${i}`, servers[i % providers] ?? hub));
  const guests = users.map((user, i) =>
    Array.from({ length: shareOf(clients - 1, count, i) }, (_, k) => client(`Client${i}x${k}`, user)),
  );
  const hall = room("hall", hub);
  const reads = servers.flatMap((one) => (one === hub ? [] : [hub.reads(one), one.reads(hub)]));
  // One user after the other, each with all of its clients: a commit adds those, and goes to all who are there already.
  const coming = users.flatMap((user, i) => [
    (guests[i] ?? []).map((guest) => guest.publishes(1)),
    host.fetches(user, hall),
    host.adds(user, hall, 2),
  ]);
  const told: Scenario = scenario(
    "hall",
    `A room of ${clients} on ${providers} providers`,
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
