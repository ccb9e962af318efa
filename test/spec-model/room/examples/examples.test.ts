import { describe, expect, it } from "vitest";
import {
  capabilityRules,
  decide,
  defaultVariants,
  type ExampleName,
  examplePolicies,
  type PolicyState,
  policyRules,
  type Role,
  rolesOf,
} from "../../../../spec-model/room/index.ts";
import { RoleData } from "../../../../spec-model/room/structures/index.ts";
import {
  by,
  change,
  commit,
  joiner,
  proposal,
  propose,
  provider,
  room,
  user,
  verdict,
} from "../policy/rooms.ts";

const names = Object.keys(examplePolicies) as ExampleName[];
const rolesIn = (name: ExampleName): readonly Role[] => rolesOf(examplePolicies[name].roles);
const indexOf = (name: ExampleName, roleName: string) =>
  rolesIn(name).find((each) => each.name === roleName)?.index ?? -1;
const inExample = (
  name: ExampleName,
  holders: Readonly<Record<string, number>>,
  more: Partial<PolicyState> = {},
) =>
  room(rolesIn(name), holders, { idle: Object.keys(holders).filter((each) => holders[each] === 1), ...more });

/** Roles that some role, held by anybody, can move somebody to from another role or from outside. */
function reachable(name: ExampleName): readonly number[] {
  const targets = rolesIn(name).flatMap((each) => each.roleChanges.flatMap((moves) => moves.to));
  return [...new Set(targets)].sort((a, b) => a - b);
}

function without(name: ExampleName, index: number): readonly string[] {
  const sources = rolesIn(name).flatMap((each) =>
    each.roleChanges.filter(({ from }) => from === index).map(() => each.name),
  );
  return sources;
}

describe.each(names)("the example policy %s", (name) => {
  const { roles, section } = examplePolicies[name];

  it("is a content of roles_list, and comes back from its octets", () => {
    expect(RoleData.decode(RoleData.encode(roles))).toEqual(roles);
    expect(section).toMatch(/^room-policy-04 §A\.[1-4]$/);
  });

  it("uses registered capabilities, each once a role", () => {
    for (const { capabilities } of rolesIn(name)) {
      for (const each of capabilities) expect(capabilityRules).toHaveProperty(each);
      expect(new Set(capabilities).size).toBe(capabilities.length);
    }
  });

  it("names only roles that it has", () => {
    const indices = rolesIn(name).map((each) => each.index);
    for (const each of rolesIn(name)) {
      for (const { from, to } of each.roleChanges)
        expect(indices).toEqual(expect.arrayContaining([from, ...to]));
    }
  });

  it("demands a policy_enforcer from the beginning, whom nobody can appoint or dismiss later", () => {
    const enforcer = indexOf(name, "policy_enforcer");
    expect(reachable(name)).not.toContain(enforcer);
    expect(without(name, enforcer)).toEqual([]);
    const admin = rolesIn(name).at(-2)?.index ?? -1;
    const alone = inExample(name, { alice: admin });
    const atOnce = { ...defaultVariants, minimaAtCreation: "atOnce" as const };
    expect(verdict(decide(alone, { kind: "create", creator: user("alice") }, atOnce))).toBe("role-limits");
    expect(verdict(decide(alone, { kind: "create", creator: user("alice") }))).toBe("allowed");
  });

  it("lets the hub be that enforcer: listed without a client, it removes and bans and lets nobody back in", () => {
    const enforcer = indexOf(name, "policy_enforcer");
    const state = inExample(name, { bob: 3, cathy: 3, dave: 1 });
    const withHub = {
      ...state,
      participants: [...state.participants, { user: "mimi://a.example", role: enforcer }],
    };
    const hub = provider("a.example");
    const bobLeaf = 0;
    expect(propose(withHub, hub, [change.remove("bob", 3), change.removeClient("bob", bobLeaf)])).toBe(
      "allowed",
    );
    expect(propose(withHub, hub, [change.move("bob", 3, 1), change.removeClient("bob", bobLeaf)])).toBe(
      "allowed",
    );
    expect(propose(withHub, hub, [change.add("eve", 1)])).toBe("allowed");
    expect(propose(withHub, hub, [change.remove("dave", 1)])).toBe("allowed");
    expect(propose(withHub, hub, [change.move("dave", 1, 3)])).toBe("authorised-role-change");
    expect(propose(withHub, hub, [change.add("eve", 3)])).toBe("canAddParticipant");
    expect(propose(withHub, hub, [change.removeClient("bob", bobLeaf)])).toBe("canKick");
    expect(propose(withHub, provider("b.example"), [change.remove("bob", 3)])).toBe("provider-has-role");
    expect(propose(state, hub, [change.remove("bob", 3)])).toBe("provider-has-role");
  });

  it("lets nobody reply, or has somebody who may, and nobody replace a reaction", () => {
    const holders = (capability: string) =>
      rolesIn(name)
        .filter((each) => each.capabilities.includes(capability))
        .map((each) => each.name);
    expect(holders("canEditReaction")).toEqual([]);
    expect(holders("canReplyToMessage")).toEqual(
      name === "cooperative" ? ["ordinary_user", "group_admin", "super_admin"] : [],
    );
  });

  it("lets nobody change the other policies", () => {
    expect(
      rolesIn(name).filter((each) => each.capabilities.includes("canChangeOtherPolicyAttribute")),
    ).toEqual([]);
  });
});

describe("a cooperatively administered room", () => {
  const state = inExample("cooperative", { alice: 3, bob: 2, cathy: 2, sam: 4, dave: 1 });
  const [bob, alice, sam] = [by(state, "bob"), by(state, "alice"), by(state, "sam")];

  it("lets any participant add others, and remove other ordinary users", () => {
    expect(commit(state, bob, [change.add("eve", 2), change.addClient("eve")])).toBe("allowed");
    expect(commit(state, bob, [change.remove("cathy"), change.removeClient("cathy", 2)])).toBe("allowed");
    expect(commit(state, bob, [change.remove("alice", 3), change.removeClient("alice", 0)])).toBe(
      "authorised-role-change",
    );
    expect(commit(state, bob, [change.add("eve", 3)])).toBe("authorised-role-change");
  });

  it("lets admins promote, ban and unban, and only super admins make super admins", () => {
    expect(commit(state, alice, [change.move("bob", 2, 3)])).toBe("allowed");
    expect(commit(state, alice, [change.move("bob", 2, 1), change.removeClient("bob", 1)])).toBe("allowed");
    expect(commit(state, alice, [change.move("dave", 1, 2)])).toBe("allowed");
    expect(commit(state, alice, [change.move("bob", 2, 4)])).toBe("authorised-role-change");
    expect(commit(state, sam, [change.move("bob", 2, 4)])).toBe("allowed");
  });

  it("keeps its last group admin", () => {
    expect(commit(state, sam, [change.move("alice", 3, 2)])).toBe("role-limits");
    expect(commit(state, sam, [change.move("alice", 3, 2), change.move("bob", 2, 3)])).toBe("allowed");
  });

  it("has no way in but to be added", () => {
    expect(commit(state, joiner("eve"), [change.join, change.add("eve", 2)])).toBe("canOpenJoin");
    expect(commit(state, joiner("dave"), [change.join])).toBe("canAddOwnClient");
  });

  it("has super admins without a say over the roles: only the enforcer has one", () => {
    expect(
      verdict(decide(state, { kind: "act", user: user("sam"), capability: "canChangeRoleDefinitions" })),
    ).toBe("canChangeRoleDefinitions");
  });
});

describe("a strictly administered room", () => {
  const codes = [{ code: "code", role: 2, multiuser: true }];
  const preauthorized = [{ claims: [], role: rolesIn("strict")[2] as Role }];
  const state = inExample("strict", { alice: 3, bob: 2, cathy: 2 }, { joinCodes: codes });

  it("lets ordinary users add and remove nobody", () => {
    const bob = by(state, "bob");
    expect(commit(state, bob, [change.add("eve", 2)])).toBe("canAddParticipant");
    expect(commit(state, bob, [change.remove("cathy"), change.removeClient("cathy", 2)])).toBe(
      "canRemoveParticipant",
    );
    expect(commit(state, by(state, "alice"), [change.add("eve", 2), change.addClient("eve")])).toBe(
      "allowed",
    );
  });

  it("lets newcomers in with a join code, or preauthorised, as ordinary users", () => {
    const entering = (more: { joinCode?: string }, to: number) =>
      [joiner("eve", more), [change.join, change.add("eve", to)]] as const;
    expect(commit(state, ...entering({ joinCode: "code" }, 2))).toBe("allowed");
    expect(commit(state, ...entering({ joinCode: "code" }, 3))).toBe("entry-role");
    expect(commit(state, ...entering({}, 2))).toBe("canOpenJoin");
    expect(commit({ ...state, preauthorized }, ...entering({}, 2))).toBe("allowed");
  });

  it("lets admins put join links in and out of force", () => {
    const links = (added: string[], removed: string[]) =>
      ({ kind: "changeComponent", component: 0x2a, op: "update", links: { added, removed } }) as const;
    const withoutBase = (who: string, added: string[], removed: string[]) =>
      commit({ ...state, joinLinks: ["aa"] }, by(state, who), [links(added, removed)]);
    expect(withoutBase("alice", ["bb"], ["aa"])).toBe("allowed");
    expect(withoutBase("bob", ["bb"], [])).toBe("canCreateJoinCode");
    expect(withoutBase("bob", [], ["aa"])).toBe("canDeleteJoinCode");
  });
});

describe("a moderated room", () => {
  const state = inExample(
    "moderated",
    { mona: 5, gus: 2, ann: 3, sven: 4 },
    {
      joinCodes: [
        { code: "guest", role: 2, multiuser: true },
        { code: "speaker", role: 4, multiuser: true },
      ],
    },
  );
  const sends = (name: string) => verdict(decide(state, { kind: "send", user: user(name) }));
  const does = (name: string, act: "react" | "replyInTopic" | "startTopic" | "reply") =>
    verdict(decide(state, { kind: "message", user: user(name), acts: [act] }));

  it("has the hub take messages of speakers and moderators only", () => {
    expect(["gus", "ann", "sven", "mona"].map(sends)).toEqual([
      "canSendMessage",
      "canSendMessage",
      "allowed",
      "allowed",
    ]);
  });

  it("cannot give guests and attendees the reactions and replies that it lists for them", () => {
    expect(does("gus", "react")).toBe("canSendMessage");
    expect(does("ann", "replyInTopic")).toBe("canSendMessage");
    const variants = { ...defaultVariants, submitting: "anyMessageCapability" as const };
    const reacts = decide(state, { kind: "message", user: user("gus"), acts: ["react"] }, variants);
    const speaks = decide(state, { kind: "message", user: user("gus"), acts: [] }, variants);
    expect([verdict(reacts), verdict(speaks)]).toEqual(["allowed", "canSendMessage"]);
  });

  it("lets moderators give and take the floor", () => {
    const mona = by(state, "mona");
    expect(commit(state, mona, [change.move("ann", 3, 4)])).toBe("allowed");
    expect(commit(state, mona, [change.move("sven", 4, 3)])).toBe("allowed");
    expect(commit(state, by(state, "sven"), [change.move("ann", 3, 4)])).toBe("canChangeUserRole");
  });

  it("lets newcomers in by code as guests or attendees, and as nothing more", () => {
    const entering = (joinCode: string, to: number) =>
      commit(state, joiner("eve", { joinCode }), [change.join, change.add("eve", to)]);
    expect(entering("guest", 2)).toBe("allowed");
    expect(entering("speaker", 4)).toBe("join-code-valid");
  });

  it("lets guests leave and not come back with another device, nor take one out", () => {
    expect(commit(state, by(state, "gus"), [change.addClient("gus", 2)])).toBe("canAddOwnClient");
    const leave = [change.remove("gus", 2), change.removeClient("gus", 1)];
    expect(propose(state, by(state, "gus"), leave)).toBe("allowed");
    expect(propose(state, by(state, "gus"), [change.removeClient("gus", 1)])).toBe("canRemoveOwnClient");
  });
});

describe("a room of several organisations", () => {
  const holders = { sam: 8, ava: 5, uma: 2, bea: 6, ben: 3, cai: 7, cyd: 4, dave: 1 };
  const state = inExample("multiOrganization", holders);
  const leafOf = (name: string) => state.members.find((each) => each.user === user(name))?.leaf ?? -1;
  const bans = (name: string, from: number) => [
    change.move(name, from, 1),
    change.removeClient(name, leafOf(name)),
  ];

  it("lets an organisation's admins handle their own people only", () => {
    const bea = by(state, "bea");
    expect(commit(state, bea, [change.add("bob", 3), change.addClient("bob")])).toBe("allowed");
    expect(commit(state, bea, [change.move("ben", 3, 6)])).toBe("allowed");
    expect(commit(state, bea, bans("ben", 3))).toBe("allowed");
    expect(commit(state, bea, [change.add("cleo", 4)])).toBe("authorised-role-change");
    expect(commit(state, bea, bans("cyd", 4))).toBe("authorised-role-change");
    expect(commit(state, bea, bans("uma", 2))).toBe("authorised-role-change");
  });

  it("lets them ban and not unban", () => {
    expect(commit(state, by(state, "bea"), [change.move("dave", 1, 3)])).toBe("canUnBan");
    expect(commit(state, by(state, "sam"), [change.move("dave", 1, 3)])).toBe("allowed");
  });

  it("has one to three admins of each visiting organisation, and any number of the host's", () => {
    const admins = inExample("multiOrganization", { ...holders, bob: 6, bill: 6, amy: 5, abe: 5, aya: 5 });
    expect(commit(admins, by(admins, "bea"), [change.move("ben", 3, 6)])).toBe("role-limits");
    expect(commit(admins, by(admins, "ava"), [change.move("uma", 2, 5)])).toBe("allowed");
    const last = [change.remove("bea", 6), change.removeClient("bea", leafOf("bea"))];
    expect(commit(state, by(state, "sam"), last)).toBe("role-limits");
  });

  it("cannot begin as described, with Alice alone as super admin, if minima hold from the beginning", () => {
    const alone = inExample("multiOrganization", { alice: 8 });
    const variants = { ...defaultVariants, minimaAtCreation: "atOnce" as const };
    expect(decide(alone, { kind: "create", creator: user("alice") }, variants)).toMatchObject({
      rule: "role-limits",
      says: "the limits of role org_b_admin",
    });
  });

  it("keeps a visiting organisation's last admin even where the whole organisation leaves", () => {
    const leave = [change.remove("cai", 7), change.removeClient("cai", leafOf("cai"))];
    expect(propose(state, by(state, "cai"), leave)).toBe("role-limits");
    expect(propose(state, by(state, "cai"), [change.removeClient("cai", leafOf("cai"))])).toBe("role-limits");
  });

  it("leaves the enforcer without a change for the host's users", () => {
    const withHub = {
      ...state,
      participants: [...state.participants, { user: "mimi://a.example", role: 9 }],
    };
    const hub = provider("a.example");
    expect(propose(withHub, hub, bans("uma", 2))).toBe("authorised-role-change");
    expect(propose(withHub, hub, bans("ben", 3))).toBe("allowed");
  });

  it("gives what lets users move themselves to the host's roles and super admins only", () => {
    const holding = (capability: string) =>
      rolesIn("multiOrganization")
        .filter((each) => each.capabilities.includes(capability))
        .map((each) => each.name);
    for (const capability of ["canChangeOwnRole", "canJoinIfPreauthorized"]) {
      expect(holding(capability)).toEqual(["org_a_user", "org_a_admin", "super_admin"]);
    }
  });
});

describe.each(["cooperative", "strict", "moderated"] as const)("super admins of the example %s", (name) => {
  it("are made by super admins only", () => {
    const makers = rolesIn(name).filter((each) => {
      const targets = each.roleChanges.flatMap((moves) => moves.to);
      return targets.includes(indexOf(name, "super_admin"));
    });
    expect(makers.map((each) => each.name)).toEqual(["super_admin"]);
  });
});

describe("the examples together", () => {
  it("name no rule that there is not", () => {
    expect(policyRules["role-limits"].section).toBe("room-policy-04 §3");
    const state = inExample("strict", { alice: 3 });
    const decision = decide(state, {
      kind: "commit",
      author: by(state, "alice"),
      proposals: [proposal(by(state, "alice"), [change.move("bob", 2, 3)])],
      result: state,
    });
    expect(decision).toEqual({
      allowed: false,
      rule: "changed-user-is-listed",
      draft: "room-policy-04 §8.1.3",
      says: `${user("bob")} is not in the list`,
    });
  });
});
