/** A trial: everything that a run depends on, in one value that can be shrunk, written down and tried again. */
import type { Fault } from "../faults/index.ts";
import { type Run, run } from "../run/index.ts";
import type { Scenario } from "../scenario/index.ts";
import type { Choice } from "../variants/index.ts";

export interface Trial {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Between providers, e.g. `uniform(20ms,40ms)`. */
  readonly latency: string;
  readonly mls: "real" | "symbolic";
  readonly faults: readonly Fault[];
  readonly variants: readonly Choice[];
}

/** Something that does not hold in a run. */
export interface Violation {
  /** The property's id, e.g. `I01`; `story` where the scenario did not end as it says. */
  readonly property: string;
  /** What should hold. */
  readonly says: string;
  /** What was found instead. */
  readonly detail: string;
}

/** The usual trial of a scenario: seed 1, symbolic MLS, no faults, no variants. */
export function trialOf(scenario: Scenario, parts: Partial<Omit<Trial, "scenario">> = {}): Trial {
  const usual = {
    seed: 1,
    latency: "uniform(20ms,40ms)",
    mls: "symbolic",
    faults: [],
    variants: [],
  } as const;
  return { scenario, ...usual, ...parts };
}

/** Makes the trial's run. The same trial gives the same run. */
export function tryOut({ scenario, seed, latency, mls, faults, variants }: Trial): Run {
  return run(scenario, {
    seed,
    latency,
    mls,
    mostSteps,
    ...(faults.length === 0 ? {} : { faults }),
    ...(variants.length === 0 ? {} : { variants }),
  });
}

/** Between two moments; an honest room comes to rest in a few hundred. */
const mostSteps = 1_000;

/** What does not hold in a run, in the order in which it was found. */
export function violationsIn({ trace }: Run): Violation[] {
  return trace.events.flatMap((event) => {
    if (event.type === "check" && !event.holds) {
      return [{ property: event.property, says: event.says, detail: event.detail ?? "" }];
    }
    if (event.type !== "end" || event.reason !== "steps") return [];
    const says = "everything comes to rest some time after each moment";
    return [{ property: "rest", says, detail: `after ${mostSteps} steps there is still something to do` }];
  });
}
