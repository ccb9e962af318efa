/** What a defect is tried on: every scenario as it is, some in bad weather or against an adversary, and random stories. */
import fc from "fast-check";
import { parseFault } from "../../faults/index.ts";
import { scenarios } from "../../scenarios/index.ts";
import { adversaries, playedBy } from "../../variants/index.ts";
import { randomTrial } from "../random-story.ts";
import { type Trial, trialOf } from "../trial.ts";

/** A trial for every seed. */
export interface Drill {
  readonly name: string;
  trial(seed: number): Trial;
}

/** What a scenario is told under; none is the usual. */
const weathers = {
  "lost answers": ["loss(25%, *>*, answers)@0s-600s"],
  "late messages": ["reorder(30%, uniform(100ms,2s))@0s-600s"],
  "repeated messages": ["duplicate(40%)@0s-600s"],
} as const;
export type Weather = keyof typeof weathers;

/** Some mistakes only show where somebody makes use of them: adversaries that an honest room withstands. */
const fights: readonly (readonly [scenario: string, adversary: string])[] = [
  ["clubhouse", "follower-names-another-sender"],
  ["clubhouse", "client-withholds-welcome"],
  ["clubhouse", "client-adds-without-claiming"],
];

/** The scenarios that weather changes most: much is under way in them at the same time. */
const stormy = new Set([
  "clubhouse",
  "commit-race",
  "offline-client",
  "hub-ban",
  "lost-device",
  "abuse-report",
]);

const told = [...scenarios.values()].filter(({ clients }) =>
  clients.every(({ stack }) => stack === undefined),
);

export const drills: readonly Drill[] = [
  ...told.map((scenario) => ({ name: scenario.name, trial: (seed: number) => trialOf(scenario, { seed }) })),
  ...(Object.keys(weathers) as Weather[]).flatMap((weather) =>
    told
      .filter(({ name }) => stormy.has(name))
      .map((scenario) => ({
        name: `${scenario.name} with ${weather}`,
        trial: (seed: number) => trialOf(scenario, { seed, faults: weathers[weather].map(parseFault) }),
      })),
  ),
  ...fights.flatMap(([name, adversary]) => {
    const scenario = scenarios.get(name);
    const variant = adversaries.find(({ id }) => id === adversary);
    if (scenario === undefined || variant === undefined) throw new Error(`no ${name} or no ${adversary}`);
    const variants = [playedBy(variant, 0, scenario)];
    return [
      { name: `${name} with ${adversary}`, trial: (seed: number) => trialOf(scenario, { seed, variants }) },
    ];
  }),
  { name: "random", trial: randomStory },
];

export function drillNamed(name: string): Drill | undefined {
  return drills.find((drill) => drill.name === name);
}

/** The first story of a search with this seed. */
function randomStory(seed: number): Trial {
  const [trial] = fc.sample(randomTrial([]), { seed, numRuns: 1 });
  if (trial === undefined) throw new Error("fast-check gives as many values as it is asked for");
  return trial;
}
