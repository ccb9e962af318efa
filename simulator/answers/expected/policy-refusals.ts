/** For each rule of a room's policy something that breaks this rule and no other. room-policy-04 §3 to §8, protocol-06 §7 */
import {
  type Author,
  basicClaim,
  type Change,
  type Decision,
  defaultVariants,
  type PolicyRule,
  type PolicyState,
} from "../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import type { PolicyFaculties } from "../faculties.ts";
import { operational } from "./policy-settings.ts";
import {
  able,
  by,
  change,
  clientOf,
  commit,
  commitOf,
  joiner,
  member,
  plainRoles,
  proposal,
  propose,
  role,
  room,
  server,
  user,
} from "./rooms.ts";

/** What an implementation says to it. */
export type Asked = (policy: PolicyFaculties) => Decision;
export type Refusals = Partial<Record<PolicyRule, Asked>>;

const state = room({ alice: 3, bob: 2 });
const alice = by(state, "alice");
const roles = (changed: Readonly<Record<number, Parameters<typeof role>[1]>>) =>
  plainRoles.map((each) => ({ ...each, ...changed[each.index] }));
const doing =
  (...changes: readonly Change[]): Asked =>
  (policy) =>
    commit(policy, state, alice, ...changes);
const doingIn =
  (other: PolicyState, author: Author, ...changes: readonly Change[]): Asked =>
  (policy) =>
    commit(policy, other, author, ...changes);
const creating =
  (other: PolicyState, creator = "alice"): Asked =>
  ({ decide }) =>
    decide(other, { kind: "create", creator: user(creator) });
/** Two things that one commit cannot have, as one proposal of somebody who may do either. */
const together =
  (...changes: readonly Change[]): Asked =>
  ({ decideTogether }) =>
    decideTogether([proposal(alice, changes)]);

const open = { capabilities: ["canOpenJoin", "canUseJoinCode"], roleChanges: [{ from: 0, to: [2] }] };
const welcoming = (more: Parameters<typeof room>[1] = {}) =>
  room({ alice: 3, bob: 2 }, { roles: roles({ 0: open }), ...more });
const deserted = (persistentRoom: boolean) => ({
  ...welcoming({ base: plainBaseRoomPolicy({ persistentRoom }) }),
  members: [],
});
const closed = (which: "externalCommitAllowed" | "externalProposalAllowed") =>
  operational({ [which]: false }).operational;

const membership: Refusals = {
  "provider-has-role": (policy) => propose(policy, state, server("a.example"), change.removeClient("bob", 1)),
  "role-is-defined": doing(change.add("eve", 9)),
  "authorised-role-change": doingIn(
    room({ alice: 3 }, { roles: [role(0), role(1), role(2), { ...able, roleChanges: [] }] }),
    alice,
    change.add("eve", 2),
  ),
  "added-user-is-unlisted": doing(change.add("bob", 2)),
  "removed-user-is-listed": doing(change.remove("eve")),
  "changed-user-is-listed": doing(change.move("eve", 2, 3)),
  "clients-come-with-user": doing(change.addClient("eve")),
  "client-is-new": doing(change.addClient("alice")),
  "joins-as-participant": doingIn(welcoming(), joiner("eve"), change.join),
  "join-code-valid": doingIn(
    welcoming({
      roles: roles({ 0: { ...open, capabilities: ["canUseJoinCode"] } }),
      joinCodes: [{ code: "another", role: 2, multiuser: false }],
    }),
    joiner("eve", { joinCode: "code" }),
    change.join,
    change.add("eve", 2),
  ),
  "entry-role": doingIn(welcoming(), joiner("eve"), change.join, change.add("eve", 3)),
  "group-is-gone": ({ decideNewGroup }) =>
    decideNewGroup(welcoming({ base: plainBaseRoomPolicy({ persistentRoom: true }) }), joiner("eve")),
  "room-is-persistent": ({ decideNewGroup }) => decideNewGroup(deserted(false), joiner("eve")),
  "external-commits-allowed": doingIn(
    welcoming({ operational: closed("externalCommitAllowed") }),
    joiner("eve"),
    change.join,
    change.add("eve", 2),
  ),
  "external-proposals-allowed": (policy) => {
    const kicking = { claims: [basicClaim("provider", "mimi://a.example")], role: able };
    const closedRoom = room(
      { alice: 3, bob: 2 },
      { preauthorized: [kicking], operational: closed("externalProposalAllowed") },
    );
    return propose(policy, closedRoom, server("a.example"), change.removeClient("bob", 1));
  },
  "own-role-is-preauthorised": doing(change.move("alice", 3, 2)),
  "fixed-membership": doingIn(
    room({ alice: 3 }, { base: plainBaseRoomPolicy({ fixedMembership: true }) }),
    alice,
    change.add("eve", 2),
  ),
  "committer-is-participant": doingIn(state, by(state, "eve"), change.rename),
  "leaver-does-not-commit": (policy) =>
    commitOf(policy, room({ alice: 3, bob: 3 }), alice, [
      proposal(by(room({ alice: 3, bob: 3 }), "bob"), [change.removeClient("alice", 0)], "ref"),
    ]),
};

const components: Refusals = {
  "change-is-known": doing(change.other("something")),
  "metadata-field-is-changeable": doing({ kind: "changeMetadata", fields: ["room_uri"] }),
  "component-is-known": doing(change.update(0xff99)),
  "component-is-needed": doing(change.drop(componentIds.roles_list)),
  "component-has-capability": (policy) =>
    policy.decide(
      state,
      {
        kind: "proposals",
        pending: [],
        proposals: [proposal(alice, [change.update(componentIds.bot_policy)], "ref")],
      },
      // It is a rule of its own only where no reserved capability stands for the rest.
      { ...defaultVariants, otherPolicies: "nobody" },
    ),
  "franking-agent-stays": doingIn(
    room({ alice: 3 }, { components: [componentIds.franking_signature_key] }),
    alice,
    change.update(componentIds.franking_signature_key),
  ),
};

const combinations: Refusals = {
  "one-change-per-user": together(change.move("bob", 2, 3), change.remove("bob")),
  "roles-change-apart": together(change.update(componentIds.roles_list), change.add("eve", 2)),
  "preauthorisations-change-apart": together(change.update(componentIds.preauth_list), change.add("eve", 2)),
  "one-metadata-update": together(change.rename, change.rename),
  "one-update-per-component": together(
    change.update(componentIds.asset_policy),
    change.update(componentIds.asset_policy),
  ),
  "component-removed-alone": together(
    change.update(componentIds.asset_policy),
    change.drop(componentIds.asset_policy),
  ),
  "link-changed-once": together(
    change.links(componentIds.join_links, ["aa"], []),
    change.links(componentIds.join_links, ["aa"], []),
  ),
  "reinit-alone": together(change.other("reinit"), change.rename),
  "one-context-change": together(
    change.other("group_context_extensions"),
    change.other("group_context_extensions"),
  ),
  "one-change-per-leaf": together(change.removeClient("bob", 1), change.removeClient("bob", 1)),
  "client-added-once": together(change.addClient("bob", 2), change.addClient("bob", 2)),
};

const dependent = (holders: Readonly<Record<string, number>>, parents: readonly string[]) =>
  room(holders, {
    base: plainBaseRoomPolicy({ parentDependant: true, parentRoom: [{ uri: "mimi://a.example/r/parent" }] }),
    parent: { participants: parents.map((name) => ({ user: user(name), role: 2 })) },
  });
const limited = (most: number) =>
  room({ alice: 3, bob: 2 }, { roles: roles({ 2: { maximumParticipants: most } }) });
const hidden = { user: "mimi://e.example/p/shade", client: "mimi://e.example/d/shade/1" };

const results: Refusals = {
  "members-are-participants": doing(change.remove("bob")),
  "banned-have-no-clients": doing(change.move("bob", 2, 1)),
  "role-limits": doingIn(limited(1), alice, change.add("eve", 2)),
  "max-clients": doingIn(
    room({ alice: 3, bob: 2 }, { base: plainBaseRoomPolicy({ maxClients: 2 }) }),
    alice,
    change.addClient("alice", 2),
  ),
  "max-users": doingIn(
    room({ alice: 3, bob: 2 }, { base: plainBaseRoomPolicy({ maxUsers: 2 }) }),
    alice,
    change.add("eve", 2),
  ),
  "single-device": doingIn(
    room({ alice: 3 }, { base: plainBaseRoomPolicy({ multiDevice: false }) }),
    alice,
    change.addClient("alice", 2),
  ),
  "parent-subset": doingIn(dependent({ alice: 3 }, ["alice", "bob", "cathy"]), alice, change.add("eve", 2)),
  "pseudonyms-allowed": doingIn(
    room({ alice: 3 }, { base: plainBaseRoomPolicy({ pseudonymsAllowed: false }) }),
    alice,
    { kind: "addParticipant", user: hidden.user, role: 2 },
    { kind: "addClient", ...hidden, keyPackage: "kp" },
  ),
  "policies-are-listed": doingIn(
    room(
      { alice: 3 },
      {
        base: plainBaseRoomPolicy(),
        components: [componentIds.participant_list, componentIds.base_room_policy],
      },
    ),
    alice,
    change.update(componentIds.bot_policy, { bots: { allowedBots: [] } }),
  ),
};

const born = (part: Partial<PolicyState>): Asked => creating(room({ alice: 3 }, part));
const parents = (...uris: readonly string[]) =>
  born({ base: plainBaseRoomPolicy({ parentDependant: true, parentRoom: uris.map((uri) => ({ uri })) }) });

const newRooms: Refusals = {
  "policy-in-envelope": born({ base: plainBaseRoomPolicy({ maxUsers: 11 }), envelope: { maxUsers: 10 } }),
  "creator-is-participant": creating(room({ alice: 3 }), "bob"),
  "open-join-on-role-zero": born({ roles: roles({ 2: { capabilities: ["canOpenJoin"] } }) }),
  "open-join-leads-somewhere": born({ roles: roles({ 0: { capabilities: ["canOpenJoin"] } }) }),
  "fixed-membership-has-no-way-in": born({ base: plainBaseRoomPolicy({ fixedMembership: true }) }),
  "parent-room-named": parents(),
  "parent-on-same-hub": parents("mimi://b.example/r/parent"),
  "preauthorised-role-is-defined": born({ preauthorized: [{ claims: [], role: role(9) }] }),
};

export const refusals: Refusals = { ...membership, ...components, ...combinations, ...results, ...newRooms };

/** The same change by somebody who may make it: lest an implementation pass by refusing everything. */
export const allowances: readonly (readonly [says: string, asked: Asked])[] = [
  ["adds a user with its clients", doing(change.add("eve", 2), change.addClient("eve"))],
  ["removes a user with its clients", doing(change.remove("bob"), change.removeClient("bob", 1))],
  ["bans a user and removes its clients", doing(change.move("bob", 2, 1), change.removeClient("bob", 1))],
  ["renames the room", doing(change.rename)],
  [
    "lets somebody in by an open door",
    doingIn(welcoming(), joiner("eve"), change.join, change.add("eve", 2)),
  ],
  ["lets a new device of a participant in", ownDevice],
  [
    "founds a persistent room's next group",
    ({ decideNewGroup }) => decideNewGroup(deserted(true), joiner("eve")),
  ],
  ["moves a user", doing(change.move("bob", 2, 3))],
  ["has a room with several links", born({ joinLinks: ["aa", "bb"] })],
  [
    "moves nobody and removes one of its own clients",
    (policy) => {
      const two = { ...state, members: [...state.members, member("alice", 9, 2)] };
      return commit(policy, two, alice, change.removeClient("alice", 9, 2));
    },
  ],
];

function ownDevice(policy: PolicyFaculties): Decision {
  const another: Author = { kind: "newMember", client: clientOf("alice", 2), user: user("alice") };
  return commit(policy, state, another, change.join);
}
