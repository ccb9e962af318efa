// Reading off a run what a finding is about: what went over the wire, and what is left in the end.
import { run } from "../../simulator/run/index.ts";
import { type Trial, tryOut } from "../../simulator/search/index.ts";
import type { TraceEvent } from "../../simulator/trace/index.ts";
import { stateName } from "../../spec-model/machine.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";

/** The events of the trial's run, with the octets of all messages. */
export function eventsOf({ scenario, seed, latency, mls, faults, variants }: Trial): readonly TraceEvent[] {
  const faulty = faults.length === 0 ? {} : { faults };
  return run(scenario, { seed, latency, mls, variants, keepBodies: true, ...faulty }).trace.events;
}

/** How large the messages are that clients send to a hub of their own. */
export function updatesIn(trial: Trial): number[] {
  return eventsOf(trial).flatMap((event) =>
    event.type === "send" && event.to === "a.example" && event.kind === "local" ? [event.size] : [],
  );
}

/** What a provider believes of another's user's consent when all is over. */
export function consentAt(
  { scenario, seed, latency, mls, faults, variants }: Trial,
  actor: string,
): string | undefined {
  let known: string | undefined;
  run(scenario, {
    seed,
    latency,
    mls,
    faults,
    variants,
    atRest: (actors) => {
      const { consentCache = {} } = (actors.find(({ id }) => id === actor)?.state() ??
        {}) as Partial<ProviderState>;
      known = Object.values(consentCache).map((machine) => stateName(machine))[0];
    },
  });
  return known;
}

interface EndState {
  readonly hosted?: readonly {
    readonly room: string;
    readonly state: string;
    readonly participants: readonly string[];
    readonly clients: readonly string[];
  }[];
  readonly reports?: readonly {
    readonly counted: readonly { readonly reporter: string; readonly alleged: string }[];
  }[];
  readonly stock?: readonly { readonly keyPackages: number }[];
}

export function endOf(trial: Trial, actor: string): EndState {
  const end = tryOut(trial).trace.events.findLast((event) => event.type === "end");
  const states = end?.type === "end" ? end.states : [];
  return (states.find((each) => each.actor === actor)?.state ?? {}) as EndState;
}

export function hostedBy(trial: Trial, actor: string): NonNullable<EndState["hosted"]> {
  return endOf(trial, actor).hosted ?? [];
}

export function stockOf(trial: Trial, actor: string): number | undefined {
  return endOf(trial, actor).stock?.[0]?.keyPackages;
}
