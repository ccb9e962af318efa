/** A run with everything that reaches its actors, and what they do: the material that flows are made of. */

import { type Fault, isLinkFault, linkPolicy } from "../../../simulator/faults/index.ts";
import { run } from "../../../simulator/run/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import type { Input, Output } from "../../../spec-model/actor.ts";

export interface RecordedStep {
  readonly at: number;
  readonly input: Input<unknown>;
  /** The step's randomness. */
  readonly entropy: Uint8Array;
  readonly outputs: readonly Output[];
  readonly before: unknown;
  readonly after: unknown;
}

export interface Recording {
  /** By actor, in the order of the cast. */
  readonly actors: ReadonlyMap<string, { readonly first: unknown; readonly steps: readonly RecordedStep[] }>;
  /** Whether every check of the run holds. */
  readonly holds: boolean;
}

/** Runs the scenario with real MLS. Over bad links a story need not end as it is told: then only properties are checked. */
export function record(scenario: Scenario, seed: number | string, faults: readonly Fault[] = []): Recording {
  const actors = new Map<string, { first: unknown; steps: RecordedStep[] }>();
  const { outcomes, ...story } = scenario;
  const isAsTold = outcomes === undefined || faults.length > 0;
  const { holds } = run(isAsTold ? story : scenario, {
    seed,
    policies: faults.filter(isLinkFault).map(linkPolicy),
    replace(actor) {
      const own = { first: actor.state(), steps: [] as RecordedStep[] };
      actors.set(actor.id, own);
      return {
        ...actor,
        take(input, moment) {
          const before = actor.state();
          const outputs = actor.take(input, moment);
          if (outputs instanceof Promise) throw new Error(`${actor.id} takes its steps asynchronously`);
          own.steps.push({
            at: moment.now,
            input,
            entropy: moment.entropy,
            outputs,
            before,
            after: actor.state(),
          });
          return outputs;
        },
      };
    },
  });
  return { actors, holds };
}
