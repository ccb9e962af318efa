/** Who asks from outside, and what rooms and their members hang on: parents, limits. protocol-06 §5.6, room-policy-04 §4, §5 */
import type { Author, Change, PolicyState, policyRules } from "../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import type { WrittenRequest } from "../../format/policy-request.ts";
import { type Expected, policyGroup } from "./cases.ts";
import { authorIn, claimOf, doing, joinerOf, memberOf, roleWith, roomOf, userOf } from "./people.ts";

/** The rules that only these cases are about. */
export const outsideRules: readonly (keyof typeof policyRules)[] = [
  "leaver-does-not-commit",
  "parent-subset",
  "provider-has-role",
];

export function outsideGroups(): VectorGroup[] {
  return [groupInfo(), providers(), parents(), leavers(), lowered(), singled()];
}

const base = plainBaseRoomPolicy();

function groupInfo(): VectorGroup {
  const room = (
    zero: readonly string[],
    two: readonly string[] = [],
    more: Partial<PolicyState> = {},
    to: readonly number[] = [2],
  ) => {
    const roles = [
      roleWith(0, { capabilities: zero, roleChanges: [{ from: 0, to }] }),
      roleWith(1),
      roleWith(2, { capabilities: two }),
    ];
    return roomOf(roles, { alice: 2, bob: 2, dave: 1 }, more);
  };
  const open = room(["canOpenJoin"]);
  const coded = room(["canUseJoinCode"], [], { joinCodes: [{ code: "c0de", role: 2, multiuser: false }] });
  const asking = (name: string, code?: string): WrittenRequest => ({
    kind: "groupInfo",
    requester: joinerOf(name, code),
  });
  const refused = (parent: string, path: string, op: string) => ({
    parent: `policy-group-info-${parent}`,
    path,
    op,
  });
  const id = (name: string) => `policy-group-info-${name}`;
  return policyGroup("Who gets the GroupInfo", open, [
    { id: id("open"), comment: "a stranger asks for that of an open room", request: asking("eve") },
    {
      id: id("closed"),
      comment: "a stranger asks for that of a room without a way in",
      state: room([]),
      request: asking("eve"),
      refused: refused("open", "state.roles", "role 0 lacks canOpenJoin"),
    },
    {
      id: id("open-to-undefined"),
      comment: "a stranger asks for that of a room that is open to a role that there is not",
      state: room(["canOpenJoin"], [], {}, [9]),
      request: asking("eve"),
      refused: refused("open", "state.roles", "the change from role 0 is to role 9, which is not defined"),
    },
    {
      id: id("banned"),
      comment: "a banned user asks for that of an open room",
      request: asking("dave"),
      refused: refused("open", "request.requester", "the user is banned"),
    },
    {
      id: id("fixed"),
      comment: "a stranger asks for that of a room with fixed membership",
      state: { ...open, base: { ...base, fixedMembership: true } },
      request: asking("eve"),
      refused: refused("open", "state.base", "the membership is fixed"),
    },
    { id: id("code"), comment: "with a join code", state: coded, request: asking("eve", "c0de") },
    {
      id: id("wrong-code"),
      comment: "with another code",
      state: coded,
      request: asking("eve", "0000"),
      refused: refused("code", "request.requester.joinCode", "a code that is not the room's"),
    },
    {
      id: id("own-client"),
      comment: "a participant asks for another client",
      state: room([], ["canAddOwnClient"]),
      request: asking("bob"),
    },
    {
      id: id("own-client-without"),
      comment: "a participant asks for another client, without canAddOwnClient",
      state: room([]),
      request: asking("bob"),
      refused: refused("own-client", "state.roles", "the role lacks canAddOwnClient"),
    },
  ]);
}

/** A hub takes Bob out: by its entry in the list, or by what it is preauthorised for. */
function providers(): VectorGroup {
  const enforcer = (capability: string) =>
    roleWith(3, { capabilities: [capability], roleChanges: [{ from: 2, to: [0] }] });
  const people = { alice: 2, bob: 2 };
  const preauthorised = (capability: string) => {
    const role = enforcer(capability);
    return roomOf([roleWith(0), roleWith(1), roleWith(2), role], people, {
      preauthorized: [{ claims: [claimOf("Enforcer")], role }],
    });
  };
  const able = preauthorised("canRemoveParticipant");
  const proposing = (...organisations: readonly string[]): WrittenRequest => {
    const author: Author = { kind: "provider", domain: "a.example", claims: organisations.map(claimOf) };
    const changes = [doing.remove("bob", 2), doing.removeClient("bob", 1)];
    return { kind: "proposals", pending: [], proposals: [{ reference: "00", author, changes }] };
  };
  const refused = (path: string, op: string) => ({ parent: "policy-provider-preauthorised", path, op });
  return policyGroup("The hub proposes to remove Bob", able, [
    {
      id: "policy-provider-preauthorised",
      comment: "the hub is preauthorised for a role that may",
      request: proposing("Enforcer"),
    },
    {
      id: "policy-provider-without-claim",
      comment: "the hub claims something else",
      request: proposing("Staff"),
      refused: refused("request.proposals", "another claim than the entry's"),
    },
    {
      id: "policy-provider-without",
      comment: "the role that the hub is preauthorised for may not",
      state: preauthorised("canChangeUserRole"),
      request: proposing("Enforcer"),
      refused: refused("state.roles", "the role lacks canRemoveParticipant"),
    },
  ]);
}

function parents(): VectorGroup {
  const roles = [
    roleWith(0),
    roleWith(1),
    roleWith(2, { capabilities: ["canAddParticipant"], roleChanges: [{ from: 0, to: [2] }] }),
  ];
  const under = (...names: readonly string[]): PolicyState =>
    roomOf(
      roles,
      { alice: 2 },
      {
        base: { ...base, parentDependant: true, parentRoom: [{ uri: "mimi://a.example/r/parent" }] },
        parent: { participants: names.map((name) => ({ user: userOf(name), role: 2 })) },
      },
    );
  const state = under("alice", "bob", "cathy");
  const request = committing(state, "alice", doing.add("bob", 2));
  return policyGroup("A room that depends on a parent room", state, [
    { id: "policy-parent-participant", comment: "a participant of the parent room is added", request },
    {
      id: "policy-parent-stranger",
      comment: "somebody is added who is not in the parent room",
      state: under("alice", "cathy", "dave"),
      request,
      refused: { parent: "policy-parent-participant", path: "state.parent", op: "the user is not in it" },
    },
    {
      id: "policy-parent-everybody",
      comment: "the last participant of the parent room is added",
      state: under("alice", "bob"),
      request,
      refused: {
        parent: "policy-parent-participant",
        path: "state.parent",
        op: "all who are in it are in this room",
      },
    },
  ]);
}

function leavers(): VectorGroup {
  const roles = [roleWith(0), roleWith(1), roleWith(2, { capabilities: ["canRemoveOwnClient"] })];
  const state = roomOf(roles, { alice: 2, bob: 2 });
  const author = authorIn(state, "bob");
  const changes = [doing.removeClient("bob", 1)];
  const byBob = { reference: "01", author, changes };
  const cases: readonly Expected[] = [
    {
      id: "policy-leaver-proposes",
      comment: "Alice commits what Bob's client has proposed",
      request: { kind: "commit", author: authorIn(state, "alice"), proposals: [byBob] },
    },
    {
      id: "policy-leaver-commits",
      comment: "Bob's client commits its own removal",
      request: { kind: "commit", author, proposals: [{ author, changes }] },
      refused: { parent: "policy-leaver-proposes", path: "request.author", op: "who goes commits it" },
    },
  ];
  return policyGroup("Bob's only client leaves the group", state, cases);
}

/** A limit comes after those whom it is about. */
function lowered(): VectorGroup {
  const roles = [roleWith(0), roleWith(1), roleWith(2, { capabilities: ["canChangeRoomMembershipStyle"] })];
  const state = roomOf(roles, { alice: 2, bob: 2, cathy: 2 }, { base });
  const setting = (maxUsers: number): Change => ({
    kind: "changeComponent",
    component: componentIds.base_room_policy,
    op: "update",
    sets: { base: { ...base, maxUsers } },
  });
  return policyGroup("Alice gives a room of three users a limit", state, [
    {
      id: "policy-limit-users-set",
      comment: "three users are its limit",
      request: committing(state, "alice", setting(3)),
    },
    {
      id: "policy-limit-users-set-below",
      comment: "two users are its limit",
      request: committing(state, "alice", setting(2)),
      refused: {
        parent: "policy-limit-users-set",
        path: "request.proposals",
        op: "one user fewer than the room has",
      },
    },
  ]);
}

/** A room of single devices, made of one where users have several. */
function singled(): VectorGroup {
  const roles = [roleWith(0), roleWith(1), roleWith(2, { capabilities: ["canChangeRoomMembershipStyle"] })];
  const state = roomOf(roles, { alice: 2, bob: 2 }, { base });
  const several = { ...state, members: [...state.members, memberOf("bob", 2, 2)] };
  const setting: Change = {
    kind: "changeComponent",
    component: componentIds.base_room_policy,
    op: "update",
    sets: { base: { ...base, multiDevice: false } },
  };
  return policyGroup("Alice gives a room single devices", state, [
    {
      id: "policy-single-device-set",
      comment: "everybody has one",
      request: committing(state, "alice", setting),
    },
    {
      id: "policy-single-device-set-over-two",
      comment: "Bob has two",
      state: several,
      request: committing(state, "alice", setting),
      refused: { parent: "policy-single-device-set", path: "state.members", op: "a second client of Bob's" },
    },
  ]);
}

function committing(state: PolicyState, name: string, ...changes: readonly Change[]): WrittenRequest {
  const author = authorIn(state, name);
  return { kind: "commit", author, proposals: [{ author, changes }] };
}
