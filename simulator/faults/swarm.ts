/**
 * Swarm: a seed expands to a set of faults with rates, some of them absent. Runs with few kinds of faults reach what
 * runs with all of them at once hardly do. The set is printed; it is all that a replay needs.
 */
import type { Latency } from "../kernel/index.ts";
import { type RandomStream, rootRandom, type Seed } from "../random/index.ts";
import { always, anyLink, type Fault, type LinkPattern, type Window } from "./fault.ts";

export interface SwarmSetting {
  /** Domains. */
  readonly providers: readonly string[];
  /** Domains of servers that are no messaging providers. */
  readonly others?: readonly string[];
  /** URIs. */
  readonly clients: readonly string[];
  /** When the last fault ends, in microseconds: what comes after it has to converge. */
  readonly healsAt: number;
}

/** The faults that `seed` stands for. All end by `healsAt`, but for clocks that nobody heals, and for habits. */
export function swarm(seed: Seed, setting: SwarmSetting): Fault[] {
  const draw = rootRandom(seed).split("swarm");
  return makers.flatMap(([name, chance, make]) => {
    const own = draw.split(name);
    return own.int(1, 100) <= chance ? [make(own, setting)] : [];
  });
}

type Maker = (draw: RandomStream, setting: SwarmSetting) => Fault;

const makers: readonly (readonly [name: string, chanceInPercent: number, make: Maker])[] = [
  [
    "loss",
    50,
    (draw, s) => ({ type: "loss", rate: rate(draw), link: link(draw, s), of: "all", window: early(s) }),
  ],
  [
    "lost answers",
    40,
    (draw, s) => ({ type: "loss", rate: rate(draw), link: anyLink, of: "answers", window: early(s) }),
  ],
  [
    "duplicate",
    50,
    (draw, s) => ({
      type: "duplicate",
      rate: rate(draw),
      copies: draw.int(1, 2),
      link: link(draw, s),
      window: early(s),
    }),
  ],
  [
    "delay",
    40,
    (draw, s) => ({
      type: "delay",
      rate: rate(draw),
      by: delay(draw),
      link: link(draw, s),
      window: early(s),
    }),
  ],
  [
    "reorder",
    50,
    (draw, s) => ({
      type: "reorder",
      rate: rate(draw),
      by: delay(draw),
      link: link(draw, s),
      window: early(s),
    }),
  ],
  [
    "partition",
    30,
    (draw, s) => {
      const alone = draw.pick(s.providers);
      const others = s.providers.filter((each) => each !== alone);
      return { type: "partition", groups: [[alone], others], window: stretch(draw, s) };
    },
  ],
  ["cut", 30, (draw, s) => ({ type: "cut", link: oneWay(draw, s), window: stretch(draw, s) })],
  ["clog", 30, (draw, s) => ({ type: "clog", link: oneWay(draw, s), window: stretch(draw, s) })],
  [
    "crash",
    30,
    (draw, s) => ({
      type: "crash",
      actor: draw.pick([...s.providers, ...(s.others ?? [])]),
      window: stretch(draw, s),
    }),
  ],
  // A replica without lag has everything: protocol-06 §5.5 is met then, and nothing may go wrong.
  ["failover", 15, (draw, s) => ({ type: "failover", actor: draw.pick(s.providers), window: lag(draw, s) })],
  ["rebatch", 20, (draw, s) => ({ type: "rebatch", actor: draw.pick(s.providers), window: always })],
  ["offline", 30, (draw, s) => ({ type: "offline", actor: draw.pick(s.clients), window: stretch(draw, s) })],
  [
    "skew",
    30,
    (draw, s) => ({
      type: "skew",
      actor: draw.pick(s.providers),
      byMs: draw.int(-60_000, 60_000),
      driftPpm: draw.int(-200, 200),
      window: always,
    }),
  ],
  [
    "step",
    25,
    (draw, s) => ({
      type: "skew",
      actor: draw.pick([...s.providers, ...s.clients]),
      byMs: draw.pick([-3_600_000, -60_000, -1_000, 1_000, 60_000]),
      driftPpm: 0,
      window: stretch(draw, s),
    }),
  ],
  [
    "expiry",
    10,
    (draw, s) => ({
      type: "skew",
      actor: "*",
      byMs: draw.pick([3_600_000, 31 * day, 100 * day]),
      driftPpm: 0,
      window: { from: draw.int(1, s.healsAt), until: undefined },
    }),
  ],
];

/** In milliseconds. */
const day = 86_400_000;

/** Low rates more often than high ones: 0.5 % to 30 %. */
function rate(draw: RandomStream): number {
  return draw.pick([5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000]);
}

function delay(draw: RandomStream): Latency {
  const least = draw.pick([10_000, 100_000, 1_000_000]);
  return { type: "uniform", min: least, max: least * draw.int(2, 20) };
}

function early({ healsAt }: SwarmSetting): Window {
  return { from: 0, until: healsAt };
}

function stretch(draw: RandomStream, { healsAt }: SwarmSetting): Window {
  const from = draw.int(0, healsAt - 2);
  return { from, until: draw.int(from + 1, healsAt) };
}

/** How long before the end of a server its replica has been brought up to date: often just then. */
function lag(draw: RandomStream, setting: SwarmSetting): Window {
  const { from, until = 0 } = stretch(draw, setting);
  return draw.int(0, 1) === 0 ? { from: until - 1, until } : { from, until };
}

function link(draw: RandomStream, setting: SwarmSetting): LinkPattern {
  return draw.int(0, 1) === 0 ? anyLink : oneWay(draw, setting);
}

function oneWay(draw: RandomStream, { providers }: SwarmSetting): LinkPattern {
  const from = draw.pick(providers);
  const others = providers.filter((each) => each !== from);
  return { from, to: others.length === 0 ? "*" : draw.pick(others) };
}
