/** How fast our MLS core is, against ts-mls on the same octets, and against the primitives beneath. */
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { noBytes } from "../spec-model/bytes.ts";
import { expandEntropy } from "../spec-model/random.ts";
import type { Comparison } from "./kernel.ts";
import type { LargeRoomFigures } from "./mls/large-room.ts";
import type { OurFigures, OurRoom } from "./mls/our-client.ts";
import { makeRoom, type Room } from "./mls/rooms.ts";
import { least, median, type Step, steps, type Times, together } from "./mls/times.ts";
import { tsSuite, tsTimes } from "./mls/ts-client.ts";

export interface MlsComparison extends Omit<Comparison, "unit"> {
  readonly unit: "ms";
  /** What the ratio is meant to be: at least that much faster, or at most that much slower. */
  readonly aim: string;
}

const rounds = 7;
const sizes = [65, 200];
/** Small rooms to begin with, so that nothing is measured while it is still being compiled. */
const warmUp = { members: 9, rounds: 60 };

/**
 * Both implementations live through the same rooms in turns: they join by one Welcome, make an empty commit, process
 * one, send and receive; the least time of each counts. Then ours against the calls of node:crypto that it makes: two
 * rooms in turns step by step, and the middle one of what each takes of the processor.
 */
export async function benchMls(): Promise<MlsComparison[]> {
  const suite = await tsSuite();
  const client = fork(fileURLToPath(new URL("./mls/our-client.ts", import.meta.url)), {
    serialization: "advanced",
  });
  const random = expandEntropy(noBytes, "bench");
  const live = async (members: number, times: number) => {
    const all: [OurFigures, Times][] = [];
    for (let round = 0; round < times; round++) {
      const [one, other] = [await makeRoom(members, suite, random), await makeRoom(members, suite, random)];
      client.send([forOurs(one), forOurs(other)]);
      const [figures] = (await once(client, "message")) as [OurFigures];
      all.push([figures, await tsTimes(one, suite)]);
    }
    return measuredIn(members, all);
  };
  const ofSizes: Measured[] = [];
  try {
    await live(warmUp.members, warmUp.rounds);
    for (const members of sizes) ofSizes.push(await live(members, rounds));
  } finally {
    client.kill();
  }
  return [...ofSizes.flatMap(againstTsMls), ...ofSizes.flatMap(againstPrimitives)];
}

/** A room of 2,000 clients, in a process of its own so that its peak of memory is its own. */
export function benchLargeRoom(): LargeRoomFigures {
  const file = fileURLToPath(new URL("./mls/large-room.ts", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [...process.execArgv, file], { encoding: "utf8" }));
}

interface Measured {
  readonly members: number;
  readonly ours: Times;
  readonly primitives: Times;
  readonly theirs: Times;
}

function forOurs({ ours: own, theirs: _, ...room }: Room): OurRoom {
  return { ...room, own };
}

function measuredIn(members: number, all: readonly [OurFigures, Times][]): Measured {
  return {
    members,
    ours: together(all.map(([{ times }]) => times)),
    primitives: together(all.map(([{ primitives }]) => primitives)),
    theirs: together(all.map(([, theirs]) => theirs)),
  };
}

const says: Readonly<Record<Step, string>> = {
  keyPackage: "make a KeyPackage",
  join: "join by Welcome",
  commit: "make an empty commit",
  process: "process an empty commit",
  send: "send 300 octets",
  receive: "receive 300 octets",
};
const timesFaster: Readonly<Record<Step, number>> = {
  keyPackage: 5,
  join: 5,
  commit: 8,
  process: 25,
  send: 4,
  receive: 4,
};

function againstTsMls({ members, ours, theirs }: Measured): MlsComparison[] {
  return steps.map((step) => {
    // ts-mls waits for other threads, and whoever uses it waits with it.
    const taken = (times: Times) => least(times[step].map(({ time }) => time));
    const [a, b] = [taken(ours), taken(theirs)];
    const what = `${says[step]}, ${members} members`;
    const aim = `at least ${timesFaster[step]}`;
    return { what, unit: "ms", ours: a, peer: "ts-mls 1.6.4", theirs: b, ratio: b / a, aim };
  });
}

function againstPrimitives({ members, ours, primitives }: Measured): MlsComparison[] {
  return steps.map((step) => {
    const taken = (times: Times) => median(times[step].map(({ cpu }) => cpu));
    const [a, b] = [taken(ours), taken(primitives)];
    const what = `${says[step]}, ${members} members`;
    return {
      what,
      unit: "ms",
      ours: a,
      peer: "its calls of node:crypto",
      theirs: b,
      ratio: a / b,
      aim: "at most 1.5",
    };
  });
}
