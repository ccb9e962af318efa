/** A client's rooms: stepping their machines and carrying out what they want. */
import { equalBytes, hex } from "../bytes.ts";
import type { Effect } from "../machine.ts";
import { type CipherSuite, GroupContext, type Member } from "../mls/index.ts";
import { rememberedByBoth } from "../remembered.ts";
import { laterGroup, type RoomFacts, roomFacts } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { type ClientRoom, type ClientTurn, keepRoom } from "./client-state.ts";
import type { ParticipantEvent } from "./room-context.ts";
import { participantRoomMachine } from "./room-machine.ts";

const noMessages: ClientRoom["messages"] = [];
const noEvidence: ClientRoom["evidence"] = {};
const noDerived: ClientRoom["derived"] = {};

/** The room as the client knows it; a room it has never heard of is one it is outside of. */
export function roomOf(turn: ClientTurn, room: string): ClientRoom {
  const { client, user } = turn.state;
  return (
    turn.state.rooms[room] ?? {
      room,
      machine: first(participantRoomMachine, { room, client, user }),
      member: undefined,
      prepared: undefined,
      groupInfoKey: undefined,
      joining: { code: "", role: undefined },
      buffered: [],
      messages: noMessages,
      evidence: noEvidence,
      derived: noDerived,
      sent: {},
      unsent: [],
    }
  );
}

/** Steps a room's machine, keeps the room, and gives the effects. */
export function stepRoom(turn: ClientTurn, room: string, event: ParticipantEvent): readonly Effect[] {
  const before = roomOf(turn, room);
  const { snapshot, effects } = advance(turn, participantRoomMachine, before.machine, event, room);
  keepRoom(turn, { ...before, machine: snapshot });
  return effects;
}

/** Takes up a member state, and records the epoch where it is a new one. */
export function becomeMember(turn: ClientTurn, room: string, member: Member): void {
  const before = roomOf(turn, room);
  keepRoom(turn, { ...before, member });
  if (before.member !== undefined && isSameEpoch(before.member, member)) return;
  const suite = turn.mls.suite(member.groupContext.cipherSuite);
  emit(turn, {
    type: "entered",
    room,
    epoch: Number(member.groupContext.epoch),
    groupContext: contextHash(suite, member.groupContext),
    ...laterGroup(room, member.groupContext.groupId),
    authenticator: hex(turn.mls.epochAuthenticator(member)),
  });
}

function isSameEpoch({ groupContext: one }: Member, { groupContext: other }: Member): boolean {
  return one.epoch === other.epoch && equalBytes(one.groupId, other.groupId);
}

const contextHash = rememberedByBoth((suite: CipherSuite, groupContext: GroupContext) =>
  hex(suite.hash(GroupContext.encode(groupContext))),
);

/** The room as the member's group holds it. */
export function factsOf(member: Member): RoomFacts {
  return roomFacts(member.groupContext, member.tree);
}
