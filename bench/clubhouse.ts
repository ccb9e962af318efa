/** One run of the clubhouse: how long it takes, and how much of that is MLS. */
import { type Profiler, Session } from "node:inspector";
import { run } from "../simulator/run/index.ts";
import { scenarios } from "../simulator/scenarios/index.ts";

export interface ClubhouseFigures {
  /** Median of one run, in milliseconds. */
  readonly milliseconds: number;
  /** The part of the samples of a CPU profile that have a frame of the MLS core on their stack. */
  readonly shareInMls: number;
  readonly runs: number;
}

const warmUps = 3;
const runs = 15;

export function benchClubhouse(): ClubhouseFigures {
  const scenario = scenarios.get("clubhouse");
  if (scenario === undefined) throw new Error("there is no clubhouse");
  for (let seed = 0; seed < warmUps; seed++) run(scenario, { seed });
  const times: number[] = [];
  const profile = profiled(() => {
    for (let seed = 0; seed < runs; seed++) {
      const start = performance.now();
      run(scenario, { seed });
      times.push(performance.now() - start);
    }
  });
  const milliseconds = times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
  return { milliseconds, shareInMls: shareOf(profile, /\/spec-model\/mls\//), runs };
}

/** The CPU profile of `work`; the inspector answers at once, without a promise. */
function profiled(work: () => void): Profiler.Profile {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.start");
  work();
  let profile: Profiler.Profile | undefined;
  session.post("Profiler.stop", (_, result) => {
    profile = result.profile;
  });
  session.disconnect();
  if (profile === undefined) throw new Error("the profiler gave no profile");
  return profile;
}

function shareOf({ nodes, samples = [] }: Profiler.Profile, url: RegExp): number {
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  );
  const matching = new Set(nodes.filter((node) => url.test(node.callFrame.url)).map((node) => node.id));
  const within = (id: number): boolean => {
    const parent = parents.get(id);
    return matching.has(id) || (parent !== undefined && within(parent));
  };
  const known = new Map(nodes.map((node) => [node.id, within(node.id)]));
  return samples.filter((sample) => known.get(sample)).length / samples.length;
}
