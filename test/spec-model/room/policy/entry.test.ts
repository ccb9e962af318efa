import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import {
  basicClaim,
  decide,
  decideNewGroup,
  defaultVariants,
  entryPaths,
  isDiscoverable,
  isOver,
  newJoinCode,
  type PolicyState,
  type Preauthorization,
  spendJoinCode,
  validJoinCodes,
} from "../../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../../spec-model/room/structures/index.ts";
import {
  by,
  change,
  clientOf,
  commit,
  joiner,
  propose,
  provider,
  role,
  room,
  user,
  verdict,
} from "./rooms.ts";

const moves = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3] }));
const welcoming = [
  role(0, { capabilities: ["canOpenJoin", "canUseJoinCode"], roleChanges: [{ from: 0, to: [2, 0] }] }),
  role(1),
  role(2, { capabilities: ["canAddOwnClient"] }),
  role(3, { capabilities: ["canJoinIfPreauthorized", "canChangeOwnRole", "canKick"], roleChanges: moves }),
];
const entry = (index: number, ...claims: Preauthorization["claims"]): Preauthorization => ({
  claims,
  role: role(index),
});

describe("the ways into a room", () => {
  const codes = [{ code: "code", role: 2, multiuser: false }];
  const state = room(
    welcoming,
    { alice: 2, dave: 1 },
    { preauthorized: [entry(3)], joinCodes: codes, idle: ["dave"] },
  );

  it("are all that are open, with the roles that they lead to", () => {
    expect(entryPaths(state, joiner("eve", { joinCode: "code" }))).toEqual([
      { by: "openJoin", roles: [2] },
      { by: "preauthorized", roles: [3] },
      { by: "joinCode", roles: [2] },
    ]);
    expect(entryPaths(state, joiner("alice"))).toEqual([{ by: "ownClient", roles: [2] }]);
    expect(entryPaths(state, joiner("dave"))).toEqual([]);
  });

  it("are none where the room has no external commits or a fixed membership, but for participants' clients", () => {
    const closed = { ...state, operational: { externalCommitAllowed: false } } as unknown as PolicyState;
    expect(entryPaths(closed, joiner("alice"))).toEqual([]);
    expect(verdict(decide(closed, { kind: "groupInfo", requester: joiner("alice") }))).toBe(
      "external-commits-allowed",
    );
    const fixed = { ...state, base: plainBaseRoomPolicy({ fixedMembership: true }) };
    expect(entryPaths(fixed, joiner("eve"))).toEqual([]);
    expect(entryPaths(fixed, joiner("alice"))).toHaveLength(1);
    expect(verdict(decide(fixed, { kind: "groupInfo", requester: joiner("eve") }))).toBe("fixed-membership");
  });

  it("hold a newcomer to the limits of its role", () => {
    const full = welcoming.map((each) =>
      each.index === 2 ? { ...each, maximumActiveParticipants: 1 } : each,
    );
    const crowded = { ...state, roles: full };
    expect(commit(crowded, joiner("eve"), [change.join, change.add("eve", 2)])).toBe("role-limits");
    expect(commit(state, joiner("eve"), [change.join, change.add("eve", 2)])).toBe("allowed");
  });

  it("are shut where the only changes from role 0 are to roles that there are not", () => {
    for (const [to, expected] of [
      [[9], "canOpenJoin"],
      [[0], "canOpenJoin"],
      [[9, 2], "allowed"],
    ] as const) {
      const open = role(0, { capabilities: ["canOpenJoin"], roleChanges: [{ from: 0, to: [...to] }] });
      const opened = room([open, ...welcoming.slice(1)], { alice: 2 });
      expect(verdict(decide(opened, { kind: "groupInfo", requester: joiner("eve") }))).toBe(expected);
    }
  });

  it("are shut to a code for a role that there is not, even where role 0 leads there", () => {
    const leading = role(0, { capabilities: ["canUseJoinCode"], roleChanges: [{ from: 0, to: [0, 2, 9] }] });
    for (const [to, expected] of [
      [9, "join-code-valid"],
      [0, "join-code-valid"],
      [2, "allowed"],
    ] as const) {
      const joinCodes = [{ code: "code", role: to, multiuser: false }];
      const requester = joiner("eve", { joinCode: "code" });
      const coded = room([leading, ...welcoming.slice(1)], { alice: 2 }, { joinCodes });
      expect(verdict(decide(coded, { kind: "groupInfo", requester }))).toBe(expected);
    }
  });

  it("let nobody bring in somebody else", () => {
    const both = [change.join, change.add("eve", 2), change.add("fay", 2)];
    expect(commit(state, joiner("eve"), both)).toBe("canAddParticipant");
  });
});

describe("join codes", () => {
  const codes = [
    { code: "once", role: 2, multiuser: false, expiresMs: 1000 },
    { code: "many", role: 2, multiuser: true },
  ];
  it("are valid until the moment they expire", () => {
    expect(validJoinCodes(codes, 999).map((each) => each.code)).toEqual(["once", "many"]);
    expect(validJoinCodes(codes, 1000).map((each) => each.code)).toEqual(["many"]);
  });
  it("last as long, and are for as many, as the policy on join links says", () => {
    const joinLinkPolicy = { onRequest: false, joinLink: "", multiuser: true, expiration: 60 };
    expect(newJoinCode({ joinLinkPolicy }, "c", 2, 1000)).toEqual({
      code: "c",
      role: 2,
      multiuser: true,
      expiresMs: 61_000,
    });
    expect(newJoinCode({}, "c", 2, 1000)).toEqual({ code: "c", role: 2, multiuser: false });
  });
  it("are spent by their use, unless they are for many", () => {
    expect(spendJoinCode(codes, "once").map((each) => each.code)).toEqual(["many"]);
    expect(spendJoinCode(codes, "many").map((each) => each.code)).toEqual(["once", "many"]);
  });
});

describe("a room without a group", () => {
  const deserted = (persistentRoom: boolean) => ({
    ...room(welcoming, { alice: 2, dave: 1 }, { base: plainBaseRoomPolicy({ persistentRoom }) }),
    members: [],
  });

  it("is over unless it is persistent", () => {
    expect([isOver(deserted(false)), isOver(deserted(true))]).toEqual([true, false]);
    expect(isOver(room(welcoming, { alice: 2 }))).toBe(false);
  });

  it("gets a new one from who could join it", () => {
    const founds = (name: string, state: PolicyState) => verdict(decideNewGroup(state, joiner(name)));
    expect(founds("alice", deserted(true))).toBe("allowed");
    expect(founds("eve", deserted(true))).toBe("allowed");
    expect(founds("dave", deserted(true))).toBe("canAddOwnClient");
    expect(founds("alice", deserted(false))).toBe("room-is-persistent");
    expect(founds("alice", room(welcoming, { alice: 2 }))).toBe("group-is-gone");
  });

  it("or with one, is found only where its policy says so", () => {
    expect(isDiscoverable(room(welcoming, {}))).toBe(false);
    expect(isDiscoverable({ base: plainBaseRoomPolicy({ discoverable: true }) })).toBe(true);
  });
});

describe("a proposal to be added", () => {
  const asks = (more: Partial<PolicyState> = {}) =>
    propose(room(welcoming, { alice: 2, bob: 2 }, { idle: ["bob"], ...more }), joiner("bob"), [
      change.addClient("bob"),
    ]);

  it("needs what an external commit would, and external proposals", () => {
    expect(asks()).toBe("allowed");
    const operational = { externalProposalAllowed: false } as unknown as NonNullable<
      PolicyState["operational"]
    >;
    expect(asks({ operational })).toBe("external-proposals-allowed");
    const state = room(welcoming, { alice: 2 });
    expect(propose(state, joiner("eve"), [change.addClient("eve")])).toBe("canAddOwnClient");
  });
});

describe("preauthorisation", () => {
  const entering = (preauthorized: readonly Preauthorization[], claims?: Preauthorization["claims"]) => {
    const roles = welcoming.map((each) => (each.index === 0 ? role(0) : each));
    const state = room(roles, { alice: 2 }, { preauthorized });
    const eve = { ...joiner("eve"), ...(claims === undefined ? {} : { claims }) };
    return commit(state, eve, [change.join, change.add("eve", 3)]);
  };
  const x509 = (id: string, value: string) => ({
    credentialType: "x509",
    id: hex(utf8(id)),
    value: hex(utf8(value)),
  });

  it("takes every claim of an entry to match exactly", () => {
    const both = [x509("team", "hr"), x509("country", "x")];
    expect(entering([entry(3, ...both)], [...both, x509("more", "y")])).toBe("allowed");
    expect(entering([entry(3, ...both)], both.slice(0, 1))).toBe("canOpenJoin");
    expect(entering([entry(3, ...both)], [x509("team", "hr"), x509("country", "xx")])).toBe("canOpenJoin");
    const otherKind = both.map((claim) => ({ ...claim, credentialType: "basic" }));
    expect(entering([entry(3, ...both)], otherKind)).toBe("canOpenJoin");
  });

  it("gives the role of the first entry that matches, and no later one", () => {
    expect(entering([entry(2), entry(3)])).toBe("canOpenJoin");
    expect(entering([entry(2, x509("team", "hr")), entry(3)])).toBe("allowed");
    expect(entering([entry(0), entry(3)])).toBe("allowed");
  });

  it("reads a basic credential's URIs", () => {
    expect(entering([entry(3, basicClaim("user", user("eve")))])).toBe("allowed");
    expect(entering([entry(3, basicClaim("client", clientOf("eve")))])).toBe("allowed");
    expect(entering([entry(3, basicClaim("provider", "mimi://e.example"))])).toBe("allowed");
    expect(entering([entry(3, basicClaim("provider", "mimi://f.example"))])).toBe("canOpenJoin");
    expect(entering([entry(3, basicClaim("user", user("fay")))])).toBe("canOpenJoin");
  });

  it("does not reach who is listed already, the banned among them", () => {
    const roles = welcoming.map((each) => (each.index === 0 ? role(0) : each));
    const state = room(roles, { alice: 2, dave: 1 }, { preauthorized: [entry(3)], idle: ["dave"] });
    expect(commit(state, joiner("dave"), [change.join])).toBe("canAddOwnClient");
    expect(commit(state, joiner("dave"), [change.join, change.add("dave", 3)])).toBe("canAddOwnClient");
    expect(commit(state, joiner("dave"), [change.join, change.move("dave", 1, 3)])).toBe("canAddOwnClient");
  });

  it("lets participants move themselves to the first role they match, and to no other", () => {
    const moving = (preauthorized: readonly Preauthorization[], to: number) => {
      const state = room(welcoming, { alice: 3, bob: 3 }, { preauthorized });
      return commit(state, by(state, "alice"), [change.move("alice", 3, to)]);
    };
    expect(moving([entry(2)], 2)).toBe("allowed");
    expect(moving([entry(3), entry(2)], 2)).toBe("own-role-is-preauthorised");
    expect(moving([], 2)).toBe("own-role-is-preauthorised");
  });

  it("gives the hub its role, and no other provider", () => {
    const state = room(
      welcoming,
      { alice: 2, bob: 2 },
      {
        preauthorized: [entry(3, basicClaim("provider", "mimi://a.example"))],
      },
    );
    const kicks = [change.removeClient("bob", 1)];
    expect(propose(state, provider("a.example"), kicks)).toBe("allowed");
    expect(propose(state, provider("b.example"), kicks)).toBe("provider-has-role");
  });
});

describe("a provider", () => {
  it("may do what the role it is listed or preauthorised in may, such as end the room", () => {
    const ending = role(3, { capabilities: ["canDestroyRoom"] });
    const roles = [role(0), role(1), role(2), ending];
    const ends = (state: PolicyState) =>
      verdict(decide(state, { kind: "act", user: "mimi://a.example", capability: "canDestroyRoom" }));
    const plain = room(roles, { alice: 3 });
    expect(ends(plain)).toBe("provider-has-role");
    const listed = { ...plain, participants: [...plain.participants, { user: "mimi://a.example", role: 3 }] };
    expect(ends(listed)).toBe("allowed");
    const demoted = {
      ...plain,
      participants: [...plain.participants, { user: "mimi://a.example", role: 2 }],
    };
    expect(ends(demoted)).toBe("canDestroyRoom");
    const claims = [basicClaim("provider", "mimi://a.example")];
    expect(ends({ ...plain, preauthorized: [{ claims, role: ending }] })).toBe("allowed");
    expect(ends({ ...demoted, preauthorized: [{ claims, role: ending }] })).toBe("canDestroyRoom");
  });
});

describe("what nobody may do", () => {
  it("is refused as such where a variant says so", () => {
    const everything = role(3, { capabilities: ["canChangeOtherPolicyAttribute"] });
    const state = room([role(0), role(1), everything], { alice: 3 });
    const bots = { kind: "changeComponent", component: componentIds.bot_policy, op: "update" } as const;
    const variants = { ...defaultVariants, otherPolicies: "nobody" as const };
    expect(commit(state, by(state, "alice"), [bots], variants)).toBe("component-has-capability");
  });
});
