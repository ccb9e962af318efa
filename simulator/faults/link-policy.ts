/** Faults of links as policies of the network. Links between a client and its own provider are left alone. */
import type { DeliveryPolicy, Verdict } from "../kernel/index.ts";
import { sampleLatency } from "../kernel/index.ts";
import type { RandomStream } from "../random/index.ts";
import { type Direction, isWithin, type LinkFault, type LinkPattern, type Window, whole } from "./fault.ts";

/** As much of what travels as faults look at. */
export interface Travelling {
  readonly kind: "request" | "response" | "local";
}

type Situation = {
  readonly from: string;
  readonly to: string;
  readonly kind: Travelling["kind"];
  readonly now: number;
  readonly draw: RandomStream;
};

const deliver: Verdict = { type: "deliver" };

/** The policy that makes `fault` happen. Its name is the kind alone: another rate or window shifts no draw. */
export function linkPolicy(fault: LinkFault & { readonly window: Window }): DeliveryPolicy<Travelling> {
  return {
    name: fault.type,
    deliver({ from, to }, { about }, draw, now) {
      if (isClient(from) || isClient(to) || !isWithin(fault.window, now)) return deliver;
      return verdictOf(fault, { from, to, kind: about.kind, now, draw });
    },
  };
}

function verdictOf(fault: LinkFault & { readonly window: Window }, situation: Situation): Verdict {
  switch (fault.type) {
    case "loss":
      return fits(fault.link, situation) && isOf(fault.of, situation.kind) && happens(fault.rate, situation)
        ? { type: "drop", reason: "lost" }
        : deliver;
    case "duplicate":
      return fits(fault.link, situation) && happens(fault.rate, situation)
        ? { type: "duplicate", copies: fault.copies }
        : deliver;
    case "delay":
    case "reorder":
      if (!fits(fault.link, situation) || !happens(fault.rate, situation)) return deliver;
      return {
        type: "delay",
        by: sampleLatency(fault.by, situation.draw),
        overtaken: fault.type === "reorder",
      };
    case "partition":
      return areApart(fault.groups, situation) ? { type: "drop", reason: "partition" } : deliver;
    case "cut":
      return fits(fault.link, situation) ? { type: "drop", reason: "cut" } : deliver;
    case "clog":
      if (!fits(fault.link, situation)) return deliver;
      // A link that is clogged for ever carries nothing.
      if (fault.window.until === undefined) return { type: "drop", reason: "clogged" };
      return { type: "delay", by: fault.window.until - situation.now, overtaken: false };
  }
}

function fits(pattern: LinkPattern, { from, to }: Situation): boolean {
  return (pattern.from === "*" || pattern.from === from) && (pattern.to === "*" || pattern.to === to);
}

function isOf(direction: Direction, kind: Travelling["kind"]): boolean {
  return direction === "all" || (direction === "answers") === (kind === "response");
}

/** Draws once whatever the rate, so that a higher rate hits all that a lower one does. */
function happens(rate: number, { draw }: Situation): boolean {
  return draw.int(1, whole) <= rate;
}

function areApart(groups: readonly (readonly string[])[], { from, to }: Situation): boolean {
  const groupOf = (node: string) => groups.findIndex((group) => group.includes(node));
  const [a, b] = [groupOf(from), groupOf(to)];
  return a !== -1 && b !== -1 && a !== b;
}

/** Clients are named by their URIs, providers by their domains. */
function isClient(node: string): boolean {
  return node.startsWith("mimi:");
}
