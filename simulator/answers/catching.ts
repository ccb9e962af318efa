/** Which question an implementation answers wrongly: one with a mistake of its own, or with a variant's. */
import { stepProvider } from "../../spec-model/provider/index.ts";
import type { RunningActor } from "../running-actor.ts";
import { type Alteration, alteredActor, deviationOf } from "../variants/index.ts";
import { assetsAndReportsExpected } from "./expected/assets-and-reports.ts";
import { connectionsExpected } from "./expected/connections.ts";
import { consentExpected } from "./expected/consents.ts";
import { judgedExpected } from "./expected/content-judged.ts";
import type { Expected } from "./expected/expected.ts";
import { extensionsExpected } from "./expected/extensions.ts";
import { frankExpected } from "./expected/franks.ts";
import { keyMaterialExpected } from "./expected/key-material.ts";
import { mlsExpected } from "./expected/mls.ts";
import { outsideViewsExpected } from "./expected/outside-views.ts";
import { partsExpected } from "./expected/parts.ts";
import { policyExpected } from "./expected/policy.ts";
import { readingExpected } from "./expected/policy-readings.ts";
import { removalsExpected } from "./expected/removals.ts";
import { roomMachinesExpected } from "./expected/room-machines.ts";
import { searchExpected } from "./expected/searches.ts";
import { timelineExpected } from "./expected/timelines.ts";
import { trustExpected } from "./expected/trust.ts";
import { type Faculties, honest, type PolicyFaculties } from "./faculties.ts";

/** Everything that is asked, in a fixed order. */
export const expectations: readonly Expected[] = [
  ...policyExpected,
  ...readingExpected,
  ...keyMaterialExpected,
  ...consentExpected,
  ...assetsAndReportsExpected,
  ...frankExpected,
  ...roomMachinesExpected,
  ...judgedExpected,
  ...timelineExpected,
  ...partsExpected,
  ...searchExpected,
  ...connectionsExpected,
  ...mlsExpected,
  ...extensionsExpected,
  ...removalsExpected,
  ...trustExpected,
  ...outsideViewsExpected,
];

/** The first expectation that an implementation does not meet; undefined: it meets all. A crash meets none. */
export function unmetBy(faculties: Faculties): Expected | undefined {
  return expectations.find(({ holds }) => {
    try {
      return !holds(faculties);
    } catch {
      return true;
    }
  });
}

/** The model's faculties as a variant of an actor has them. */
export function facultiesWith(alteration: Alteration): Faculties {
  const { lacksRule, timeline } = alteration;
  const { machine: runAs } = deviationOf([alteration]);
  const machines = Object.fromEntries(
    Object.entries(honest.machines).map(([name, machine]) => [name, runAs?.(machine) ?? machine]),
  ) as unknown as Faculties["machines"];
  return {
    ...honest,
    machines,
    ...(timeline === undefined ? {} : { timelineOf: timeline(honest.timelineOf) }),
    ...(isAboutProviders(alteration) ? { stepProvider: steppedAs(alteration) } : {}),
    policy: lacksRule === undefined ? honest.policy : laxly(lacksRule),
  };
}

/** What a provider's machines and rules come to is asked by themselves; here it is about what it has and gives. */
function isAboutProviders({ provider, habit }: Alteration): boolean {
  return provider !== undefined || habit !== undefined;
}

function steppedAs(alteration: Alteration): Faculties["stepProvider"] {
  return (before, input, moment, mls) => {
    let state = before;
    const original: RunningActor = {
      id: before.domain,
      take(taken, at) {
        const step = stepProvider(state, taken, at, mls);
        state = step.state;
        return step.outputs;
      },
      summary: () => ({}),
      state: () => state,
      adapt: (change) => {
        state = change(state as never) as typeof state;
      },
    };
    const outputs = alteredActor(original, [alteration]).take(input as never, moment);
    if (outputs instanceof Promise) throw new TypeError("a provider of the model takes its steps at once");
    return { state, outputs: [...outputs] };
  };
}

/** Judgements that let pass what one rule refuses. */
function laxly(rule: string): PolicyFaculties {
  const lax = Object.entries(honest.policy).map(([name, judge]) => {
    const judging = judge as (...asked: readonly unknown[]) => ReturnType<PolicyFaculties["decide"]>;
    const laxer = (...asked: readonly unknown[]) => {
      const decision = judging(...asked);
      return !decision.allowed && decision.rule === rule ? { allowed: true } : decision;
    };
    return [name, laxer];
  });
  return Object.fromEntries(lax) as unknown as PolicyFaculties;
}
