/** Which mistakes could show in a run: which rules refused something in it, and what its machines decided and did. */
import type { AnyStateMachine } from "xstate";
import type { Input, Moment } from "../../../spec-model/actor.ts";
import { type HubRoomContext, type HubRoomEvent, hubDecision } from "../../../spec-model/hub/index.ts";
import { run } from "../../run/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { Defect } from "../../variants/index.ts";
import { type Trial, violationsIn } from "../trial.ts";

/** What has happened in a run: names of rules, `machine guard` for guards that were true, `machine` for those that moved. */
export type Occasions = ReadonlySet<string>;

/** Makes the run and looks on. */
export function occasionsIn({ scenario, seed, latency, mls, faults, variants }: Trial): {
  readonly violated: ReadonlySet<string>;
  readonly occasions: Occasions;
} {
  const seen = new Set<string>();
  const machine = observing(seen);
  const made = run(scenario, {
    seed,
    latency,
    mls,
    ...(faults.length === 0 ? {} : { faults }),
    ...(variants.length === 0 ? {} : { variants }),
    replace: (actor) => observed(actor, machine),
  });
  for (const event of made.trace.events) {
    if (event.type === "transition") seen.add(event.machine);
    if (event.type === "noticed") seen.add(event.error.code ?? "");
  }
  return { violated: new Set(violationsIn(made).map(({ property }) => property)), occasions: seen };
}

/** Whether the defect would have changed anything; true where that cannot be told. */
export function occasionsOf({ alteration }: Defect, occasions: Occasions): boolean {
  const { lacksRule, machines = [] } = alteration;
  if (lacksRule !== undefined) return occasions.has(lacksRule);
  return machines.every((change) =>
    "without" in change
      ? occasions.has(`${change.machine} ${change.without}`)
      : occasions.has(change.machine),
  );
}

function observed(actor: RunningActor, machine: NonNullable<Moment["deviation"]>["machine"]): RunningActor {
  const deviation = machine === undefined ? undefined : { machine };
  return {
    ...actor,
    take: (input: Input<never>, moment: Moment) => actor.take(input, { ...moment, deviation }),
  };
}

/** Machines with the same guards, which tell when they are true. */
function observing(seen: Set<string>): (machine: AnyStateMachine) => AnyStateMachine {
  const known = new Map<AnyStateMachine, AnyStateMachine>();
  return (machine) => {
    const before = known.get(machine);
    if (before !== undefined) return before;
    const guards = Object.entries(machine.implementations.guards).map(([name, guard]) => {
      const telling = (args: never, params: never): boolean => {
        const holds = (guard as (args: never, params: never) => boolean)(args, params);
        if (holds) seen.add(`${machine.id} ${name}`);
        if (holds && name === "isUnauthorised") seen.add(ruleOf(args));
        return holds;
      };
      return [name, telling] as const;
    });
    const after = machine.provide({ guards: Object.fromEntries(guards) as never });
    known.set(machine, after);
    return after;
  };
}

function ruleOf({
  context,
  event,
}: {
  readonly context: HubRoomContext;
  readonly event: HubRoomEvent;
}): string {
  const decision = hubDecision(context, event);
  return decision.allowed ? "" : decision.rule;
}
