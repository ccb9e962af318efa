/** The epochs that a client on ts-mls goes through. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { ClientState as TsGroup } from "ts-mls";
import { encodeGroupContext } from "ts-mls/groupContext.js";
import { hex } from "../../../spec-model/bytes.ts";
import { emit, keepRoom, type SeatRoom, type SeatTurn } from "./client-state.ts";

/** Takes up a state of the group: records the epoch where it is a new one, leaves where it is the end. */
export function enterEpoch(turn: SeatTurn, room: string, group: TsGroup): void {
  const before = turn.state.rooms[room];
  keepRoom(turn, { ...(before ?? emptyRoom(room, group)), group });
  if (group.groupActiveState.kind === "removedFromGroup") leaveLocally(turn, room);
  else if (before?.group.groupContext.epoch !== group.groupContext.epoch) record(turn, room, group);
}

/** Keeps `group` without looking at it: within one epoch, only keys have been used up. */
export function keepGroup(turn: SeatTurn, seat: SeatRoom, group: TsGroup): void {
  keepRoom(turn, { ...seat, group });
}

function emptyRoom(room: string, group: TsGroup): SeatRoom {
  return { room, group, early: [], timeline: [], sent: [] };
}

function record(turn: SeatTurn, room: string, group: TsGroup): void {
  emit(turn, {
    type: "entered",
    room,
    epoch: Number(group.groupContext.epoch),
    groupContext: hex(sha256(encodeGroupContext(group.groupContext))),
    authenticator: hex(group.keySchedule.epochAuthenticator),
  });
}

function leaveLocally(turn: SeatTurn, room: string): void {
  emit(turn, { type: "decided", text: "finds itself removed", draft: "protocol-06 §5.5" });
  emit(turn, { type: "departed", room });
  const to = turn.state.provider.domain;
  emit(turn, { type: "local", to, message: { type: "left", room }, label: "left" });
}
