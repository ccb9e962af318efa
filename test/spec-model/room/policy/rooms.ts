/** Small rooms for policy tests: users by a letter, roles by number, clients by user and number. */
import {
  type Author,
  type Change,
  type Decision,
  decide,
  effectiveState,
  type MemberClient,
  type Participant,
  type PolicyState,
  type PolicyVariants,
  type ProposalFacts,
  type Role,
} from "../../../../spec-model/room/index.ts";

export const user = (name: string) => `mimi://${name[0]}.example/u/${name}`;
export const clientOf = (name: string, number = 1) => `mimi://${name[0]}.example/d/${name}/${number}`;

export function role(index: number, terms: Partial<Role> = {}): Role {
  return {
    index,
    name: index === 1 ? "banned" : `role${index}`,
    capabilities: [],
    minimumParticipants: 0,
    minimumActiveParticipants: 0,
    roleChanges: [],
    ...terms,
  };
}

/** `{ alice: 3, bob: 2 }`, each with a client unless listed as idle. */
export function room(
  roles: readonly Role[],
  holders: Readonly<Record<string, number>>,
  more: Partial<PolicyState> & { readonly idle?: readonly string[] } = {},
): PolicyState {
  const { idle = [], ...rest } = more;
  const participants: Participant[] = Object.entries(holders).map(([name, index]) => ({
    user: user(name),
    role: index,
  }));
  const active = Object.keys(holders).filter((name) => !idle.includes(name));
  const members: MemberClient[] = active.map((name, leaf) => member(name, leaf));
  return { roles, participants, members, hub: "a.example", ...rest };
}

export function member(name: string, leaf: number, number = 1): MemberClient {
  return { leaf, client: clientOf(name, number), user: user(name) };
}

export function by(state: PolicyState, name: string): Author {
  const own = state.members.find((each) => each.user === user(name));
  return { kind: "member", ...(own ?? member(name, 99)) };
}

export const joiner = (name: string, more: { joinCode?: string } = {}): Author => ({
  kind: "newMember",
  client: clientOf(name),
  user: user(name),
  ...more,
});

export const provider = (domain: string): Author => ({ kind: "provider", domain });

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
};

export function proposal(author: Author, changes: readonly Change[], reference?: string): ProposalFacts {
  return { reference, author, changes };
}

/** The list and members after a commit; the clients that it lets in have leaves that no test looks at. */
export function resultOf(state: PolicyState, proposals: readonly ProposalFacts[]): PolicyState {
  const next = effectiveState(state, proposals);
  const arrivals = proposals.flatMap(({ author, changes }) =>
    changes.flatMap((each): MemberClient[] => {
      if (each.kind === "addClient") return [{ leaf: 50, client: each.client, user: each.user }];
      if (each.kind !== "joinExternally" || author.kind === "provider") return [];
      return [{ leaf: 51, client: author.client, user: author.user }];
    }),
  );
  return { ...next, members: [...next.members, ...arrivals] };
}

/** `allowed`, or the rule that refuses a commit of `changes` by `author`, all by value. */
export function commit(
  state: PolicyState,
  author: Author,
  changes: readonly Change[],
  variants?: PolicyVariants,
): string {
  return commitOf(state, author, [proposal(author, changes)], variants);
}

export function commitOf(
  state: PolicyState,
  author: Author,
  proposals: readonly ProposalFacts[],
  variants?: PolicyVariants,
): string {
  const { participants, members } = resultOf(state, proposals);
  return verdict(
    decide(state, { kind: "commit", author, proposals, result: { participants, members } }, variants),
  );
}

/** The same for proposals on their own, with nothing pending. */
export function propose(
  state: PolicyState,
  author: Author,
  changes: readonly Change[],
  variants?: PolicyVariants,
): string {
  const proposals = [proposal(author, changes, "ref")];
  return verdict(decide(state, { kind: "proposals", pending: [], proposals }, variants));
}

export function verdict(decision: Decision): string {
  return decision.allowed ? "allowed" : decision.rule;
}
