/** The bounds that a hub sets for a room's policy when the room is created. arch-03 §4.4 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, type PolicyEnvelope, type PolicyState } from "../../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../../spec-model/room/structures/index.ts";
import { by, commit, role, room, user, verdict } from "./rooms.ts";

const { bot_policy: bots, roles_list: rolesList, base_room_policy: basePolicy } = componentIds;
const roles = [role(0), role(3, { capabilities: ["canChangeRoomMembershipStyle"] })];

function born(
  envelope: PolicyEnvelope,
  rules: Parameters<typeof plainBaseRoomPolicy>[0] = {},
  components: number[] = [],
) {
  const state: PolicyState = {
    ...room(roles, { alice: 3 }),
    base: plainBaseRoomPolicy({ policyComponentIds: [rolesList, ...components], ...rules }),
    components: [rolesList, basePolicy, ...components],
    envelope,
  };
  return verdict(decide(state, { kind: "create", creator: user("alice") }));
}

describe("the envelope of a new room's policy", () => {
  it.each<[string, PolicyEnvelope, Parameters<typeof plainBaseRoomPolicy>[0], number[]]>([
    ["as many users as it may have", { maxUsers: 10 }, { maxUsers: 10 }, []],
    ["as many clients as it may have", { maxClients: 20 }, { maxClients: 20 }, []],
    ["a component that is admitted", { components: [bots] }, {}, [bots]],
    ["no component where none is admitted", { components: [] }, {}, []],
    ["the base policy that is wanted", { base: { discoverable: true } }, { discoverable: true }, []],
    ["any policy where there are no bounds", {}, { persistentRoom: true }, [bots]],
  ])("admits %s", (_, envelope, rules, components) => {
    expect(born(envelope, rules, components)).toBe("allowed");
  });

  it.each<[string, PolicyEnvelope, Parameters<typeof plainBaseRoomPolicy>[0], number[]]>([
    ["one user too many", { maxUsers: 10 }, { maxUsers: 11 }, []],
    ["any number of users", { maxUsers: 10 }, {}, []],
    ["one client too many", { maxClients: 20 }, { maxClients: 21 }, []],
    ["any number of clients", { maxClients: 20 }, {}, []],
    ["a component that is not admitted", { components: [] }, {}, [bots]],
    ["another base policy", { base: { discoverable: false } }, { discoverable: true }, []],
  ])("does not admit %s", (_, envelope, rules, components) => {
    expect(born(envelope, rules, components)).toBe("policy-in-envelope");
  });

  it("counts whenever the policy changes, and no other change meets it", () => {
    const state: PolicyState = {
      ...room(roles, { alice: 3 }),
      base: plainBaseRoomPolicy({ maxUsers: 5, policyComponentIds: [rolesList] }),
      components: [rolesList, basePolicy],
      envelope: { maxUsers: 10 },
    };
    const alice = by(state, "alice");
    const limit = (maxUsers: number | undefined) =>
      commit(state, alice, [
        {
          kind: "changeComponent",
          component: basePolicy,
          op: "update",
          sets: { base: plainBaseRoomPolicy({ maxUsers, policyComponentIds: [rolesList] }) },
        },
      ]);
    expect(limit(10)).toBe("allowed");
    expect(limit(11)).toBe("policy-in-envelope");
    expect(limit(undefined)).toBe("policy-in-envelope");
    expect(commit(state, alice, [])).toBe("allowed");
  });

  it("admits a limit exactly where it is no higher than the envelope's (any two limits)", () => {
    const most = fc.nat(100);
    fc.assert(
      fc.property(most, fc.option(most, { nil: undefined }), (maxUsers, own) => {
        const inside = own !== undefined && own > 0 && own <= maxUsers;
        const found = born({ maxUsers }, { maxUsers: own });
        // A room for nobody is none, whatever the envelope.
        if (own === 0) expect(found).not.toBe("allowed");
        else expect(found).toBe(inside ? "allowed" : "policy-in-envelope");
      }),
    );
  });
});
