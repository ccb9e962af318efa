/** What users do to themselves, and what others may not do for them: own roles, leaving, unbanning, pseudonyms. §4, §5, §8.1 */

import type { Change, PolicyState, policyRules } from "../../../spec-model/room/index.ts";
import { plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import type { WrittenRequest } from "../../format/policy-request.ts";
import { policyGroup } from "./cases.ts";
import { authorIn, claimOf, doing, joinerOf, roleWith, roomOf, userOf } from "./people.ts";

/** The rules that only these cases are about. */
export const ownRules: readonly (keyof typeof policyRules)[] = [
  "canChangeOwnRole",
  "canRemoveSelf",
  "own-role-is-preauthorised",
  "members-are-participants",
  "pseudonyms-allowed",
  "clients-come-with-user",
];

export function ownGroups(): VectorGroup[] {
  return [ownRoles(), preauthorised(), leaving(), unbanning(), pseudonyms(), identifiers()];
}

const committing = (state: PolicyState, name: string, ...changes: readonly Change[]): WrittenRequest => {
  const author = authorIn(state, name);
  return { kind: "commit", author, proposals: [{ author, changes }] };
};

/** Alice's claims match two entries: the first gives role 3, the second role 4. */
function ownRoles(): VectorGroup {
  const roles = (capability: string, least: number, most: number) => [
    roleWith(0),
    roleWith(1),
    roleWith(2, { capabilities: [capability], minimumParticipants: least }),
    roleWith(3, { maximumParticipants: most }),
    roleWith(4),
  ];
  const preauthorized = [
    { claims: [claimOf("Board")], role: roleWith(3) },
    { claims: [claimOf("Staff")], role: roleWith(4) },
  ];
  const room = (capability = "canChangeOwnRole", least = 1, most = 2) =>
    roomOf(roles(capability, least, most), { alice: 2, bob: 2, cathy: 3 }, { preauthorized });
  const byAlice = (state: PolicyState, change: Change): WrittenRequest => {
    const author = { ...authorIn(state, "alice"), claims: [claimOf("Staff"), claimOf("Board")] };
    return { kind: "commit", author, proposals: [{ author, changes: [change] }] };
  };
  const move = (state: PolicyState) => ({ state, request: byAlice(state, doing.move("alice", 2, 3)) });
  const refused = (path: string, op: string) => ({ parent: "policy-own-role-first", path, op });
  const state = room();
  return policyGroup("Alice and Bob have role 2; preauthorisation gives her role 3, or else 4", state, [
    { id: "policy-own-role-first", comment: "Alice takes the role of the first entry", ...move(state) },
    {
      id: "policy-own-role-later",
      comment: "Alice takes the role of a later entry that matches, too",
      request: byAlice(state, doing.move("alice", 2, 4)),
      refused: refused("request", "the role of a later entry"),
    },
    {
      id: "policy-own-role-of-other",
      comment: "Alice gives Bob a role that there is a preauthorisation for",
      request: byAlice(state, doing.move("bob", 2, 4)),
      refused: refused("request", "the role of somebody else"),
    },
    {
      id: "policy-own-role-without",
      comment: "Alice's role lacks canChangeOwnRole",
      ...move(room("canChangeUserRole")),
      refused: refused("state.roles", "the role lacks canChangeOwnRole"),
    },
    {
      id: "policy-own-role-minimum",
      comment: "Alice's old role needs two participants",
      ...move(room("canChangeOwnRole", 2)),
      refused: refused("state.roles", "one participant fewer than the old role needs"),
    },
    {
      id: "policy-own-role-maximum",
      comment: "Alice's new role has one participant at most",
      ...move(room("canChangeOwnRole", 1, 1)),
      refused: refused("state.roles", "one participant more than the new role has room for"),
    },
  ]);
}

function preauthorised(): VectorGroup {
  const room = (most: number) => {
    const role = roleWith(3, { capabilities: ["canJoinIfPreauthorized"], maximumParticipants: most });
    const roles = [roleWith(0), roleWith(1), roleWith(2), role];
    return roomOf(roles, { alice: 2, bob: 3 }, { preauthorized: [{ claims: [claimOf("Staff")], role }] });
  };
  const author = { ...joinerOf("eve"), claims: [claimOf("Staff")] };
  const request: WrittenRequest = {
    kind: "commit",
    author,
    proposals: [{ author, changes: [doing.join, doing.add("eve", 3)] }],
  };
  return policyGroup("Eve's credential preauthorises her for role 3", room(2), [
    { id: "policy-preauthorised-room", comment: "the role has room for one more", request },
    {
      id: "policy-preauthorised-full",
      comment: "the role is full",
      state: room(1),
      request,
      refused: {
        parent: "policy-preauthorised-room",
        path: "state.roles",
        op: "one participant more than the role has room for",
      },
    },
  ]);
}

/** Bob proposes to leave, Alice commits it. */
function leaving(): VectorGroup {
  const room = (to: readonly number[], capabilities: readonly string[] = ["canRemoveSelf"]) =>
    roomOf([roleWith(0), roleWith(1), roleWith(2, { capabilities, roleChanges: [{ from: 2, to }] })], {
      alice: 2,
      bob: 2,
    });
  const state = room([0]);
  const request = (changes: readonly Change[]): WrittenRequest => ({
    kind: "commit",
    author: authorIn(state, "alice"),
    proposals: [{ reference: "01", author: authorIn(state, "bob"), changes }],
  });
  const all = request([doing.remove("bob", 2), doing.removeClient("bob", 1)]);
  const refused = (path: string, op: string) => ({ parent: "policy-leave", path, op });
  return policyGroup("Alice commits what Bob has proposed", state, [
    { id: "policy-leave", comment: "Bob leaves with his client", request: all },
    {
      id: "policy-leave-without-clients",
      comment: "Bob leaves the list, and his client stays",
      request: request([doing.remove("bob", 2)]),
      refused: refused("request.proposals", "his client is not removed"),
    },
    {
      id: "policy-leave-not-allowed",
      comment: "Bob's role lacks canRemoveSelf",
      state: room([0], ["canRemoveOwnClient"]),
      request: all,
      refused: refused("state.roles", "the role lacks canRemoveSelf"),
    },
    {
      id: "policy-leave-no-transition",
      comment: "Bob's role leads nowhere",
      state: room([]),
      request: all,
      refused: refused("state.roles", "the role does not lead to role 0"),
    },
  ]);
}

function unbanning(): VectorGroup {
  const roles = [
    roleWith(0),
    roleWith(1),
    roleWith(2, { capabilities: ["canUnBan"], roleChanges: [{ from: 1, to: [2] }] }),
  ];
  const state = roomOf(roles, { alice: 2, bob: 1 });
  const unban = doing.move("bob", 1, 2);
  return policyGroup("Bob is banned, and Alice may unban him and do nothing else", state, [
    { id: "policy-unban-alone", comment: "Bob is unbanned", request: committing(state, "alice", unban) },
    {
      id: "policy-unban-with-client",
      comment: "Bob is unbanned, and his client added",
      request: committing(state, "alice", unban, doing.addClient("bob")),
      refused: { parent: "policy-unban-alone", path: "request.proposals", op: "his client is added, too" },
    },
  ]);
}

function pseudonyms(): VectorGroup {
  const can = ["canAddParticipant"];
  const roles = [
    roleWith(0),
    roleWith(1),
    roleWith(2, { capabilities: can, roleChanges: [{ from: 0, to: [2] }] }),
  ];
  const room = (pseudonymsAllowed: boolean) =>
    roomOf(roles, { alice: 2 }, { base: { ...noBase, pseudonymsAllowed } });
  const user = "mimi://e.example/p/somebody";
  const changes: readonly Change[] = [
    { kind: "addParticipant", user, role: 2 },
    { kind: "addClient", client: "mimi://e.example/d/somebody/1", user, keyPackage: "somebody 1" },
  ];
  const request = committing(room(true), "alice", ...changes);
  return policyGroup("Somebody is added under a pseudonym", room(true), [
    { id: "policy-pseudonym-allowed", comment: "where pseudonyms are allowed", request },
    {
      id: "policy-pseudonym-refused",
      comment: "where they are not",
      state: room(false),
      request,
      refused: {
        parent: "policy-pseudonym-allowed",
        path: "state.base.pseudonymsAllowed",
        op: "pseudonyms are not allowed",
      },
    },
  ]);
}

/** All clients of a user are in the room under the one identifier that is in the list. protocol-06 §7.5 */
function identifiers(): VectorGroup {
  const state = roomOf([roleWith(0), roleWith(1), roleWith(2, { capabilities: ["canAddOwnClient"] })], {
    alice: 2,
    bob: 2,
  });
  const adding = (user: string): WrittenRequest =>
    committing(state, "bob", { ...doing.addClient("bob", 2), user } as Change);
  return policyGroup("Bob adds his second client", state, [
    {
      id: "policy-identifier-listed",
      comment: "by the identifier in the list",
      request: adding(userOf("bob")),
    },
    {
      id: "policy-identifier-other",
      comment: "by another identifier, which is not in the list",
      request: adding("mimi://b.example/u/robert"),
      refused: {
        parent: "policy-identifier-listed",
        path: "request.proposals.changes.user",
        op: "an identifier that is not in the list",
      },
    },
  ]);
}

const noBase = plainBaseRoomPolicy();
