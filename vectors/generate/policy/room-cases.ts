/** Role changes, numbers at and around their limits, ways into a room, and rooms that do not change. §3 to §5, §8.1 */

import type { Author, Change, PolicyState } from "../../../spec-model/room/index.ts";
import { plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import type { WrittenRequest } from "../../format/policy-request.ts";
import { type Expected, policyGroup } from "./cases.ts";
import { authorIn, claimOf, doing, joinerOf, memberOf, roleWith, roomOf, userOf } from "./people.ts";

export function roomGroups(): VectorGroup[] {
  return [roleChanges(), limits(), entries(), fixed(), pending(), singleDevice()];
}

function committing(state: PolicyState, name: string, ...changes: readonly Change[]): WrittenRequest {
  const author = authorIn(state, name);
  return { kind: "commit", author, proposals: [{ author, changes }] };
}

/** Every pair of roles against the moves that Alice's role lists. */
function roleChanges(): VectorGroup {
  const moves = [
    { from: 2, to: [3] },
    { from: 3, to: [2, 4] },
  ];
  const roles = [
    roleWith(0),
    roleWith(1),
    roleWith(2),
    roleWith(3),
    roleWith(4),
    roleWith(5, { capabilities: ["canChangeUserRole"], roleChanges: moves }),
  ];
  const listed = new Set(moves.flatMap(({ from, to }) => to.map((each) => `${from} ${each}`)));
  const state = roomOf(roles, { alice: 5, bob: 2 });
  const pairs = [2, 3, 4].flatMap((from) =>
    [2, 3, 4, 5].filter((to) => to !== from).map((to) => [from, to] as const),
  );
  return policyGroup(
    "Alice may move users from role 2 to 3, and from role 3 to 2 or 4",
    state,
    pairs.map(([from, to]): Expected => {
      const own = roomOf(roles, { alice: 5, bob: from });
      const common = {
        id: `policy-move-${from}-to-${to}`,
        comment: `Bob from role ${from} to role ${to}`,
        state: own,
        request: committing(own, "alice", doing.move("bob", from, to)),
      };
      if (listed.has(`${from} ${to}`)) return common;
      return {
        ...common,
        refused: { parent: "policy-move-2-to-3", path: "request", op: "a move that is not listed" },
      };
    }),
  );
}

/** Roles with 1 to 2 participants, at and around both. */
function limits(): VectorGroup {
  const can = ["canAddParticipant", "canRemoveParticipant", "canChangeUserRole"];
  const everyMove = [0, 2, 3].map((from) => ({ from, to: [0, 2, 3].filter((to) => to !== from) }));
  const roles = [
    roleWith(0, { roleChanges: everyMove }),
    roleWith(1),
    roleWith(2, { minimumParticipants: 1, maximumParticipants: 2 }),
    roleWith(3, { capabilities: can, roleChanges: everyMove }),
  ];
  const one = roomOf(roles, { alice: 3, bob: 2 });
  const two = roomOf(roles, { alice: 3, bob: 2, cathy: 2 });
  const refused = (parent: string, op: string) => ({
    parent: `policy-limit-${parent}`,
    path: "state.participants",
    op,
  });
  const active = roles.map((role) =>
    role.index === 2 ? roleWith(2, { maximumActiveParticipants: 1 }) : role,
  );
  const idle = { ...roomOf(active, { alice: 3, bob: 2 }) };
  const max = (maxUsers: number, state: PolicyState): PolicyState => ({
    ...state,
    base: { ...noBase, maxUsers },
  });
  return policyGroup("Role 2 has 1 to 2 participants", one, [
    {
      id: "policy-limit-add-second",
      comment: "a second participant",
      request: committing(one, "alice", doing.add("eve", 2)),
    },
    {
      id: "policy-limit-add-third",
      comment: "a third participant",
      state: two,
      request: committing(two, "alice", doing.add("eve", 2)),
      refused: refused("add-second", "one more participant than the role has room for"),
    },
    {
      id: "policy-limit-remove-second",
      comment: "the second participant leaves",
      state: two,
      request: committing(two, "alice", doing.remove("cathy", 2), doing.removeClient("cathy", 2)),
    },
    {
      id: "policy-limit-remove-first",
      comment: "the last participant leaves",
      request: committing(one, "alice", doing.remove("bob", 2), doing.removeClient("bob", 1)),
      refused: refused("remove-second", "one participant fewer than the role needs"),
    },
    {
      id: "policy-limit-swap",
      comment: "one leaves and one comes in the same commit",
      state: two,
      request: committing(
        two,
        "alice",
        doing.remove("cathy", 2),
        doing.removeClient("cathy", 2),
        doing.add("eve", 2),
      ),
    },
    {
      id: "policy-limit-move-last",
      comment: "the last participant gets another role",
      request: committing(one, "alice", doing.move("bob", 2, 3)),
      refused: refused("swap", "one participant fewer than the role needs"),
    },
    {
      id: "policy-limit-active-idle",
      comment: "a participant without a client where one may be active",
      state: idle,
      request: committing(idle, "alice", doing.add("eve", 2)),
    },
    {
      id: "policy-limit-active-second",
      comment: "a second participant with a client where one may be active",
      state: idle,
      request: committing(idle, "alice", doing.add("eve", 2), doing.addClient("eve")),
      refused: refused("active-idle", "one active participant more than the role has room for"),
    },
    {
      id: "policy-limit-users-within",
      comment: "a third user where three may be",
      state: max(3, one),
      request: committing(one, "alice", doing.add("eve", 2)),
    },
    {
      id: "policy-limit-users-beyond",
      comment: "a third user where two may be",
      state: max(2, one),
      request: committing(one, "alice", doing.add("eve", 2)),
      refused: refused("users-within", "one user more than the room has room for"),
    },
  ]);
}

const noBase = plainBaseRoomPolicy();

/** Open join, join codes, preauthorisation, one's own further client. */
function entries(): VectorGroup {
  const leads = [{ from: 0, to: [2] }];
  const rolesWith = (zero: readonly string[], two: readonly string[] = []) => [
    roleWith(0, { capabilities: zero, roleChanges: leads }),
    roleWith(1),
    roleWith(2, { capabilities: two }),
    roleWith(3, { capabilities: ["canJoinIfPreauthorized"] }),
  ];
  const joining = (name: string, role: number | undefined, code?: string) =>
    joiningAs(joinerOf(name, code), name, role);
  const claiming = (role: number, ...claimed: readonly string[]) =>
    joiningAs({ ...joinerOf("eve"), claims: claimed.map(claimOf) }, "eve", role);
  const joiningAs = (author: Author, name: string, role: number | undefined): WrittenRequest => {
    const changes = role === undefined ? [doing.join] : [doing.join, doing.add(name, role)];
    return { kind: "commit", author, proposals: [{ author, changes }] };
  };
  const room = (zero: readonly string[], more: Partial<PolicyState> = {}, two: readonly string[] = []) =>
    roomOf(rolesWith(zero, two), { alice: 2 }, more);
  const open = room(["canOpenJoin"]);
  const coded = room(["canUseJoinCode"], { joinCodes: [{ code: "c0de", role: 2, multiuser: false }] });
  const preauthorized = room([], {
    preauthorized: [
      {
        claims: [claimOf("Staff"), claimOf("Board")],
        role: roleWith(3, { capabilities: ["canJoinIfPreauthorized"] }),
      },
    ],
  });
  const own = roomOf(rolesWith([], ["canAddOwnClient"]), { alice: 2, bob: 2 });
  const withoutBob = { ...own, members: own.members.filter(({ user }) => user !== userOf("bob")) };
  const refused = (parent: string, path: string, op: string) => ({
    parent: `policy-enter-${parent}`,
    path,
    op,
  });
  return policyGroup("External commits: who comes in, and with which role", room([]), [
    { id: "policy-enter-open", comment: "an open room", state: open, request: joining("eve", 2) },
    {
      id: "policy-enter-closed",
      comment: "a room without a way in",
      request: joining("eve", 2),
      refused: refused("open", "state.roles", "role 0 lacks canOpenJoin"),
    },
    {
      id: "policy-enter-open-other-role",
      comment: "an open room, with a role that role 0 does not lead to",
      state: open,
      request: joining("eve", 3),
      refused: refused("open", "request", "a role that no way in leads to"),
    },
    {
      id: "policy-enter-open-unlisted",
      comment: "an open room, without a place in the list",
      state: open,
      request: joining("eve", undefined),
      refused: refused("open", "request", "no place in the participant list"),
    },
    {
      id: "policy-enter-open-banned",
      comment: "an open room, by a banned user",
      state: { ...open, participants: [...open.participants, { user: userOf("eve"), role: 1 }] },
      request: joining("eve", undefined),
      refused: refused("open", "state.participants", "the user is banned"),
    },
    {
      id: "policy-enter-code",
      comment: "with a join code",
      state: coded,
      request: joining("eve", 2, "c0de"),
    },
    {
      id: "policy-enter-wrong-code",
      comment: "with another code",
      state: coded,
      request: joining("eve", 2, "beef"),
      refused: refused("code", "request.author.joinCode", "a code that is not the room's"),
    },
    {
      id: "policy-enter-no-code",
      comment: "without a code",
      state: coded,
      request: joining("eve", 2),
      refused: refused("code", "request.author.joinCode", "no code"),
    },
    {
      id: "policy-enter-preauthorised",
      comment: "preauthorised",
      state: preauthorized,
      request: claiming(3, "Board", "Staff"),
    },
    {
      id: "policy-enter-preauthorised-one-claim",
      comment: "one of the two claims that a preauthorisation asks for",
      state: preauthorized,
      request: claiming(3, "Staff"),
      refused: refused("preauthorised", "request.author.claims", "a claim is missing"),
    },
    {
      id: "policy-enter-preauthorised-other-role",
      comment: "preauthorised, with another role",
      state: preauthorized,
      request: claiming(2, "Board", "Staff"),
      refused: refused("preauthorised", "request", "another role than the entry's"),
    },
    {
      id: "policy-enter-own-client",
      comment: "a participant's client",
      state: withoutBob,
      request: joining("bob", undefined),
    },
    {
      id: "policy-enter-own-client-without",
      comment: "a participant's client, without canAddOwnClient",
      state: { ...withoutBob, roles: rolesWith([]) },
      request: joining("bob", undefined),
      refused: refused("own-client", "state.roles", "the role lacks canAddOwnClient"),
    },
  ]);
}

/** A room of fixed membership: its list is what it was created with. */
function fixed(): VectorGroup {
  const can = ["canAddParticipant", "canRemoveParticipant", "canAddOwnClient", "canRemoveOwnClient"];
  const moves = [
    { from: 0, to: [2] },
    { from: 2, to: [0] },
  ];
  const roles = [roleWith(0), roleWith(1), roleWith(2, { capabilities: can, roleChanges: moves })];
  const free = { ...roomOf(roles, { alice: 2, bob: 2 }), base: noBase };
  const state = { ...free, base: { ...noBase, fixedMembership: true } };
  const refused = (parent: string) => ({
    parent: `policy-fixed-${parent}`,
    path: "state.base.fixedMembership",
    op: "the membership is fixed",
  });
  const add = doing.add("eve", 2);
  const remove = [doing.remove("bob", 2), doing.removeClient("bob", 1)];
  return policyGroup("Two users, and nobody else ever", state, [
    {
      id: "policy-fixed-free-add",
      comment: "somebody is added where membership is not fixed",
      state: free,
      request: committing(free, "alice", add),
    },
    {
      id: "policy-fixed-add",
      comment: "somebody is added",
      request: committing(state, "alice", add),
      refused: refused("free-add"),
    },
    {
      id: "policy-fixed-free-remove",
      comment: "somebody is removed where membership is not fixed",
      state: free,
      request: committing(free, "alice", ...remove),
    },
    {
      id: "policy-fixed-remove",
      comment: "somebody is removed",
      request: committing(state, "alice", ...remove),
      refused: refused("free-remove"),
    },
    {
      id: "policy-fixed-own-client",
      comment: "a further client of a user in it",
      request: committing(state, "alice", doing.addClient("alice", 2)),
    },
  ]);
}

/** What has been accepted counts before anybody has committed it. protocol-06 §7.1 */
function pending(): VectorGroup {
  const can = ["canRemoveParticipant", "canAddParticipant", "canChangeRoomName"];
  const moves = [
    { from: 0, to: [2] },
    { from: 2, to: [0] },
  ];
  const roles = [roleWith(0), roleWith(1), roleWith(2, { capabilities: can, roleChanges: moves })];
  const state = roomOf(roles, { alice: 2, bob: 2, cathy: 2 });
  const author = authorIn(state, "alice");
  const removal = {
    reference: "01",
    author,
    changes: [doing.remove("bob", 2), doing.removeClient("bob", 1)],
  };
  const renaming = (name: string) => ({
    reference: "02",
    author: authorIn(state, name),
    changes: [doing.rename("room_name")],
  });
  const proposing = (name: string): WrittenRequest => ({
    kind: "proposals",
    pending: [removal],
    proposals: [renaming(name)],
  });
  const committingBoth = (name: string): WrittenRequest => ({
    kind: "commit",
    author: authorIn(state, name),
    proposals: [removal],
  });
  const refused = {
    parent: "policy-pending-other-proposes",
    path: "request",
    op: "by the user that the pending proposal removes",
  };
  return policyGroup("A proposal to remove Bob has been accepted", state, [
    { id: "policy-pending-other-proposes", comment: "Cathy proposes something", request: proposing("cathy") },
    {
      id: "policy-pending-removed-proposes",
      comment: "Bob proposes something",
      request: proposing("bob"),
      refused,
    },
    {
      id: "policy-pending-other-commits",
      comment: "Cathy commits the removal",
      request: committingBoth("cathy"),
    },
    {
      id: "policy-pending-removed-commits",
      comment: "Bob commits his own removal",
      request: committingBoth("bob"),
      refused: { ...refused, parent: "policy-pending-other-commits" },
    },
  ]);
}

function singleDevice(): VectorGroup {
  const roles = [roleWith(0), roleWith(1), roleWith(2, { capabilities: ["canAddOwnClient"] })];
  const many = { ...roomOf(roles, { alice: 2, bob: 2 }), base: noBase };
  const single = { ...many, base: { ...noBase, multiDevice: false } };
  const crowded = {
    ...many,
    members: [...many.members, memberOf("bob", 8, 2)],
    base: { ...noBase, maxClients: 3 },
  };
  const adding = (state: PolicyState) => committing(state, "alice", doing.addClient("alice", 2));
  return policyGroup("Clients of one user, and of all", many, [
    {
      id: "policy-devices-second",
      comment: "a second client where users may have several",
      request: adding(many),
    },
    {
      id: "policy-devices-single",
      comment: "a second client where users may have one",
      state: single,
      request: adding(single),
      refused: { parent: "policy-devices-second", path: "state.base.multiDevice", op: "one client a user" },
    },
    {
      id: "policy-devices-full",
      comment: "a fourth client where three may be",
      state: crowded,
      request: adding(crowded),
      refused: {
        parent: "policy-devices-second",
        path: "state.base.maxClients",
        op: "one client more than there may be",
      },
    },
  ]);
}
