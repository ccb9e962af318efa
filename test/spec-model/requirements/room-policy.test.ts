/** Requirements of room-policy-04 and protocol-06 on policy that the tests of the room take for granted. */
import { describe, expect, it } from "vitest";
import { decide } from "../../../spec-model/room/index.ts";
import { by, change, commit, joiner, proposal, role, room, verdict } from "../room/policy/rooms.ts";

const everything = {
  capabilities: [
    "canAddParticipant",
    "canAddOwnClient",
    "canChangeUserRole",
    "canBan",
    "canUnBan",
    "canKick",
  ],
  roleChanges: [0, 1, 2, 900].map((from) => ({ from, to: [0, 1, 2, 900] })),
};
const roles = [role(0), role(1), role(2), role(900, everything)];

describe("roles", () => {
  it("may have indexes that are not contiguous", () => {
    const state = room(roles, { alice: 900, bob: 2 });
    expect(commit(state, by(state, "alice"), [change.move("bob", 2, 900)])).toBe("allowed");
    expect(commit(state, by(state, "alice"), [change.move("bob", 2, 899)])).not.toBe("allowed");
  });

  it("leave 0 to those who are not in the list, whatever role changes say", () => {
    const state = room(roles, { alice: 900, bob: 2 });
    expect(commit(state, by(state, "alice"), [change.add("eve", 0)])).not.toBe("allowed");
    expect(commit(state, by(state, "alice"), [change.move("bob", 2, 0)])).not.toBe("allowed");
  });

  it("have no clients where at most no participants may be active", () => {
    const passive = [role(0), role(1), role(2, { maximumActiveParticipants: 0 }), role(900, everything)];
    const state = room(passive, { alice: 900 });
    const alice = by(state, "alice");
    expect(commit(state, alice, [change.add("eve", 2)])).toBe("allowed");
    expect(commit(state, alice, [change.add("eve", 2), change.addClient("eve")])).toBe("role-limits");
  });
});

describe("the maxima of a role", () => {
  it("hold for those who join it by preauthorisation", () => {
    const joined = (limits: Parameters<typeof role>[1]) => {
      const own = [role(0), role(1), role(2, { capabilities: ["canJoinIfPreauthorized"], ...limits })];
      const state = room(own, { alice: 2 }, { preauthorized: [{ claims: [], role: role(2) }] });
      return commit(state, joiner("eve"), [change.join, change.add("eve", 2)]);
    };
    expect(joined({})).toBe("allowed");
    expect(joined({ maximumParticipants: 1 })).toBe("role-limits");
    expect(joined({ maximumActiveParticipants: 1 })).toBe("role-limits");
    expect(joined({ maximumParticipants: 2, maximumActiveParticipants: 2 })).toBe("allowed");
  });
});

describe("the banned role", () => {
  const withRole1 = (name: string, capability: string) => [
    role(0),
    role(1, { name }),
    role(2),
    role(900, { ...everything, capabilities: [capability] }),
  ];
  const bans = (name: string) => {
    const state = room(withRole1(name, "canBan"), { alice: 900, bob: 2 });
    return commit(state, by(state, "alice"), [change.move("bob", 2, 1), change.removeClient("bob", 1)]);
  };
  const unbans = (name: string) => {
    const state = room(withRole1(name, "canUnBan"), { alice: 900, bob: 1 }, { idle: ["bob"] });
    return commit(state, by(state, "alice"), [change.move("bob", 1, 2)]);
  };

  it("has to be named banned for anybody to be banned", () => {
    expect(bans("banned")).toBe("allowed");
    expect(bans("muted")).not.toBe("allowed");
  });

  it("has to be named banned for anybody to be unbanned, and is where they come from", () => {
    expect(unbans("banned")).toBe("allowed");
    expect(unbans("muted")).not.toBe("allowed");
    const state = room(withRole1("banned", "canUnBan"), { alice: 900, bob: 2 });
    expect(commit(state, by(state, "alice"), [change.move("bob", 2, 900)])).not.toBe("allowed");
  });
});

describe("somebody whose removal is accepted", () => {
  const capabilities = [...everything.capabilities, "canRemoveParticipant", "canRemoveOwnClient"];
  const state = room([role(0), role(1), role(900, { ...everything, capabilities })], {
    alice: 900,
    bob: 900,
  });
  const pending = [
    proposal(by(state, "alice"), [change.remove("bob", 900), change.removeClient("bob", 1)], "removal"),
  ];
  const proposes = (changes: Parameters<typeof proposal>[1]) =>
    verdict(
      decide(state, { kind: "proposals", pending, proposals: [proposal(by(state, "bob"), changes, "own")] }),
    );

  it("proposes neither additions nor removals of others", () => {
    expect(proposes([change.add("eve", 900)])).not.toBe("allowed");
    expect(proposes([change.addClient("bob", 2)])).not.toBe("allowed");
    expect(proposes([change.removeClient("alice", 0)])).not.toBe("allowed");
  });
});
