/** The people of the policy vectors, their rooms, and what they can do to them. */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import type { Author, Change, PolicyState, Role } from "../../../spec-model/room/index.ts";

export const userOf = (name: string) => `mimi://${name[0]}.example/u/${name}`;
export const clientOf = (name: string, number = 1) => `mimi://${name[0]}.example/d/${name}/${number}`;

export function roleWith(index: number, terms: Partial<Role> = {}): Role {
  const name = index === 0 ? "unlisted" : index === 1 ? "banned" : `role${index}`;
  return {
    index,
    name,
    capabilities: [],
    minimumParticipants: 0,
    minimumActiveParticipants: 0,
    roleChanges: [],
    ...terms,
  };
}

/** Who is in the list with which role; all but the banned have one client, at the leaf of their place in the list. */
export function roomOf(
  roles: readonly Role[],
  holders: Readonly<Record<string, number>>,
  more: Partial<PolicyState> = {},
): PolicyState {
  const entries = Object.entries(holders);
  return {
    roles,
    participants: entries.map(([name, role]) => ({ user: userOf(name), role })),
    members: entries.flatMap(([name, role], leaf) => (role === 1 ? [] : [memberOf(name, leaf)])),
    hub: "a.example",
    ...more,
  };
}

export function memberOf(name: string, leaf: number, number = 1) {
  return { leaf, client: clientOf(name, number), user: userOf(name) };
}

export function authorIn(state: PolicyState, name: string): Author {
  const own = state.members.find(({ user }) => user === userOf(name)) ?? memberOf(name, 99);
  return { kind: "member", ...own };
}

export function joinerOf(name: string, joinCode?: string): Author {
  const whose = { kind: "newMember", client: clientOf(name), user: userOf(name) } as const;
  return joinCode === undefined ? whose : { ...whose, joinCode };
}

/** What a credential says of its holder: an attribute of a certificate, of the organisation that has this name. */
export const claimOf = (organisation: string) => ({
  credentialType: "x509",
  id: hex(Uint8Array.of(0x06, 0x03, 0x55, 0x04, 0x0a)),
  value: hex(utf8(organisation)),
});

export const doing = {
  add: (name: string, role: number): Change => ({ kind: "addParticipant", user: userOf(name), role }),
  remove: (name: string, role: number): Change => ({ kind: "removeParticipant", user: userOf(name), role }),
  move: (name: string, from: number, to: number): Change => ({
    kind: "changeRole",
    user: userOf(name),
    from,
    to,
  }),
  addClient: (name: string, number = 1): Change => ({
    kind: "addClient",
    client: clientOf(name, number),
    user: userOf(name),
    keyPackage: `${name} ${number}`,
  }),
  removeClient: (name: string, leaf: number, number = 1): Change => ({
    kind: "removeClient",
    ...memberOf(name, leaf, number),
  }),
  rename: (field: string): Change => ({ kind: "changeMetadata", fields: [field] }),
  join: { kind: "joinExternally" } as Change,
};
