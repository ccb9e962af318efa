/** A client's guards. RFC 9420 §12.4 and protocol-06 §5.5 */
import { isRefused } from "../room/index.ts";
import type { HandshakeEvent, ParticipantContext, ParticipantEvent } from "./room-context.ts";

/** Already passed: a repeat, or a proposal that its epoch's commit left out. */
export function isForThePast(room: ParticipantContext, event: HandshakeEvent): boolean {
  return event.epoch < room.epoch;
}

/** A commit in between has not arrived yet. */
export function isForTheFuture(room: ParticipantContext, event: ParticipantEvent): boolean {
  return "epoch" in event && event.epoch > room.epoch;
}

export function isRefusedByMls(event: ParticipantEvent): boolean {
  return "verified" in event && typeof event.verified === "object" && isRefused(event.verified);
}

/** The hub sends it back: to the drafts a duplicate, here as good as its answer. protocol-06 §5.5 */
export function isOwnCommit(room: ParticipantContext, event: HandshakeEvent): boolean {
  return room.inFlight?.commit === event.message;
}

export function removesMe(
  room: ParticipantContext,
  event: Extract<HandshakeEvent, { type: "commitArrived" }>,
): boolean {
  const { verified } = event;
  if (verified === undefined || isRefused(verified)) return false;
  return !verified.result.members.some((member) => member.client === room.client);
}
