import { describe, expect, it } from "vitest";
import { decide, effectiveState, jointlyCommittable } from "../../../../spec-model/room/index.ts";
import { by, change, commitOf, proposal, role, room, user, verdict } from "./rooms.ts";

const moves = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3] }));
const admin = role(3, {
  capabilities: ["canChangeUserRole", "canAddParticipant", "canRemoveParticipant", "canChangeRoomName"],
  maximumParticipants: 2,
  roleChanges: moves,
});
const state = room([role(0), role(1), role(2), admin], { alice: 3, bob: 2, cathy: 2 });
const [alice, bob, cathy] = ["alice", "bob", "cathy"].map((name) => by(state, name));
if (alice === undefined || bob === undefined || cathy === undefined) throw new Error("nobody is there");
const promotesBob = proposal(alice, [change.move("bob", 2, 3)], "promotes");
const removesBob = proposal(alice, [change.remove("bob"), change.removeClient("bob", 1)], "removes");
const proposes = (pending: readonly (typeof promotesBob)[], next: typeof promotesBob) =>
  verdict(decide(state, { kind: "proposals", pending, proposals: [next] }));

describe("proposals that were accepted", () => {
  it("are in force for the proposals after them", () => {
    const byBob = proposal(bob, [change.add("eve", 2)], "adds");
    expect(proposes([], byBob)).toBe("canAddParticipant");
    expect(proposes([promotesBob], byBob)).toBe("allowed");
    expect(proposes([removesBob], proposal(alice, [change.move("bob", 2, 3)], "next"))).toBe(
      "changed-user-is-listed",
    );
  });

  it("are in force for what their committer adds", () => {
    const byValue = proposal(bob, [change.add("eve", 2)]);
    expect(commitOf(state, bob, [promotesBob, byValue])).toBe("allowed");
    expect(commitOf(state, bob, [byValue])).toBe("canAddParticipant");
    const demoted = room([role(0), role(1), role(2), admin], { alice: 3, bob: 3, cathy: 2 });
    const demotesBob = proposal(by(demoted, "alice"), [change.move("bob", 3, 2)], "demotes");
    expect(commitOf(demoted, by(demoted, "bob"), [demotesBob, byValue])).toBe("canAddParticipant");
    expect(commitOf(demoted, by(demoted, "bob"), [byValue])).toBe("allowed");
  });

  it("stay good when a later one takes their author's role, or the author", () => {
    const byBob = proposal(bob, [change.add("eve", 2)], "adds");
    const two = room([role(0), role(1), role(2), admin], { alice: 3, bob: 3, cathy: 2 });
    const demotesBob = proposal(by(two, "alice"), [change.move("bob", 3, 2)], "demotes");
    expect(commitOf(two, by(two, "cathy"), [byBob, demotesBob])).toBe("allowed");
    expect(commitOf(state, cathy, [promotesBob, byBob])).toBe("allowed");
    expect(commitOf(state, cathy, [byBob, promotesBob])).toBe("canAddParticipant");
  });

  it("keep out what one commit could not take up with them", () => {
    const rename = { kind: "changeMetadata" as const, fields: ["room_name"] };
    const first = proposal(alice, [rename], "first");
    expect(proposes([first], proposal(alice, [rename], "second"))).toBe("one-metadata-update");
    expect(proposes([promotesBob], proposal(alice, [change.move("bob", 3, 2)], "back"))).toBe(
      "one-change-per-user",
    );
    expect(proposes([promotesBob], proposal(alice, [change.move("cathy", 2, 3)], "third"))).toBe(
      "role-limits",
    );
    expect(proposes([], proposal(alice, [change.move("cathy", 2, 3)], "third"))).toBe("allowed");
  });

  it("make the effective room: those removed are gone, those added are listed and have no clients yet", () => {
    const added = proposal(alice, [change.add("eve", 2), change.addClient("eve")], "adds");
    const effective = effectiveState(state, [removesBob, added]);
    expect(effective.participants.map((each) => each.user)).toEqual(["alice", "cathy", "eve"].map(user));
    expect(effective.members.map((each) => each.user)).toEqual(["alice", "cathy"].map(user));
    expect(verdict(decide(effective, { kind: "send", user: user("bob") }))).toBe("sender-is-active");
    expect(jointlyCommittable(state, [removesBob, added]).allowed).toBe(true);
  });

  it("replace policies at once, too", () => {
    const mute = {
      kind: "changeComponent",
      component: 0x25,
      op: "update",
      sets: { roles: [role(0)] },
    } as const;
    expect(effectiveState(state, [proposal(alice, [mute], "mute")]).roles).toEqual([role(0)]);
  });
});
