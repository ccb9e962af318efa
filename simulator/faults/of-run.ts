/** Faults as a run needs them: what they do to messages, to clocks, and to servers and clients at which moments. */
import type { ClientIntention, ProviderIntention } from "../../spec-model/participant/index.ts";
import type { DeliveryPolicy } from "../kernel/index.ts";
import { type Fault, isLinkFault, isWithin } from "./fault.ts";
import { linkPolicy, type Travelling } from "./link-policy.ts";

/** Something that happens to an actor at a moment of virtual time, in microseconds. */
export interface Strike {
  readonly actor: string;
  readonly says: string;
  readonly intention: ClientIntention | ProviderIntention | ReplicaIntention;
  readonly at: number;
}

/** What befalls a server with a replica: the last moment that the replica has, and the one at which it goes on. */
export interface ReplicaIntention {
  readonly type: "replicate" | "takeOver";
  /** The same for both. */
  readonly replica: string;
}

export interface RunFaults {
  /** What happens to messages until `heal`. */
  readonly policies: readonly DeliveryPolicy<Travelling>[];
  readonly strikes: readonly Strike[];
  /** What the actor's clock shows, in milliseconds. A clock that is wrong for the whole run is healed by nobody. */
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
  const skews = faults.filter((fault) => fault.type === "skew");
  return {
    policies: faults.filter(isLinkFault).map(linkPolicy).map(untilHealed),
    strikes: faults.flatMap(strikesOf).toSorted((a, b) => a.at - b.at),
    clockOf(actor, trueMs) {
      const sinceMs = trueMs - startMs;
      return skews
        .filter(
          (skew) => (skew.actor === "*" || skew.actor === actor) && isWithin(skew.window, sinceMs * 1000),
        )
        .reduce((shown, skew) => shown + skew.byMs + drifted(skew, sinceMs), trueMs);
    },
    healsAt: Math.max(0, ...faults.map(({ window }) => window.until ?? 0)),
    heal() {
      isHealed = true;
    },
  };
}

/** What a clock has gained since it began to be wrong, in milliseconds. */
function drifted({ driftPpm, window }: Extract<Fault, { type: "skew" }>, sinceMs: number): number {
  return Math.floor(((sinceMs - Math.floor(window.from / 1000)) * driftPpm) / 1_000_000);
}

type Befalling = readonly [says: string, intention: Strike["intention"]];

function strikesOf(fault: Fault): Strike[] {
  const { from, until } = fault.window;
  const befalling = befallingOf(fault);
  if (befalling === undefined || until === undefined) return [];
  const [[first, begins], [last, ends]] = befalling;
  const { actor } = fault as Extract<Fault, { actor: string }>;
  return [
    { actor, says: first, intention: begins, at: from },
    { actor, says: last, intention: ends, at: until },
  ];
}

/** What happens at the window's beginning and at its end. */
function befallingOf(fault: Fault): readonly [Befalling, Befalling] | undefined {
  switch (fault.type) {
    case "crash":
      return [
        ["stops: a fault", { type: "crash" }],
        ["starts again", { type: "restart" }],
      ];
    case "offline":
      return [
        ["loses its connection: a fault", { type: "disconnect" }],
        ["has its connection back", { type: "connect" }],
      ];
    case "failover": {
      const replica = `${fault.window.from}-${fault.window.until}`;
      return [
        ["brings its replica up to date for the last time: a fault", { type: "replicate", replica }],
        ["is lost, and its replica goes on: a fault", { type: "takeOver", replica }],
      ];
    }
    default:
      return undefined;
  }
}
