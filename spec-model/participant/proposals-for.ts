/** What a wish comes to in the room's present epoch: proposals. protocol-06 §7.5, room-policy-04 §8.1 */

import type { Member } from "../mls/index.ts";
import { dictionaryOf, type KeyPackage, type Proposal } from "../mls/index.ts";
import { bannedRole, holderOf, RoomError, type RoomFacts } from "../room/index.ts";
import { componentIds, ParticipantListUpdate, RoomMetaData } from "../room/structures/index.ts";
import { withFrankingAgent } from "./franking-agent.ts";
import type { LeaveForm, RoomWish } from "./room-wishes.ts";
import { factsOf } from "./rooms.ts";

/** Throws RoomError where there is nothing (any more) that the wish could mean. */
export function proposalsFor(
  member: Member,
  wish: RoomWish,
  by: { readonly user: string; readonly keyPackages: readonly KeyPackage[] },
): Proposal[] {
  const facts = factsOf(member);
  switch (wish.kind) {
    case "addUser":
      return addition(facts, wish, by.keyPackages);
    case "gather":
    case "addOwnClients":
      return newClients(facts, by.keyPackages).map(addClient);
    case "removeUser":
      return [...removals(facts, wish.user), listUpdate({ removedIndices: [placeOf(facts, wish.user)] })];
    case "kickUser":
      return removals(facts, wish.user);
    case "banUser":
      return [...removals(facts, wish.user), roleChange(facts, wish.user, bannedRole)];
    case "changeRole":
      return [roleChange(facts, wish.user, wish.role)];
    case "removeOwnClient":
      return facts.members.filter(({ client }) => client === wish.client).map(removeLeaf);
    case "renameRoom":
      return [renaming(member, wish.name)];
    case "changeComponent": {
      const { component: componentId, update } = wish;
      return [{ proposalType: "app_data_update", componentId, op: "update", update }];
    }
    case "commit":
    case "commitPending":
      return [];
    case "reInit": {
      const { version, cipherSuite, extensions: present } = member.groupContext;
      const extensions = withFrankingAgent(present, wish.frankingAgent);
      return [{ proposalType: "reinit", groupId: wish.groupId, version, cipherSuite, extensions }];
    }
    case "leave":
      return leaving(member, facts, by.user, wish.form);
  }
}

/** A user that is in the list already only gets its new clients added. */
function addition(
  facts: RoomFacts,
  { user, role }: { readonly user: string; readonly role: number },
  keyPackages: readonly KeyPackage[],
): Proposal[] {
  if (facts.participants.some((participant) => participant.user === user)) {
    throw new RoomError("userIsUnlisted", "protocol-06 §7.5", `${user} is in the list already`);
  }
  const add = listUpdate({ addedParticipants: [{ user, roleIndex: role }] });
  return [add, ...newClients(facts, keyPackages).map(addClient)];
}

function newClients(facts: RoomFacts, keyPackages: readonly KeyPackage[]): KeyPackage[] {
  const inside = new Set(facts.members.map((each) => each.client));
  return keyPackages.filter(
    (keyPackage) => !inside.has(holderOf(keyPackage.leafNode.credential)?.client ?? ""),
  );
}

/** The own client may go by SelfRemove, which an external commit can take up as well. mls-extensions §6.3 */
function leaving(member: Member, facts: RoomFacts, user: string, form: LeaveForm): Proposal[] {
  if (form === "device") return [{ proposalType: "self_remove" }];
  const own = facts.members.filter((each) => each.user === user);
  const list = listUpdate({ removedIndices: [placeOf(facts, user)] });
  if (form === "remove") return [...own.map(removeLeaf), list];
  const others = own.filter(({ leaf }) => leaf !== member.leafIndex);
  return [{ proposalType: "self_remove" }, ...others.map(removeLeaf), list];
}

function renaming(member: Member, name: string): Proposal {
  const data = dictionaryOf(member.groupContext.extensions).get(componentIds.room_metadata);
  if (data === undefined)
    throw new RoomError("metadataPresent", "protocol-06 §7.6", "the room has no metadata");
  const update = RoomMetaData.encode({ ...RoomMetaData.decode(data), roomName: { string: name } });
  return { proposalType: "app_data_update", componentId: componentIds.room_metadata, op: "update", update };
}

function removals(facts: RoomFacts, user: string): Proposal[] {
  return facts.members.filter((each) => each.user === user).map(removeLeaf);
}

function removeLeaf({ leaf }: { readonly leaf: number }): Proposal {
  return { proposalType: "remove", removed: leaf };
}

function addClient(keyPackage: KeyPackage): Proposal {
  return { proposalType: "add", keyPackage };
}

function roleChange(facts: RoomFacts, user: string, role: number): Proposal {
  const changedRoleParticipants = [{ userIndex: placeOf(facts, user), roleIndex: role }];
  return listUpdate({ changedRoleParticipants });
}

function placeOf(facts: RoomFacts, user: string): number {
  const index = facts.participants.findIndex((participant) => participant.user === user);
  if (index !== -1) return index;
  throw new RoomError("userIsListed", "protocol-06 §7.5", `${user} is not in the list`);
}

/** An AppDataUpdate of the participant list. protocol-06 §7.5 */
export function listUpdate(changes: Partial<ParticipantListUpdate>): Proposal {
  const nothing = { changedRoleParticipants: [], removedIndices: [], addedParticipants: [] };
  return {
    proposalType: "app_data_update",
    componentId: componentIds.participant_list,
    op: "update",
    update: ParticipantListUpdate.encode({ ...nothing, ...changes }),
  };
}
