/** A room goes on in the group that follows the one that a ReInit has closed. RFC 9420 §11.2 */
import { hex, noBytes } from "../bytes.ts";
import { type GroupInfo, type RatchetTree, ReInit } from "../mls/index.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { type HostedRoom, type HubKeys, newGroup, observeEpoch, surroundingsOf } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";
import { noticeRule } from "./notice.ts";
import { hubRoomMachine } from "./room-machine.ts";

/**
 * Takes the group that `user` has founded for the room, or answers that it is not the one agreed on. No draft says how
 * it comes to the hub: here as a new room's does, from an own client. Throws what `hostRoom` throws.
 */
export function succeedRoom(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  hosted: HostedRoom,
  founding: {
    readonly asker: Asker;
    readonly user: string;
    readonly groupInfo: GroupInfo;
    readonly tree: RatchetTree;
  },
): HostedRoom {
  const { asker, user, groupInfo, tree } = founding;
  const { group, policy, created } = newGroup(
    turn,
    links,
    keys,
    hosted.machine.context.envelope,
    groupInfo,
    tree,
  );
  const surroundings = surroundingsOf(turn, links, hosted);
  const founded = hex(ReInit.encode(group.groupContext));
  const event = {
    type: "succeed" as const,
    request: "succeed",
    surroundings,
    user,
    founded,
    policy,
    created,
  };
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, event, hosted.room);
  let room: HostedRoom = { ...hosted, machine: snapshot };
  for (const effect of effects) {
    if (effect.type === "answer") {
      noticeRule(turn, effect);
      links.answer(asker, effect["code"] === "success" ? 200 : 403, noBytes, `room ${effect["code"]}`);
    }
    if (effect.type !== "takeGroup") continue;
    room = { ...room, group, groupInfo, pending: [] };
    observeEpoch(turn, room);
    const text = `goes on with ${hosted.room} in the group that the ReInit announced`;
    emit(turn, { type: "decided", text, draft: "RFC 9420 §11.2" });
  }
  return room;
}
