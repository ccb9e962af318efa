import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Change,
  decideHandshake,
  mayJoinExternally,
  maySend,
  type PolicyState,
  type RoomFacts,
  roomAfter,
} from "../../../../spec-model/room/index.ts";
import { a1, alice, b1, bob, by, c1, cathy, created, proposal, roles } from "../../hub/room-example.ts";

const state: PolicyState = { roles, participants: created.participants, members: created.members };
const addsCathy: Change = { kind: "addParticipant", user: cathy, role: 2 };

/** What the policy says to `changes` by a member, given the room they lead to. */
function decide(author: typeof a1, changes: readonly Change[], result: Partial<RoomFacts> = {}) {
  const facts = { ...roomAfter(created, changes), ...result };
  const decision = decideHandshake(state, [proposal(by(author), changes)], facts);
  return decision.allowed ? "allowed" : decision.rule;
}

describe("a room's policy", () => {
  it("lets an ordinary user add another to its own role, with clients, and not to a higher one", () => {
    const client: Change = { kind: "addClient", client: c1.client, user: cathy, keyPackage: "kp" };
    expect(decide(b1, [addsCathy, client], { members: [a1, b1, c1] })).toBe("allowed");
    expect(decide(b1, [{ ...addsCathy, role: 3 }])).toBe("authorised-role-change");
    expect(decide(a1, [{ ...addsCathy, role: 3 }])).toBe("allowed");
  });

  it("lets no client in without its user", () => {
    const client: Change = { kind: "addClient", client: c1.client, user: cathy, keyPackage: "kp" };
    expect(decide(a1, [client])).toBe("clients-come-with-user");
    expect(decide(a1, [addsCathy], { participants: created.participants, members: [a1, b1, c1] })).toBe(
      "members-are-participants",
    );
  });

  it("lets a user leave with all clients, and not leave clients behind", () => {
    const gone: Change = { kind: "removeParticipant", user: bob, role: 2 };
    expect(decide(b1, [{ kind: "removeClient", ...b1 }, gone])).toBe("allowed");
    expect(decide(b1, [gone])).toBe("members-are-participants");
  });

  it("lets an admin remove an ordinary user, and an ordinary user remove nobody else", () => {
    const outBob: Change[] = [
      { kind: "removeClient", ...b1 },
      { kind: "removeParticipant", user: bob, role: 2 },
    ];
    const outAlice: Change[] = [
      { kind: "removeClient", ...a1 },
      { kind: "removeParticipant", user: alice, role: 3 },
    ];
    expect(decide(a1, outBob)).toBe("allowed");
    expect(decide(b1, outAlice)).toBe("canRemoveParticipant");
  });

  it("takes a removal from the group without one from the list for a kick", () => {
    expect(decide(a1, [{ kind: "removeClient", ...b1 }])).toBe("allowed");
    expect(decide(b1, [{ kind: "removeClient", ...a1 }])).toBe("canKick");
    expect(decide(b1, [{ kind: "removeClient", ...b1 }])).toBe("canRemoveOwnClient");
  });

  it("lets an admin ban and promote, and nobody change the own role without preauthorisation", () => {
    const to = (role: number): Change => ({ kind: "changeRole", user: bob, from: 2, to: role });
    expect(decide(a1, [to(1)])).toBe("banned-have-no-clients");
    expect(decide(a1, [to(1), { kind: "removeClient", ...b1 }])).toBe("allowed");
    expect(decide(a1, [to(3)])).toBe("allowed");
    expect(decide(b1, [{ kind: "changeRole", user: alice, from: 3, to: 2 }])).toBe("canChangeUserRole");
    expect(decide(b1, [to(3)])).toBe("canChangeOwnRole");
  });

  it("lets no two changes of one user stand in one commit", () => {
    const changes: Change[] = [addsCathy, { kind: "changeRole", user: cathy, from: 2, to: 3 }];
    expect(decide(a1, changes)).not.toBe("allowed");
  });

  it("refuses what no capability authorises", () => {
    expect(decide(a1, [{ kind: "changeComponent", component: 0x25 }])).toBe("canChangeRoleDefinitions");
    expect(decide(a1, [{ kind: "changeComponent", component: 0x99 }])).toBe("component-is-known");
    expect(decide(a1, [{ kind: "other", proposalType: "psk" }])).toBe("change-is-known");
    expect(decide(a1, [{ kind: "changeMetadata", fields: ["room_uri"] }])).toBe(
      "metadata-field-is-changeable",
    );
    expect(decide(a1, [{ kind: "changeMetadata", fields: ["room_name"] }])).toBe("canChangeRoomName");
  });

  it("lets active participants send, and participants' clients join externally", () => {
    expect(maySend(state, bob).allowed).toBe(true);
    expect(maySend(state, cathy)).toMatchObject({ rule: "sender-is-active" });
    expect(mayJoinExternally(state, bob).allowed).toBe(true);
    expect(mayJoinExternally(state, cathy)).toMatchObject({ rule: "canOpenJoin" });
  });

  it("allows no change to a role without capabilities (any change)", () => {
    const powerless: PolicyState = {
      ...state,
      participants: [
        { user: alice, role: 3 },
        { user: bob, role: 1 },
      ],
    };
    const change = fc.oneof(
      fc.record({
        kind: fc.constant("addParticipant" as const),
        user: fc.constant(cathy),
        role: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        kind: fc.constant("removeParticipant" as const),
        user: fc.constantFrom(alice, bob),
        role: fc.constant(2),
      }),
      fc.record({
        kind: fc.constant("changeRole" as const),
        user: fc.constantFrom(alice, bob),
        from: fc.nat(3),
        to: fc.integer({ min: 1, max: 3 }),
      }),
      fc.constantFrom<Change>(
        { kind: "removeClient", ...a1 },
        { kind: "joinExternally" },
        { kind: "changeMetadata", fields: ["room_mood"] },
      ),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        expect(decideHandshake(powerless, [proposal(by(b1), changes)], created).allowed).toBe(false);
      }),
    );
  });
});
