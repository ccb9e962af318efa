/** A client's guards. RFC 9420 §12.4 and protocol-06 §5.5 */
import { remembered } from "../remembered.ts";
import { isRefused, type RoomFacts } from "../room/index.ts";
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
export function isOwnUpdate(room: ParticipantContext, event: HandshakeEvent): boolean {
  return room.inFlight?.update === event.message;
}

/** A Welcome to an epoch that the group had left when it gave the client the GroupInfo that it is joining by. */
export function isOlderThanJoin({ inFlight }: ParticipantContext, event: ParticipantEvent): boolean {
  if (event.type !== "welcomed" || isRefused(event.verified) || inFlight === undefined) return false;
  return event.verified.epoch < inFlight.begins - 1;
}

/** The answer to an update that is no longer in flight: its race was lost and it has been built anew. */
export function isForAnotherUpdate(room: ParticipantContext, event: ParticipantEvent): boolean {
  return event.type === "updateAnswered" && event.update !== room.inFlight?.update;
}

export function isBehind(room: ParticipantContext, event: ParticipantEvent): boolean {
  if (event.type !== "updateAnswered" || event.code !== "wrongEpoch") return false;
  return (event.currentEpoch ?? 0) > room.epoch;
}

/** Refused for a reason that is gone: another epoch has begun here, or proposals have come that it did not cover. */
export function isOutdated(room: ParticipantContext, event: ParticipantEvent): boolean {
  const { inFlight } = room;
  if (event.type !== "updateAnswered" || inFlight === undefined) return false;
  const hasMissed = inFlight.kind === "commit" && room.known.length > inFlight.covers;
  return hasMissed || (event.code === "wrongEpoch" && inFlight.epoch < room.epoch);
}

/** What the hub accepted although the room's policy, as this client reads it, forbids it. */
export function isAgainstPolicy(event: ParticipantEvent): boolean {
  return event.type === "commitArrived" && event.decision?.allowed === false;
}

export function isProposals(room: ParticipantContext): boolean {
  return room.inFlight?.kind === "proposals";
}

export function isLeaving(room: ParticipantContext): boolean {
  return room.wishes[0]?.kind === "leave";
}

export function isReInit(room: ParticipantContext): boolean {
  return room.wishes[0]?.kind === "reInit";
}

/** Somebody else's commit came first. After so many times a client lets it be. */
export function mayTryAgain(room: ParticipantContext, event: ParticipantEvent): boolean {
  return event.type === "updateAnswered" && event.code === "wrongEpoch" && room.attempts < mostJoinAttempts;
}

const mostJoinAttempts = 5;

export function removesMe(
  room: ParticipantContext,
  event: Extract<HandshakeEvent, { type: "commitArrived" }>,
): boolean {
  const { verified } = event;
  if (verified === undefined || isRefused(verified)) return false;
  return !clientsOf(verified.result.members).has(room.client);
}

const clientsOf = remembered(
  (members: RoomFacts["members"]): ReadonlySet<string> => new Set(members.map(({ client }) => client)),
);
