/** How a client's view of a room moves. */
import { isRefused } from "../room/index.ts";
import type { ParticipantContext, ParticipantEvent } from "./room-context.ts";

/** The epoch that a commit, a Welcome or the creation of the group leads to. */
export function enterEpoch(room: ParticipantContext, event: ParticipantEvent): Partial<ParticipantContext> {
  if (event.type === "create") return { epoch: event.created.epoch, known: [] };
  if (event.type === "welcomed" && !isRefused(event.verified))
    return { epoch: event.verified.epoch, known: [] };
  if (event.type !== "commitArrived") return {};
  return { epoch: room.epoch + 1, known: [] };
}

export function enterOwnEpoch(room: ParticipantContext): Partial<ParticipantContext> {
  return { epoch: room.inFlight?.begins ?? room.epoch + 1, known: [], inFlight: undefined };
}

export function hearProposals(
  room: ParticipantContext,
  event: ParticipantEvent,
): Partial<ParticipantContext> {
  if (event.type !== "proposalsArrived" || event.verified === undefined || isRefused(event.verified))
    return {};
  const heard = event.verified.flatMap((proposal) => proposal.reference ?? []);
  return { known: [...new Set([...room.known, ...heard])] };
}

export function holdCommit(event: ParticipantEvent): Partial<ParticipantContext> {
  if (event.type !== "commitBuilt") return {};
  return { inFlight: { commit: event.commit, begins: event.begins } };
}

export function messageOf(event: ParticipantEvent): string {
  return "message" in event ? event.message : "";
}

/** What MLS refused, for the alarm. */
export function refusalOf(event: ParticipantEvent): { code: string; text: string } {
  if (event.type === "buildFailed") return event.refused;
  if ("verified" in event && typeof event.verified === "object" && isRefused(event.verified))
    return event.verified;
  return { code: "", text: "" };
}

export function answerOf(event: ParticipantEvent): { code: string } {
  return { code: "code" in event ? event.code : "" };
}
