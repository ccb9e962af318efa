/** A room's facts as its MLS group holds them: the GroupContext's components and the leaves of the tree. */
import { hex, textOf } from "../bytes.ts";
import { dictionaryOf, type GroupContext, type LeafNode, members, type RatchetTree } from "../mls/index.ts";
import { rememberedByBoth } from "../remembered.ts";
import { policyIn } from "./components/read-policy.ts";
import { decodeRoles } from "./components/roles.ts";
import { holderOf } from "./credentials.ts";
import type { MemberClient, Participant, RoomFacts } from "./facts.ts";
import { decodeParticipants } from "./participant-list.ts";
import type { PolicyState } from "./policy/state.ts";
import type { Role } from "./policy-facts.ts";
import { RoomError } from "./room-error.ts";
import { componentIds } from "./structures/index.ts";

/** The room in one epoch. Throws RoomError where a leaf's credential names no client, DecodeError for bad components. */
export const roomFacts: (groupContext: GroupContext, tree: RatchetTree) => RoomFacts = rememberedByBoth(
  (groupContext, tree) => ({
    epoch: epochNumber(groupContext.epoch),
    participants: participantsIn(groupContext),
    members: members(tree).map(({ leafIndex, leafNode }) => memberClient(leafIndex, leafNode)),
  }),
);

/** What decisions in one epoch are made on, the same for the hub and every client. Throws as roomFacts and policyIn do. */
export const policyStateOf: (groupContext: GroupContext, tree: RatchetTree) => PolicyState = rememberedByBoth(
  (groupContext, tree) => {
    const { participants, members: clients } = roomFacts(groupContext, tree);
    return { ...policyIn(groupContext), participants, members: clients };
  },
);

export function memberClient(leaf: number, leafNode: LeafNode): MemberClient {
  const holder = holderOf(leafNode.credential);
  if (holder === undefined) {
    throw new RoomError("credentialNamesClient", "identity-05 §4", `leaf ${leaf} names no client of a user`);
  }
  return { leaf, ...holder };
}

export function participantsIn(groupContext: GroupContext): Participant[] {
  const data = dictionaryOf(groupContext.extensions).get(componentIds.participant_list);
  if (data === undefined) {
    throw new RoomError("participantListPresent", "protocol-06 §7.5", "the group has no participant list");
  }
  return decodeParticipants(data);
}

/** The room's roles. Throws RoomError where it has none. */
export function rolesIn(groupContext: GroupContext): Role[] {
  const data = dictionaryOf(groupContext.extensions).get(componentIds.roles_list);
  if (data === undefined) throw new RoomError("rolesPresent", "room-policy-04 §3", "the group has no roles");
  return decodeRoles(data);
}

/** The room that a group ID names: MIMI's group and room URIs differ in one letter. protocol-06 §3 */
export function roomOfGroup(groupId: Uint8Array): string | undefined {
  return textOf(groupId)
    ?.replace("/g/", "/r/")
    .replace(/(\/r\/[^/]+)\/\d+$/, "$1");
}

/** The ID, in hexadecimal, of a group that is not the first of its room; nothing for one that is. RFC 9420 §11.2 */
export function laterGroup(room: string, groupId: Uint8Array): { readonly group?: string } {
  return textOf(groupId)?.replace("/g/", "/r/") === room ? {} : { group: hex(groupId) };
}

/** Epochs are 64 bits on the wire; no honest group reaches what a number cannot hold. */
export function epochNumber(epoch: bigint): number {
  if (epoch > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RoomError("epochInRange", "RFC 9420 §8.1", `epoch ${epoch} is beyond any group's life`);
  }
  return Number(epoch);
}
