/**
 * Whether a room's policy allows a set of changes: roles, capabilities and authorised role changes.
 * room-policy-04 §3 and §8, for the capabilities that membership and messages need.
 */
import type { Author, Change, MemberClient, Participant, ProposalFacts, RoomFacts } from "./facts.ts";

/** A role, as far as authorisation needs it. room-policy-04 §3 */
export interface Role {
  readonly index: number;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly maximumParticipants?: number | undefined;
  readonly maximumActiveParticipants?: number | undefined;
  readonly minimumParticipants: number;
  readonly minimumActiveParticipants: number;
  readonly roleChanges: readonly { readonly from: number; readonly to: readonly number[] }[];
}

/** What a decision is made on: the roles, who is a participant, which clients are members. */
export interface PolicyState {
  readonly roles: readonly Role[];
  readonly participants: readonly Participant[];
  readonly members: readonly MemberClient[];
}

/** Allowed, or the rule that forbids it with its place in the drafts. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly rule: string; readonly draft: string; readonly says: string };

const allowed: Decision = { allowed: true };

/** The role of one who is not in the participant list. room-policy-04 §3 */
export const unlistedRole = 0;
/** The role of the banned, where a room has it. room-policy-04 §8.1.3 */
export const bannedRole = 1;

/** Whether each of `proposals` is allowed to its author, and the room that results is one the policy permits. */
export function decideHandshake(
  state: PolicyState,
  proposals: readonly ProposalFacts[],
  result: RoomFacts,
): Decision {
  for (const { author, changes } of proposals) {
    const together = proposals.flatMap((other) => (sameAuthor(author, other.author) ? other.changes : []));
    for (const change of changes) {
      const decision = decideChange(state, author, change, together);
      if (!decision.allowed) return decision;
    }
  }
  return decideResult(state, proposals, result);
}

/** Whether `user` may send application messages. room-policy-04 §8.3 */
export function maySend(state: PolicyState, user: string): Decision {
  if (!state.members.some((member) => member.user === user)) {
    return forbidden("sender-is-active", "protocol-06 §5.4", `${user} has no client in the group`);
  }
  return needs(state, user, "canSendMessage", "room-policy-04 §8.3");
}

/** Whether a client of `user` may ask for the GroupInfo, to join by an external commit. protocol-06 §5.6 */
export function mayJoinExternally(state: PolicyState, user: string): Decision {
  if (roleOf(state, user) === unlistedRole) {
    return needs(state, user, "canOpenJoin", "room-policy-04 §8.1.1");
  }
  return needs(state, user, "canAddOwnClient", "room-policy-04 §8.1.1");
}

/** What one user changes at once is judged as one action. room-policy-04 §8.1.2 */
function sameAuthor(a: Author, b: Author): boolean {
  if (a.kind === "provider" || b.kind === "provider") return a.kind === b.kind;
  return a.user === b.user;
}

function decideChange(state: PolicyState, author: Author, change: Change, all: readonly Change[]): Decision {
  if (author.kind === "provider")
    return forbidden("provider-has-role", "room-policy-04 §4", "it holds no role");
  switch (change.kind) {
    case "addParticipant":
      return decideAddParticipant(state, author.user, change.user, change.role);
    case "removeParticipant":
      return decideRemoveParticipant(state, author.user, change.user);
    case "addClient":
      return decideAddClient(state, author.user, change.user, all);
    case "removeClient":
      return decideRemoveClient(state, author.user, change.user, all);
    case "joinExternally":
      return mayJoinExternally(state, author.user);
    case "changeRole":
      return decideChangeRole(state, author.user, change.user, change.to);
    case "changeMetadata":
      return decideChangeMetadata(state, author.user, change.fields);
    case "changeComponent":
    case "other":
      return forbidden("change-is-known", "room-policy-04 §8", "no capability authorises this change");
  }
}

function decideAddParticipant(state: PolicyState, actor: string, user: string, role: number): Decision {
  if (roleOf(state, user) !== unlistedRole) {
    return forbidden("added-user-is-unlisted", "room-policy-04 §8.1.1", `${user} is in the list`);
  }
  const capable = needs(state, actor, "canAddParticipant", "room-policy-04 §8.1.1");
  return capable.allowed ? changeAllowed(state, actor, unlistedRole, role) : capable;
}

function decideRemoveParticipant(state: PolicyState, actor: string, user: string): Decision {
  const capability = actor === user ? "canRemoveSelf" : "canRemoveParticipant";
  const capable = needs(state, actor, capability, "room-policy-04 §8.1.2");
  return capable.allowed ? changeAllowed(state, actor, roleOf(state, user), unlistedRole) : capable;
}

/** Own clients need `canAddOwnClient`; another user's come with that user's addition to the list. */
function decideAddClient(state: PolicyState, actor: string, user: string, all: readonly Change[]): Decision {
  if (actor === user) return needs(state, actor, "canAddOwnClient", "room-policy-04 §8.1.1");
  if (all.some((change) => change.kind === "addParticipant" && change.user === user)) return allowed;
  return forbidden(
    "clients-come-with-user",
    "room-policy-04 §8.1.1",
    `${user} is not added with its clients`,
  );
}

function decideRemoveClient(
  state: PolicyState,
  actor: string,
  user: string,
  all: readonly Change[],
): Decision {
  if (all.some((change) => change.kind === "removeParticipant" && change.user === user)) return allowed;
  const capability = actor === user ? "canRemoveOwnClient" : "canKick";
  return needs(state, actor, capability, "room-policy-04 §8.1.2");
}

function decideChangeRole(state: PolicyState, actor: string, user: string, to: number): Decision {
  if (actor === user) return needs(state, actor, "canChangeOwnRole", "room-policy-04 §8.1.3");
  const from = roleOf(state, user);
  const capability = to === bannedRole ? "canBan" : from === bannedRole ? "canUnBan" : "canChangeUserRole";
  const capable = needs(state, actor, capability, "room-policy-04 §8.1.3");
  return capable.allowed ? changeAllowed(state, actor, from, to) : capable;
}

const metadataCapabilities: Readonly<Record<string, string>> = {
  room_name: "canChangeRoomName",
  room_descriptions: "canChangeRoomDescription",
  room_avatar: "canChangeRoomAvatar",
  room_subject: "canChangeRoomSubject",
  room_mood: "canChangeRoomMood",
};

function decideChangeMetadata(state: PolicyState, actor: string, fields: readonly string[]): Decision {
  for (const field of fields) {
    const capability = metadataCapabilities[field];
    if (capability === undefined) {
      return forbidden("metadata-field-is-changeable", "room-policy-04 §8.2", `${field} has no capability`);
    }
    const capable = needs(state, actor, capability, "room-policy-04 §8.2");
    if (!capable.allowed) return capable;
  }
  return allowed;
}

/** Whether one commit may take up all of `proposals`. protocol-06 §7.5 */
export function decideTogether(proposals: readonly ProposalFacts[]): Decision {
  const touched = proposals.flatMap(({ changes }) => changes.flatMap(listedUser));
  const twice = touched.find((user, i) => touched.indexOf(user) !== i);
  if (twice === undefined) return allowed;
  return forbidden("one-change-per-user", "protocol-06 §7.5", `${twice} is changed twice in one commit`);
}

/** Rules on the room that results, whoever made the changes. */
function decideResult(state: PolicyState, proposals: readonly ProposalFacts[], result: RoomFacts): Decision {
  const together = decideTogether(proposals);
  if (!together.allowed) return together;
  const listed = new Set(result.participants.map((participant) => participant.user));
  const orphan = result.members.find((member) => !listed.has(member.user));
  if (orphan !== undefined) {
    return forbidden("members-are-participants", "protocol-06 §1", `${orphan.client} has no participant`);
  }
  return decideLimits(state.roles, result);
}

function listedUser(change: Change): string[] {
  const kinds = ["addParticipant", "removeParticipant", "changeRole"];
  return kinds.includes(change.kind) && "user" in change ? [change.user] : [];
}

/** Minima and maxima of every role. room-policy-04 §3 */
function decideLimits(roles: readonly Role[], result: RoomFacts): Decision {
  const active = new Set(result.members.map((member) => member.user));
  for (const role of roles) {
    const holders = result.participants.filter((participant) => participant.role === role.index);
    const activeHolders = holders.filter((participant) => active.has(participant.user));
    const within =
      holders.length >= role.minimumParticipants &&
      holders.length <= (role.maximumParticipants ?? Number.POSITIVE_INFINITY) &&
      activeHolders.length >= role.minimumActiveParticipants &&
      activeHolders.length <= (role.maximumActiveParticipants ?? Number.POSITIVE_INFINITY);
    if (!within) return forbidden("role-limits", "room-policy-04 §3", `the limits of role ${role.name}`);
  }
  return allowed;
}

function changeAllowed(state: PolicyState, actor: string, from: number, to: number): Decision {
  const role = state.roles.find((candidate) => candidate.index === roleOf(state, actor));
  if (role?.roleChanges.some((change) => change.from === from && change.to.includes(to))) return allowed;
  return forbidden("authorised-role-change", "room-policy-04 §3", `${actor} may not move ${from} to ${to}`);
}

function needs(state: PolicyState, actor: string, capability: string, draft: string): Decision {
  const role = state.roles.find((candidate) => candidate.index === roleOf(state, actor));
  if (role?.capabilities.includes(capability)) return allowed;
  return forbidden(capability, draft, `${actor} as ${role?.name ?? "nobody"} lacks ${capability}`);
}

function roleOf(state: PolicyState, user: string): number {
  return state.participants.find((participant) => participant.user === user)?.role ?? unlistedRole;
}

function forbidden(rule: string, draft: string, says: string): Decision {
  return { allowed: false, rule, draft, says };
}
