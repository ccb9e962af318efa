/** What must hold between the lines of a trace, beyond the shape of each. */
import type { TraceEvent } from "./events.ts";
import type { TraceHeader } from "./header.ts";

/** Takes events in their order. */
export interface TraceRules {
  /** What is wrong with `event` after those before it, in words; undefined where nothing is. */
  problem(event: TraceEvent): string | undefined;
  /** What is missing where no more events come. */
  unended(): string | undefined;
}

/** What a message that was sent may still have happen to it. */
type Fate = "under way" | "delivered" | "dropped";

/**
 * The rules: sequence numbers count from 0; time does not go back; every actor is in the header; an id is given once;
 * a message is delivered or dropped at most once, and after it was sent; nothing follows `end`, which is never missing.
 */
export function createRules(header: TraceHeader): TraceRules {
  const actors = new Set(header.actors.map(({ id }) => id));
  const fates = new Map<number, Fate>();
  let count = 0;
  let time = 0;
  let ended = false;
  const placeProblem = ({ seq, at }: TraceEvent) => {
    if (ended) return "nothing follows the end event";
    if (seq !== count) return `seq is ${seq}, but ${count} comes next`;
    if (at < time) return `at is ${at}, before ${time}: virtual time does not go back`;
    return undefined;
  };
  return {
    problem(event) {
      const problem = placeProblem(event) ?? unknownActor(event, actors) ?? fateProblem(event, fates);
      count++;
      time = event.at;
      ended = event.type === "end";
      return problem;
    },
    unended: () => (ended ? undefined : "no end event: the trace was cut off"),
  };
}

/** The ids of the actors that `event` names. */
function actorsNamed(event: TraceEvent): readonly string[] {
  if (event.type === "send") return [event.from, event.to];
  if (event.type === "end") return event.states.map(({ actor }) => actor);
  return "actor" in event ? [event.actor] : [];
}

function unknownActor(event: TraceEvent, actors: ReadonlySet<string>): string | undefined {
  const unknown = actorsNamed(event).find((actor) => !actors.has(actor));
  return unknown === undefined ? undefined : `the header names no actor "${unknown}"`;
}

function fateProblem(event: TraceEvent, fates: Map<number, Fate>): string | undefined {
  switch (event.type) {
    case "send":
      if (event.inReplyTo !== undefined && !fates.has(event.inReplyTo)) return neverSent(event.inReplyTo);
      return begin(event.id, fates);
    case "duplicate":
      return fates.has(event.copyOf) ? begin(event.id, fates) : neverSent(event.copyOf);
    case "tamper":
      return underWay(event.id, fates);
    case "deliver":
      return conclude(event.id, fates, "delivered");
    case "drop":
      return conclude(event.id, fates, "dropped");
    case "noticed":
      return event.of === undefined || fates.has(event.of) ? undefined : neverSent(event.of);
    default:
      return undefined;
  }
}

function begin(id: number, fates: Map<number, Fate>): string | undefined {
  if (fates.has(id)) return `message ${id} was sent before`;
  fates.set(id, "under way");
  return undefined;
}

function underWay(id: number, fates: Map<number, Fate>): string | undefined {
  const fate = fates.get(id);
  if (fate === undefined) return neverSent(id);
  return fate === "under way" ? undefined : `message ${id} was ${fate} before`;
}

function conclude(id: number, fates: Map<number, Fate>, fate: Fate): string | undefined {
  const problem = underWay(id, fates);
  if (problem === undefined) fates.set(id, fate);
  return problem;
}

function neverSent(id: number): string {
  return `no message ${id} was sent`;
}
