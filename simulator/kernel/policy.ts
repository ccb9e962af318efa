/** Where faults come in: a policy decides what becomes of each envelope on a link. Faults themselves live elsewhere. */
import type { RandomStream } from "../random/index.ts";
import type { Envelope, Link } from "./envelope.ts";
import type { Microseconds } from "./time.ts";

/** What becomes of one envelope. `reason` and `what` are words for the trace. */
export type Verdict =
  | { readonly type: "deliver" }
  | { readonly type: "drop"; readonly reason: string }
  /** `overtaken`: those sent after it may arrive before it, even on a link that keeps order. */
  | { readonly type: "delay"; readonly by: Microseconds; readonly overtaken?: boolean }
  | { readonly type: "duplicate"; readonly copies: number }
  | { readonly type: "replace"; readonly bytes: Uint8Array; readonly what: string };

/**
 * A source of faults. Policies are asked one after the other; each is asked about every copy that those before it
 * let through. `draw` belongs to this policy on this link alone.
 */
export interface DeliveryPolicy<About> {
  /** Names the policy's random streams: the same name draws the same numbers whatever other policies there are. */
  readonly name: string;
  deliver(link: Link, envelope: Envelope<About>, draw: RandomStream, now: Microseconds): Verdict;
}

/** The list of policies of a network without faults. */
export const noFaults: readonly DeliveryPolicy<unknown>[] = [];
