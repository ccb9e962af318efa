/** Faults as a run needs them: what they do to messages, to clocks, and to servers and clients at which moments. */
import type { ClientIntention, ProviderIntention } from "../../spec-model/participant/index.ts";
import type { DeliveryPolicy } from "../kernel/index.ts";
import { type Fault, isLinkFault } from "./fault.ts";
import { linkPolicy, type Travelling } from "./link-policy.ts";

/** Something that happens to an actor at a moment of virtual time, in microseconds. */
export interface Strike {
  readonly actor: string;
  readonly says: string;
  readonly intention: ClientIntention | ProviderIntention;
  readonly at: number;
}

export interface RunFaults {
  /** What happens to messages until `heal`. */
  readonly policies: readonly DeliveryPolicy<Travelling>[];
  readonly strikes: readonly Strike[];
  /** What the actor's clock shows, in milliseconds. Nobody heals clocks. */
  clockOf(actor: string, trueMs: number): number;
  /** When the last fault that has an end is over, in microseconds. */
  readonly healsAt: number;
  /** From now on every message arrives. */
  heal(): void;
}

/** `startMs` is what a true clock shows when the run begins. */
export function runFaults(faults: readonly Fault[], startMs: number): RunFaults {
  let isHealed = false;
  const untilHealed = (policy: DeliveryPolicy<Travelling>): DeliveryPolicy<Travelling> => ({
    name: policy.name,
    deliver: (...about) => (isHealed ? { type: "deliver" } : policy.deliver(...about)),
  });
  const skews = new Map(
    faults.flatMap((fault) => (fault.type === "skew" ? [[fault.actor, fault] as const] : [])),
  );
  return {
    policies: faults.filter(isLinkFault).map(linkPolicy).map(untilHealed),
    strikes: faults.flatMap(strikesOf).toSorted((a, b) => a.at - b.at),
    clockOf(actor, trueMs) {
      const skew = skews.get(actor);
      if (skew === undefined) return trueMs;
      return trueMs + skew.byMs + Math.floor(((trueMs - startMs) * skew.driftPpm) / 1_000_000);
    },
    healsAt: Math.max(0, ...faults.map(({ window }) => window.until ?? 0)),
    heal() {
      isHealed = true;
    },
  };
}

function strikesOf(fault: Fault): Strike[] {
  const { from, until } = fault.window;
  if ((fault.type !== "crash" && fault.type !== "offline") || until === undefined) return [];
  const { actor } = fault;
  return fault.type === "crash"
    ? [
        { actor, says: "stops: a fault", intention: { type: "crash" }, at: from },
        { actor, says: "starts again", intention: { type: "restart" }, at: until },
      ]
    : [
        { actor, says: "loses its connection: a fault", intention: { type: "disconnect" }, at: from },
        { actor, says: "has its connection back", intention: { type: "connect" }, at: until },
      ];
}
