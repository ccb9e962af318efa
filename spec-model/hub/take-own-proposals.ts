/** The hub's own proposals in its own room: authorised as anybody's, accepted, fanned out. protocol-06 §5.5 and §7.4 */
import { MLSMessage } from "../mls/index.ts";
import type { JoinCode } from "../room/index.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { fanOutProposals } from "./fan-out-handshake.ts";
import { type HostedRoom, type HubKeys, surroundingsOf } from "./hosted-room.ts";
import type { HubLinks } from "./links.ts";
import { noticeRule } from "./notice.ts";
import { type OwnProposals, proposeOwn } from "./own-proposals.ts";
import { hubRoomMachine } from "./room-machine.ts";
import type { Recipients } from "./room-updates.ts";
import type { HubWish } from "./wishes.ts";

/** What the operator of the hub wants of a room. */
export function pursueHubWish(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  hosted: HostedRoom,
  wish: HubWish,
): HostedRoom {
  return takeOwnProposals(turn, links, hosted, proposeOwn(turn, keys, hosted.group, [wish]), false);
}

/** The hub has given out a join code. room-policy-04 §6.2 */
export function issueJoinCode(turn: Turn<unknown>, hosted: HostedRoom, code: JoinCode): HostedRoom {
  const event = { type: "codeIssued" as const, code };
  return { ...hosted, machine: advance(turn, hubRoomMachine, hosted.machine, event, hosted.room).snapshot };
}

/** Gives the machine own proposals; stapled ones have travelled with the commit that began the epoch. */
export function takeOwnProposals(
  turn: Turn<unknown>,
  links: HubLinks,
  hosted: HostedRoom,
  own: OwnProposals,
  stapled: boolean,
): HostedRoom {
  if (own.messages.length === 0 && "proposals" in own.verified) return hosted;
  const { wishes, verified } = own;
  const surroundings = surroundingsOf(turn, links, hosted);
  const event = { type: "ownProposals" as const, wishes, verified, stapled, surroundings };
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, event, hosted.room);
  let room: HostedRoom = { ...hosted, machine: snapshot };
  for (const effect of effects) {
    if (effect.type === "giveUp") {
      emit(turn, { type: "decided", text: `proposes nothing: ${String(effect["says"])}` });
      noticeRule(turn, effect);
    }
    if (effect.type === "accept") room = withPending(turn, room, own, stapled);
    if (effect.type === "fanOut") {
      room = fanOutProposals(turn, links, room, own.messages, effect as unknown as Recipients);
    }
    if (effect.type === "closeGroup") observeDesertion(turn);
  }
  return room;
}

export function observeDesertion(turn: Turn<unknown>): void {
  const text = "finds nobody left to commit and closes the group";
  emit(turn, { type: "decided", text, draft: "protocol-06 §3.5" });
}

function withPending(turn: Turn<unknown>, room: HostedRoom, own: OwnProposals, again: boolean): HostedRoom {
  const text = again
    ? "makes its own proposals again for the new epoch"
    : "proposes as external sender and keeps the proposals for the next commit";
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.5" });
  const pending = own.messages.map((message) => ({
    message: MLSMessage.encode(message),
    acceptedMs: turn.now,
  }));
  return { ...room, group: own.group, pending: [...room.pending, ...pending] };
}
