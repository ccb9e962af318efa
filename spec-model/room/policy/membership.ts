/** Adding and removing participants and clients: which capability each change needs. room-policy-04 §5, §8.1.1 and §8.1.2 */
import type { Change } from "../facts.ts";
import { allowed, type Decision, either, refuse } from "./decision.ts";
import { decideOwnEntry } from "./entry.ts";
import {
  type Actor,
  bannedRole,
  hasBannedRole,
  mayMove,
  needs,
  type PolicyState,
  roleAt,
  roleOf,
  unlistedRole,
} from "./state.ts";
import type { PolicyVariants } from "./variants.ts";

type Of<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;

/** What one change is judged by: the room, who acts, and everything that the same author changes with it. */
export interface Case {
  readonly state: PolicyState;
  readonly actor: Actor;
  readonly own: readonly Change[];
  readonly variants: PolicyVariants;
}

/** A user is put on the list: by somebody who may, or by itself as it joins. */
export function decideAddParticipant(given: Case, { user, role }: Of<"addParticipant">): Decision {
  const { state, actor, variants } = given;
  if (roleOf(state, user) !== unlistedRole) {
    return refuse("added-user-is-unlisted", `${user} is in the list`);
  }
  if (state.base?.fixedMembership === true)
    return refuse("fixed-membership", `${user} was not there at first`);
  if (role === unlistedRole || roleAt(state, role) === undefined) {
    return refuse("role-is-defined", `there is no role ${role} to hold`);
  }
  if (actor.uri === user) return decideOwnEntry(state, actor.author, role, variants);
  const capable = needs(actor, "canAddParticipant");
  // Somebody who is not in the room is banned by an entry in the list.
  const bans = role === bannedRole && hasBannedRole(state);
  const decision = bans ? either(capable, needs(actor, "canBan")) : capable;
  return decision.allowed ? mayMove(actor, unlistedRole, role) : decision;
}

/** A user is taken off the list: it leaves, or is removed. That its clients go, too, is a rule on the result. */
export function decideRemoveParticipant(given: Case, { user }: Of<"removeParticipant">): Decision {
  const { state, actor, variants } = given;
  const from = roleOf(state, user);
  if (from === unlistedRole) return refuse("removed-user-is-listed", `${user} is not in the list`);
  if (isLeftBehind(given, user)) return allowed;
  if (state.base?.fixedMembership === true && variants.fixedRemoval === "nobody") {
    return refuse("fixed-membership", `${user} stays in the list`);
  }
  const capable = needs(actor, actor.uri === user ? "canRemoveSelf" : "canRemoveParticipant");
  if (!capable.allowed) return capable;
  const unbans = from === bannedRole && hasBannedRole(state) && variants.unban === "onlyCanUnBan";
  const decision = unbans ? needs(actor, "canUnBan") : allowed;
  return decision.allowed ? mayMove(actor, from, unlistedRole) : decision;
}

/** Own clients need `canAddOwnClient`; another user's come with that user's addition to the list. */
export function decideAddClient(given: Case, { client, user }: Of<"addClient">): Decision {
  const { state, actor, own, variants } = given;
  const leaves = own.some((change) => change.kind === "removeClient" && change.client === client);
  if (!leaves && state.members.some((member) => member.client === client)) {
    return refuse("client-is-new", `${client} is a member`);
  }
  if (actor.uri === user) return needs(actor, "canAddOwnClient");
  if (own.some((change) => change.kind === "addParticipant" && change.user === user)) return allowed;
  const role = roleOf(state, user);
  // Who was in the group that this one follows has to be in it again.
  if (state.former?.includes(client) === true && role !== unlistedRole) return allowed;
  if (variants.clientsOfListed === "canAddParticipant" && role !== unlistedRole) {
    const capable = needs(actor, "canAddParticipant");
    return capable.allowed ? mayMove(actor, unlistedRole, role) : capable;
  }
  return refuse("clients-come-with-user", `${user} is not added with its clients`);
}

/** Clients go with their user, with a ban, by a kick or because their own user takes them out. */
export function decideRemoveClient(given: Case, { client, user }: Of<"removeClient">): Decision {
  const { state, actor, own } = given;
  // An external commit may take the place of the joining client's former leaf. RFC 9420 §12.4.3.2
  if (actor.author.kind === "newMember" && actor.author.client === client) return allowed;
  if (own.some((change) => change.kind === "removeParticipant" && change.user === user)) return allowed;
  if (actor.uri === user) return needs(actor, "canRemoveOwnClient");
  if (isLeftBehind(given, user)) return allowed;
  const bans = own.some(
    (change) => change.kind === "changeRole" && change.user === user && change.to === bannedRole,
  );
  if (bans && hasBannedRole(state) && needs(actor, "canBan").allowed) return allowed;
  return decideKick(given, user);
}

function decideKick({ state, actor, own, variants }: Case, user: string): Decision {
  const capable = needs(actor, "canKick");
  if (!capable.allowed || variants.kick === "anyClients") return capable;
  const removed = own.flatMap((change) => (change.kind === "removeClient" ? [change.client] : []));
  const stays = state.members.find((member) => member.user === user && !removed.includes(member.client));
  return stays === undefined ? allowed : refuse("canKick", `${stays.client} is not kicked with the others`);
}

/** The hub takes users out of a parent-dependent room who are no longer in the parent. room-policy-04 §5 */
function isLeftBehind({ state, actor, variants }: Case, user: string): boolean {
  if (variants.parentRemoval !== "hub" || state.base?.parentDependant !== true) return false;
  if (actor.author.kind !== "provider" || actor.author.domain !== state.hub) return false;
  return state.parent !== undefined && !state.parent.participants.some((each) => each.user === user);
}
