/** What a hub may do itself, and what it takes that it cannot read. room-policy-04 §4, §5 and §8.3 */
import type { PolicyState } from "../../../../spec-model/room/index.ts";
import { plainBaseRoomPolicy } from "../../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../../format/case.ts";
import type { WrittenRequest } from "../../../format/policy-request.ts";
import { everyMove, roomWhere } from "../able-room.ts";
import { policyGroup } from "../cases.ts";
import { doing, roleWith, roomOf, userOf } from "../people.ts";
import { hub, otherProvider, proposing } from "./requests.ts";

export function hubReadings(): VectorGroup[] {
  return [removals(), messages(), unlisted()];
}

/** By a role that the hub is listed with, and from rooms that depend on others. §4 and §5 */
function removals(): VectorGroup {
  const enforcer = roleWith(3, { capabilities: ["canRemoveParticipant"], roleChanges: everyMove });
  const removal = [doing.remove("bob", 2), doing.removeClient("bob", 1)];
  const listed = (role: number): PolicyState => {
    const room = roomOf([roleWith(0), roleWith(1), roleWith(2), enforcer], { alice: 2, bob: 2 });
    return { ...room, participants: [...room.participants, { user: "mimi://a.example", role }] };
  };
  const parentRoom = [{ uri: "mimi://a.example/r/parent" }];
  const base = plainBaseRoomPolicy({ fixedMembership: true, parentDependant: true, parentRoom });
  const under = (...names: readonly string[]): PolicyState => {
    const parent = { participants: names.map((name) => ({ user: userOf(name), role: 2 })) };
    return roomOf([roleWith(0), roleWith(1), roleWith(2)], { alice: 2, bob: 2, dave: 1 }, { base, parent });
  };
  const left = under("alice", "cathy");
  return policyGroup("The hub removes Bob", listed(3), [
    {
      id: "policy-hub-listed",
      level: "SHOULD",
      comment: "the hub is in the list with a role that may",
      request: proposing(hub, ...removal),
    },
    {
      id: "policy-hub-listed-without",
      comment: "the hub is in the list with a role that may not",
      state: listed(2),
      request: proposing(hub, ...removal),
      refused: { parent: "policy-hub-listed", path: "state.participants", op: "a role without capabilities" },
    },
    {
      id: "policy-hub-left-parent",
      comment: "the user has left the parent room; the hub holds no role, and membership is fixed",
      state: left,
      request: proposing(hub, ...removal),
    },
    {
      id: "policy-hub-stays-in-parent",
      comment: "the user is in the parent room",
      state: under("alice", "bob", "cathy"),
      request: proposing(hub, ...removal),
      refused: { parent: "policy-hub-left-parent", path: "state.parent", op: "the user is in it" },
    },
    {
      id: "policy-hub-left-parent-by-provider",
      comment: "the user has left the parent room, and another provider proposes it",
      state: left,
      request: proposing(otherProvider, ...removal),
      refused: { parent: "policy-hub-left-parent", path: "request.proposals", op: "by another provider" },
    },
  ]);
}

/** §8.3 */
function messages(): VectorGroup {
  const sending: WrittenRequest = { kind: "send", user: userOf("alice") };
  const reacting: WrittenRequest = { kind: "message", user: userOf("alice"), acts: ["react"] };
  const parent = "policy-send-any";
  return policyGroup("Alice sends what the hub cannot read", roomWhere(["canSendMessage"]), [
    { id: parent, comment: "her role may send", request: sending },
    {
      id: "policy-send-reaction",
      comment: "her role may send and react, and she reacts",
      state: roomWhere(["canSendMessage", "canReactToMessage"]),
      request: reacting,
    },
    {
      id: "policy-send-reaction-without-send",
      comment: "her role may react, and not send, and she reacts",
      state: roomWhere(["canReactToMessage"]),
      request: reacting,
      refused: { parent: "policy-send-reaction", path: "state.roles", op: "the role lacks canSendMessage" },
    },
    {
      id: "policy-send-reactions-only",
      comment: "her role may react, and not send",
      state: roomWhere(["canReactToMessage", "canReplyToMessage"]),
      request: sending,
      refused: { parent, path: "state.roles", op: "the role lacks canSendMessage" },
    },
  ]);
}

/** Role 0 is a role. §3 */
function unlisted(): VectorGroup {
  const request: WrittenRequest = { kind: "act", user: userOf("eve"), capability: "canReportAbuse" };
  const parent = "policy-act-unlisted";
  return policyGroup("Eve is not listed", roomWhere([], {}, ["canReportAbuse"]), [
    { id: parent, level: "SHOULD", comment: "role 0 may report abuse", request },
    {
      id: `${parent}-without`,
      comment: "role 0 may not report abuse",
      state: roomWhere(["canReportAbuse"]),
      request,
      refused: { parent, path: "state.roles", op: "role 0 lacks canReportAbuse" },
    },
  ]);
}
