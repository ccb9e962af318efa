/** Which property notices a defect: what does not hold with it, and holds without. */
import type { Defect } from "../../variants/index.ts";
import { type Trial, tryOut, type Violation, violationsIn } from "../trial.ts";
import { type Drill, drills } from "./drills.ts";
import { type Occasions, occasionsIn, occasionsOf } from "./occasions.ts";

/** Where a defect was caught, and by what. */
export interface Catch {
  readonly drill: string;
  readonly seed: number;
  readonly property: string;
}

/** What is known of the drills without any defect. It fills as it is asked. */
export interface Baseline {
  violated(drill: Drill, seed: number): ReadonlySet<string>;
  occasions(drill: Drill, seed: number): Occasions;
}

export function createBaseline(): Baseline {
  const known = new Map<string, { readonly violated: ReadonlySet<string>; readonly occasions: Occasions }>();
  const look = (drill: Drill, seed: number) => {
    const name = `${drill.name} ${seed}`;
    const found = known.get(name) ?? occasionsIn(drill.trial(seed));
    known.set(name, found);
    return found;
  };
  return {
    violated: (drill, seed) => look(drill, seed).violated,
    occasions: (drill, seed) => look(drill, seed).occasions,
  };
}

/** Whether this drill catches the defect, and by which property. */
export function caughtBy(defect: Defect, drill: Drill, seed: number, baseline: Baseline): Catch | undefined {
  const without = baseline.violated(drill, seed);
  const found = violationsWith(defect, drill.trial(seed)).find(({ property }) => !without.has(property));
  return found === undefined ? undefined : { drill: drill.name, seed, property: found.property };
}

export interface Hunt {
  readonly caught: Catch | undefined;
  /** How many drills had an occasion for the mistake, and were run with it. */
  readonly tried: number;
}

/** The first drill that catches it, in the order of drills and seeds; `seeds` says how many each drill has. */
export function hunt(
  defect: Defect,
  baseline: Baseline,
  seeds: (drill: Drill) => number,
  mostTried: number,
): Hunt {
  let tried = 0;
  for (const drill of drills) {
    for (let seed = 1; seed <= seeds(drill) && tried < mostTried; seed++) {
      if (!occasionsOf(defect, baseline.occasions(drill, seed))) continue;
      tried++;
      const caught = caughtBy(defect, drill, seed, baseline);
      if (caught !== undefined) return { caught, tried };
    }
  }
  return { caught: undefined, tried };
}

function violationsWith(defect: Defect, trial: Trial): Violation[] {
  return violationsIn(tryOut({ ...trial, variants: [...trial.variants, { variant: defect }] }));
}
