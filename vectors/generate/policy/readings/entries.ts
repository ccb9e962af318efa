/** Ways in, and rooms that take nothing from outside. room-policy-04 §4, §5, §7.1 and §8.1.1 */
import type { Author, PolicyState } from "../../../../spec-model/room/index.ts";
import type { VectorGroup } from "../../../format/case.ts";
import type { WrittenRequest } from "../../../format/policy-request.ts";
import { everyComponent, everyMove, roomWhere } from "../able-room.ts";
import { policyGroup } from "../cases.ts";
import { operationalPolicy } from "../operational-policy.ts";
import { claimOf, doing, joinerOf, roleWith, roomOf, userOf } from "../people.ts";
import { hub, proposing } from "./requests.ts";

export function entryReadings(): VectorGroup[] {
  return [preauthorisations(), joinCodes(), outsiders()];
}

function joining(author: Author, role: number): WrittenRequest {
  return { kind: "commit", author, proposals: [{ author, changes: [doing.join, doing.add("eve", role)] }] };
}

/** Which role one gives, and to whom. §4 */
function preauthorisations(): VectorGroup {
  const joins = ["canJoinIfPreauthorized"];
  const room = (listed: readonly string[], embedded: readonly string[], role = 2, claims = ["Staff"]) =>
    roomOf(
      [roleWith(0, { roleChanges: everyMove }), roleWith(1), roleWith(2, { capabilities: listed })],
      { alice: 2 },
      {
        preauthorized: [{ claims: claims.map(claimOf), role: roleWith(role, { capabilities: embedded }) }],
      },
    );
  const claiming = (...claimed: readonly string[]) =>
    joining({ ...joinerOf("eve"), claims: claimed.map(claimOf) }, 2);
  return policyGroup("A preauthorisation for role 2", room(joins, []), [
    {
      id: "policy-preauthorisation-of-list",
      comment: "the room's role 2 may join, the role in the preauthorisation may not",
      request: claiming("Staff"),
    },
    {
      id: "policy-preauthorisation-as-embedded",
      comment: "the role in the preauthorisation may join, the room's role 2 may not",
      state: room([], joins),
      request: claiming("Staff"),
      refused: {
        parent: "policy-preauthorisation-of-list",
        path: "state.roles",
        op: "the role lacks canJoinIfPreauthorized",
      },
    },
    {
      id: "policy-preauthorisation-without-claims",
      comment: "it asks for no claim, and the newcomer has none",
      state: room(joins, joins, 2, []),
      request: claiming(),
    },
    {
      id: "policy-preauthorisation-for-role-0",
      comment: "it asks for no claim, and is for role 0",
      state: room(joins, joins, 0, []),
      request: claiming(),
      refused: {
        parent: "policy-preauthorisation-without-claims",
        path: "state.preauthorized",
        op: "role 0 is none to join in",
      },
    },
  ]);
}

/** Which role a code leads to. §8.1.1 */
function joinCodes(): VectorGroup {
  const room = (role: number, zero: readonly string[] = ["canUseJoinCode"]) =>
    roomOf(
      [
        roleWith(0, { capabilities: zero, roleChanges: [{ from: 0, to: [2] }] }),
        ...[1, 2, 3].map((index) => roleWith(index)),
      ],
      { alice: 2 },
      { joinCodes: [{ code: "c0de", role, multiuser: false }] },
    );
  const requester = joinerOf("eve", "c0de");
  const asking: WrittenRequest = { kind: "groupInfo", requester };
  const fixed = (fixedMembership: boolean): PolicyState => ({
    ...room(2),
    base: { ...everyComponent, fixedMembership },
    joinCodes: [],
  });
  const create = { kind: "create", creator: userOf("alice") } as const;
  return policyGroup("A join code, where role 0 leads to role 2", room(2), [
    { id: "policy-code-for-role-2", comment: "a code for role 2", request: joining(requester, 2) },
    {
      id: "policy-code-for-role-3",
      comment: "a code for role 3",
      state: room(3),
      request: joining(requester, 3),
      refused: {
        parent: "policy-code-for-role-2",
        path: "state.joinCodes",
        op: "for a role that role 0 does not lead to",
      },
    },
    { id: "policy-code-shown", comment: "a code is shown for the GroupInfo", request: asking },
    {
      id: "policy-code-shown-without",
      comment: "a code is shown for the GroupInfo of a room that takes none",
      state: room(2, []),
      request: asking,
      refused: { parent: "policy-code-shown", path: "state.roles", op: "role 0 lacks canUseJoinCode" },
    },
    {
      id: "policy-code-room",
      comment: "a room is created in which role 0 may use join codes",
      state: fixed(false),
      request: create,
    },
    {
      id: "policy-code-room-fixed",
      comment: "a room with fixed membership is created in which role 0 may use join codes",
      state: fixed(true),
      request: create,
      refused: {
        parent: "policy-code-room",
        path: "state.base.fixedMembership",
        op: "the membership is fixed",
      },
    },
  ]);
}

/** §7.1 */
function outsiders(): VectorGroup {
  const open = roomWhere(["canRemoveParticipant"], { operational: operationalPolicy({}) }, ["canOpenJoin"]);
  const entry = { user: "mimi://a.example", role: 3 };
  const state = { ...open, participants: [...open.participants, entry] };
  const without = (changes: Parameters<typeof operationalPolicy>[0]): PolicyState => ({
    ...state,
    operational: operationalPolicy(changes),
  });
  const requester = joinerOf("eve");
  const asking: WrittenRequest = { kind: "groupInfo", requester };
  const removal = proposing(hub, doing.remove("bob", 2), doing.removeClient("bob", 1));
  const commits = without({ externalCommitAllowed: false });
  const path = "state.operational";
  return policyGroup("External commits and external proposals", state, [
    { id: "policy-outside-commit", comment: "a newcomer commits", request: joining(requester, 2) },
    {
      id: "policy-outside-commit-forbidden",
      comment: "a newcomer commits where external commits are forbidden",
      state: commits,
      request: joining(requester, 2),
      refused: { parent: "policy-outside-commit", path, op: "externalCommitAllowed is false" },
    },
    { id: "policy-outside-info", comment: "a newcomer asks for the GroupInfo", request: asking },
    {
      id: "policy-outside-info-forbidden",
      comment: "a newcomer asks for the GroupInfo where external commits are forbidden",
      state: commits,
      request: asking,
      refused: { parent: "policy-outside-info", path, op: "externalCommitAllowed is false" },
    },
    { id: "policy-outside-proposal", comment: "the hub proposes a removal", request: removal },
    {
      id: "policy-outside-proposal-forbidden",
      comment: "the hub proposes a removal where external proposals are forbidden",
      state: without({ externalProposalAllowed: false }),
      request: removal,
      refused: { parent: "policy-outside-proposal", path, op: "externalProposalAllowed is false" },
    },
  ]);
}
