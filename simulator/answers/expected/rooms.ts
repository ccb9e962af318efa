/** Small rooms to ask about: users by name, roles by number. */
import {
  type Author,
  type Change,
  type Decision,
  effectiveState,
  type MemberClient,
  type PolicyState,
  type ProposalFacts,
  type Role,
} from "../../../spec-model/room/index.ts";
import type { PolicyFaculties } from "../faculties.ts";

export const user = (name: string) => `mimi://${name[0]}.example/u/${name}`;
export const clientOf = (name: string, number = 1) => `mimi://${name[0]}.example/d/${name}/${number}`;

export function role(index: number, terms: Partial<Role> = {}): Role {
  const name = index === 1 ? "banned" : `role${index}`;
  const none = { capabilities: [], minimumParticipants: 0, minimumActiveParticipants: 0, roleChanges: [] };
  return { index, name, ...none, ...terms };
}

/** Every move from every role. */
export const moves = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3] }));

/** Role 3 may do most things; 2 may do nothing. */
export const able = role(3, {
  capabilities: [
    "canAddParticipant",
    "canRemoveParticipant",
    "canRemoveSelf",
    "canAddOwnClient",
    "canRemoveOwnClient",
    "canChangeUserRole",
    "canChangeOwnRole",
    "canKick",
    "canBan",
    "canUnBan",
    "canChangeRoomName",
    "canChangeRoomMembershipStyle",
    "canChangeOtherPolicyAttribute",
    "canChangeRoleDefinitions",
    "canChangePreauthorizedUserList",
    "canCreateJoinCode",
    "canDeleteJoinCode",
    "canSendMLSReinitProposal",
    "canSendMessage",
  ],
  roleChanges: moves,
});
export const plainRoles = [role(0), role(1), role(2), able];

/** `{ alice: 3, bob: 2 }`: each with one client, in this order, but for those who are idle. */
export function room(
  holders: Readonly<Record<string, number>>,
  more: Partial<PolicyState> & { readonly idle?: readonly string[] } = {},
): PolicyState {
  const { idle = [], ...rest } = more;
  const participants = Object.entries(holders).map(([name, held]) => ({ user: user(name), role: held }));
  const members = Object.keys(holders)
    .filter((name) => !idle.includes(name))
    .map((name, leaf) => member(name, leaf));
  return { roles: plainRoles, participants, members, hub: "a.example", ...rest };
}

export function member(name: string, leaf: number, number = 1): MemberClient {
  return { leaf, client: clientOf(name, number), user: user(name) };
}

export function by(state: PolicyState, name: string): Author {
  const own = state.members.find((each) => each.user === user(name));
  return { kind: "member", ...(own ?? member(name, 99)) };
}

export function joiner(name: string, more: { readonly joinCode?: string } = {}): Author {
  return { kind: "newMember", client: clientOf(name), user: user(name), ...more };
}

export const server = (domain: string): Author => ({ kind: "provider", domain });

export const change = {
  add: (name: string, to: number): Change => ({ kind: "addParticipant", user: user(name), role: to }),
  remove: (name: string, from = 2): Change => ({ kind: "removeParticipant", user: user(name), role: from }),
  move: (name: string, from: number, to: number): Change => ({
    kind: "changeRole",
    user: user(name),
    from,
    to,
  }),
  addClient: (name: string, number = 1): Change => ({
    kind: "addClient",
    client: clientOf(name, number),
    user: user(name),
    keyPackage: `kp-${name}-${number}`,
  }),
  removeClient: (name: string, leaf: number, number = 1): Change => ({
    kind: "removeClient",
    ...member(name, leaf, number),
  }),
  join: { kind: "joinExternally" } as Change,
  rename: { kind: "changeMetadata", fields: ["room_name"] } as Change,
  other: (proposalType: string): Change => ({ kind: "other", proposalType }),
  update: (component: number, sets?: Partial<PolicyState>): Change => ({
    kind: "changeComponent",
    component,
    op: "update",
    ...(sets === undefined ? {} : { sets }),
  }),
  drop: (component: number): Change => ({ kind: "changeComponent", component, op: "remove" }),
  links: (component: number, added: readonly string[], removed: readonly string[]): Change => ({
    kind: "changeComponent",
    component,
    op: "update",
    links: { added, removed },
  }),
};

export function proposal(author: Author, changes: readonly Change[], reference?: string): ProposalFacts {
  return { reference, author, changes };
}

/** What is said to a commit of all of `proposals`. */
export function commitOf(
  { decide }: PolicyFaculties,
  state: PolicyState,
  author: Author,
  proposals: readonly ProposalFacts[],
): Decision {
  const next = effectiveState(state, proposals);
  const arrivals = proposals.flatMap((each) =>
    each.changes.flatMap((one): MemberClient[] => {
      if (one.kind === "addClient") return [{ leaf: 50, client: one.client, user: one.user }];
      if (one.kind !== "joinExternally" || each.author.kind === "provider") return [];
      return [{ leaf: 51, client: each.author.client, user: each.author.user }];
    }),
  );
  const result = { participants: next.participants, members: [...next.members, ...arrivals] };
  return decide(state, { kind: "commit", author, proposals, result });
}

/** What is said to a commit of these changes, all by value. */
export function commit(
  policy: PolicyFaculties,
  state: PolicyState,
  author: Author,
  ...changes: readonly Change[]
): Decision {
  return commitOf(policy, state, author, [proposal(author, changes)]);
}

/** What is said to these changes as a proposal. */
export function propose(
  { decide }: PolicyFaculties,
  state: PolicyState,
  author: Author,
  ...changes: readonly Change[]
): Decision {
  return decide(state, { kind: "proposals", pending: [], proposals: [proposal(author, changes, "ref")] });
}
