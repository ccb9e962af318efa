/** How a client's view of a room moves. */
import { isRefused } from "../room/index.ts";
import type { ParticipantContext, ParticipantEvent } from "./room-context.ts";

/** The epoch that a commit, a Welcome or the creation of the group leads to. */
export function enterEpoch(room: ParticipantContext, event: ParticipantEvent): Partial<ParticipantContext> {
  if (event.type === "create") return { epoch: event.created.epoch, known: [] };
  if (event.type === "welcomed" && !isRefused(event.verified))
    return { epoch: event.verified.epoch, known: [] };
  if (event.type !== "commitArrived") return {};
  return { epoch: room.epoch + 1, known: [], wishes: lasting(room.wishes) };
}

/** What was pending is committed with the epoch: nobody need do so any more. */
function lasting(wishes: ParticipantContext["wishes"]): ParticipantContext["wishes"] {
  return wishes.some(isOfEpoch) ? wishes.filter((wish) => !isOfEpoch(wish)) : wishes;
}

function isOfEpoch({ kind }: ParticipantContext["wishes"][number]): boolean {
  return kind === "commitPending";
}

/** Once is enough, and what the user wants goes first: its commit takes up what is pending. */
export function queueCommit({ wishes }: ParticipantContext): Partial<ParticipantContext> {
  return wishes.some(isOfEpoch) ? {} : { wishes: [...wishes, { kind: "commitPending" }] };
}

export function enterOwnEpoch(room: ParticipantContext): Partial<ParticipantContext> {
  const { inFlight, wishes } = room;
  return {
    epoch: inFlight?.begins ?? room.epoch + 1,
    known: [],
    inFlight: undefined,
    wishes: lasting(wishes.slice(1)),
  };
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

export function holdUpdate(event: ParticipantEvent): Partial<ParticipantContext> {
  if (event.type !== "updateBuilt") return {};
  const { type, ...inFlight } = event;
  return { inFlight };
}

/** Own proposals are known once the hub has accepted them. */
export function learnOwnProposals(room: ParticipantContext): Partial<ParticipantContext> {
  return { known: [...new Set([...room.known, ...(room.inFlight?.references ?? [])])], inFlight: undefined };
}

export function queueWish(room: ParticipantContext, event: ParticipantEvent): Partial<ParticipantContext> {
  return event.type === "want" ? { wishes: [...room.wishes, event.wish] } : {};
}

export function policyRefusalOf(event: ParticipantEvent): { code: string; text: string } {
  const decision = event.type === "commitArrived" ? event.decision : undefined;
  return decision === undefined || decision.allowed
    ? { code: "", text: "" }
    : { code: decision.rule, text: decision.says };
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
