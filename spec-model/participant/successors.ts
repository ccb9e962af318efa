/** Groups that replace others: which group a room's is announced to follow, and with what. RFC 9420 §11.2 */
import { dictionaryExtension, dictionaryOf, type Extension, type Member } from "../mls/index.ts";
import { roomOfGroup } from "../room/index.ts";
import { componentIds, RoomMetaData } from "../room/structures/index.ts";
import type { ClientState } from "./client-state.ts";

/** The client's state in the group that was closed in favour of this room's. */
export function predecessorOf({ rooms }: Pick<ClientState, "rooms">, room: string): Member | undefined {
  return Object.values(rooms).find(({ member }) => {
    const successor = member?.reInit?.groupId;
    return successor !== undefined && roomOfGroup(successor) === room;
  })?.member;
}

/**
 * What the group with this ID has, where it is to replace the member's: everything that is there now, under the URI of
 * its own. A group's ID names its room, so that a room cannot go on under another group. protocol-06 §3 and §7.6
 */
export function successorExtensions({ groupContext }: Member, groupId: Uint8Array): Extension[] {
  const room = roomOfGroup(groupId);
  const { extensions } = groupContext;
  if (room === undefined) return extensions;
  const components = new Map(dictionaryOf(extensions));
  const data = components.get(componentIds.room_metadata);
  if (data === undefined) return extensions;
  const metadata = { ...RoomMetaData.decode(data), roomUri: { uri: room } };
  const changed = dictionaryExtension(
    components.set(componentIds.room_metadata, RoomMetaData.encode(metadata)),
  );
  return extensions.map((each) => (each.extensionType === changed.extensionType ? changed : each));
}
