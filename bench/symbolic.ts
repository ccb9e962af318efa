/** How much faster the symbolic MLS layer is than the real one, in one room of 50 clients and in one run. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order } from "./mls/room-of-layer.ts";
import { median } from "./mls/times.ts";

/** The same work with both layers, timed in turns: `ratio` is how many times the symbolic one is faster. */
export interface SymbolicComparison {
  readonly what: string;
  readonly unit: "us";
  readonly symbolic: number;
  readonly real: number;
  /** In what way the real layer did the work. */
  readonly peer: string;
  readonly ratio: number;
  readonly aim?: string;
}

const rounds = 15;
/** So many for one of the real layer, so that both are timed for long enough. */
const symbolicRepeats = 500;
/** Everybody commits once, so that the tree has its parents. */
const warmUps = { real: 50, symbolic: 3000 };

const ways = {
  apart: "real clients, each by itself",
  real: "the real layer in one process",
  sharing: "the same, sharing outcomes",
} as const;

export async function benchSymbolic(): Promise<readonly SymbolicComparison[]> {
  const commit = "a commit and 49 receivers";
  return [
    { ...(await compare(commit, "commit", "apart")), aim: "at least 500" },
    await compare(commit, "commit", "real"),
    await compare(commit, "commit", "sharing"),
    await compare(`${commit} that decode it`, "commitDecoded", "real"),
    await compare("an application message and 49 receivers", "message", "real"),
  ];
}

async function compare(
  what: string,
  work: Order["work"],
  way: keyof typeof ways,
): Promise<SymbolicComparison> {
  const [ours, theirs] = [roomProcess(), roomProcess()];
  try {
    const symbolicly = (times: number) => timed(ours, { way: "symbolic", work, times });
    const really = (times: number) => timed(theirs, { way, work, times });
    await symbolicly(warmUps.symbolic);
    await really(warmUps.real);
    const [symbolicTimes, realTimes]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      realTimes.push(await really(1));
      symbolicTimes.push(await symbolicly(symbolicRepeats));
    }
    const [symbolic, real] = [median(symbolicTimes), median(realTimes)];
    return { what, unit: "us", symbolic, real, peer: ways[way], ratio: real / symbolic };
  } finally {
    ours.kill();
    theirs.kill();
  }
}

function roomProcess(): ChildProcess {
  return fork(fileURLToPath(new URL("./mls/room-of-layer.ts", import.meta.url)));
}

async function timed(room: ChildProcess, order: Order): Promise<number> {
  room.send(order);
  const [microseconds] = (await once(room, "message")) as [number];
  return microseconds;
}
