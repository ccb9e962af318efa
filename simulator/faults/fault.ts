/** A fault as plain data: what goes wrong, where, how often and when. Searches shrink it, replays read it back. */
import type { Latency } from "../kernel/index.ts";

/** One direction between two nodes; `*` on either side stands for any provider. */
export interface LinkPattern {
  readonly from: string;
  readonly to: string;
}

/** From when until when, in microseconds since the run began; without an end it lasts for the whole run. */
export interface Window {
  readonly from: number;
  readonly until: number | undefined;
}

/** Which messages of a link. */
export type Direction = "requests" | "answers" | "all";

/** What happens to messages on their way. `rate` is a probability in millionths, for each message. */
export type LinkFault =
  | { readonly type: "loss"; readonly rate: number; readonly link: LinkPattern; readonly of: Direction }
  | { readonly type: "duplicate"; readonly rate: number; readonly copies: number; readonly link: LinkPattern }
  /** Holds up a message and those behind it. */
  | { readonly type: "delay"; readonly rate: number; readonly by: Latency; readonly link: LinkPattern }
  /** Holds up a message, and those behind it overtake. */
  | { readonly type: "reorder"; readonly rate: number; readonly by: Latency; readonly link: LinkPattern }
  /** Providers in different groups do not reach each other. */
  | { readonly type: "partition"; readonly groups: readonly (readonly string[])[] }
  /** Nothing goes this way. */
  | { readonly type: "cut"; readonly link: LinkPattern }
  /** What goes this way arrives when the window ends. */
  | { readonly type: "clog"; readonly link: LinkPattern };

/** What happens to a server or a client itself. */
export type ActorFault =
  /** A server that is down for the window, and comes up with what it had made durable. */
  | { readonly type: "crash"; readonly actor: string }
  /** A client without a connection for the window. */
  | { readonly type: "offline"; readonly actor: string }
  /**
   * A server that is lost when the window ends, and its replica goes on, which has nothing of what has come in the
   * window.
   */
  | { readonly type: "failover"; readonly actor: string }
  /** A hub that sends again in other batches: with everything that has come since. It lasts for the whole run. */
  | { readonly type: "rebatch"; readonly actor: string }
  /**
   * A clock that shows another time for the window, and runs faster or slower: in milliseconds, and in parts per
   * million. `*` for all clocks: time has gone by, and what expires has expired.
   */
  | { readonly type: "skew"; readonly actor: string; readonly byMs: number; readonly driftPpm: number };

export type Fault = (LinkFault | ActorFault) & { readonly window: Window };

export const always: Window = { from: 0, until: undefined };
export const anyLink: LinkPattern = { from: "*", to: "*" };

/** Rates are in millionths: 50,000 is 5 %. */
export const whole = 1_000_000;

const ofActors: ReadonlySet<Fault["type"]> = new Set(["crash", "offline", "failover", "rebatch", "skew"]);

export function isLinkFault(fault: Fault): fault is LinkFault & { readonly window: Window } {
  return !ofActors.has(fault.type);
}

/**
 * What a fault is called where it excuses something: a replica that lacks nothing excuses nothing, and that time goes
 * by for everybody is another thing than a clock that is wrong.
 */
export function kindOf(fault: Fault): string {
  const { from, until = from } = fault.window;
  if (fault.type === "failover" && until - from > 1) return "lagging failover";
  return fault.type === "skew" && fault.actor === "*" ? "expiry" : fault.type;
}

export function isWithin({ from, until }: Window, now: number): boolean {
  return now >= from && (until === undefined || now < until);
}
