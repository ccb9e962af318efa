// How findings set up their runs: nearly still, so that a figure shows nothing but the finding.
import { parseFault } from "../../simulator/faults/index.ts";
import type { Scenario } from "../../simulator/scenario/index.ts";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { type Trial, trialOf } from "../../simulator/search/index.ts";
import { parseChoice } from "../../simulator/variants/index.ts";

/** A fault that changes nothing here: with one, members commit what is pending when the story is over. */
export const andGoesOn = "duplicate(1%, c.example>d.example)@0s-1s";

export function quiet(scenario: Scenario, faults: readonly string[], ...variants: readonly string[]): Trial {
  return trialOf(scenario, {
    latency: "constant(20ms)",
    faults: faults.map(parseFault),
    variants: variants.map(parseChoice),
  });
}

export function scenarioNamed(name: string): Scenario {
  const found = scenarios.get(name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found;
}
