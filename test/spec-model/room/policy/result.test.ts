import { describe, expect, it } from "vitest";
import { decide, type PolicyState, removedWithParent } from "../../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../../spec-model/room/structures/index.ts";
import {
  by,
  change,
  commit,
  joiner,
  member,
  proposal,
  propose,
  provider,
  role,
  room,
  user,
  verdict,
} from "./rooms.ts";

const moves = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3] }));
const everything = role(3, {
  capabilities: [
    "canAddParticipant",
    "canRemoveParticipant",
    "canRemoveSelf",
    "canAddOwnClient",
    "canChangeUserRole",
    "canKick",
    "canBan",
    "canUnBan",
    "canChangeRoomMembershipStyle",
    "canChangeOtherPolicyAttribute",
    "canChangeRoleDefinitions",
  ],
  roleChanges: moves,
});
const roles = [role(0), role(1), role(2), everything];
const inRoom = (holders: Readonly<Record<string, number>>, more: Parameters<typeof room>[2] = {}) =>
  room(roles, holders, more);

describe("numbers of a room", () => {
  const bounded = (maxUsers: number | undefined, maxClients: number | undefined) =>
    inRoom(
      { alice: 3, bob: 2, dave: 1 },
      {
        base: plainBaseRoomPolicy({ maxUsers, maxClients }),
        members: [member("alice", 0), member("bob", 1)],
      },
    );

  it.each([
    [2, "max-users"],
    [3, "allowed"],
    [undefined, "allowed"],
  ])("max_users %s and two users: a third is %s, the banned not counted", (maximum, expected) => {
    const state = bounded(maximum, undefined);
    expect(commit(state, by(state, "alice"), [change.add("eve", 2)])).toBe(expected);
    expect(commit(state, by(state, "alice"), [change.move("dave", 1, 2)])).toBe(expected);
    expect(commit(state, by(state, "alice"), [change.add("eve", 1)])).toBe("allowed");
  });

  it.each([
    [2, "max-clients"],
    [3, "allowed"],
    [undefined, "allowed"],
  ])("max_clients %s and two clients: a third is %s", (maximum, expected) => {
    const state = bounded(undefined, maximum);
    expect(commit(state, by(state, "alice"), [change.addClient("alice", 2)])).toBe(expected);
    expect(commit(state, by(state, "alice"), [change.add("eve", 2), change.addClient("eve")])).toBe(expected);
    expect(commit(state, by(state, "alice"), [change.add("eve", 2)])).toBe("allowed");
  });

  it("that are over a maximum already may stay or fall, and not rise", () => {
    const state = bounded(1, 1);
    expect(commit(state, by(state, "alice"), [change.move("bob", 2, 3)])).toBe("allowed");
    expect(commit(state, by(state, "alice"), [change.removeClient("bob", 1)])).toBe("allowed");
    expect(commit(state, by(state, "alice"), [change.add("eve", 2)])).toBe("max-users");
  });

  it("are not set below what the room has already", () => {
    const state = inRoom({ alice: 3, bob: 2 }, { base: plainBaseRoomPolicy() });
    const several = { ...state, members: [...state.members, member("bob", 9, 2)] };
    const setting = (terms: Parameters<typeof plainBaseRoomPolicy>[0], of: PolicyState = state) => {
      const sets = { base: plainBaseRoomPolicy(terms) };
      const component = componentIds.base_room_policy;
      return commit(of, by(of, "alice"), [{ kind: "changeComponent", component, op: "update", sets }]);
    };
    expect(setting({ maxUsers: 2, maxClients: 2, multiDevice: false })).toBe("allowed");
    expect(setting({ maxUsers: 1 })).toBe("max-users");
    expect(setting({ maxClients: 1 })).toBe("max-clients");
    expect(setting({ multiDevice: false }, several)).toBe("single-device");
  });

  it("count what one commit takes and gives together", () => {
    const state = bounded(2, 2);
    const swap = [
      change.remove("bob"),
      change.removeClient("bob", 1),
      change.add("eve", 2),
      change.addClient("eve"),
    ];
    expect(commit(state, by(state, "alice"), swap)).toBe("allowed");
  });

  it("let a user of a single-device room have one client, and change it", () => {
    const state = inRoom({ alice: 3, bob: 2 }, { base: plainBaseRoomPolicy({ multiDevice: false }) });
    expect(commit(state, by(state, "alice"), [change.addClient("alice", 2)])).toBe("single-device");
    expect(commit(state, by(state, "alice"), [change.add("eve", 2), change.addClient("eve")])).toBe(
      "allowed",
    );
    expect(
      commit(state, by(state, "alice"), [
        change.add("eve", 2),
        change.addClient("eve"),
        change.addClient("eve", 2),
      ]),
    ).toBe("single-device");
    const again = [change.join, change.removeClient("alice", 0)];
    expect(commit(state, joiner("alice"), again)).toBe("allowed");
  });

  it("of a role hold for its active participants, too", () => {
    const one = [
      role(0),
      role(1),
      role(2, { maximumActiveParticipants: 1, minimumActiveParticipants: 1 }),
      everything,
    ];
    const state = room(one, { alice: 3, bob: 2 });
    expect(commit(state, by(state, "alice"), [change.add("eve", 2)])).toBe("allowed");
    expect(commit(state, by(state, "alice"), [change.add("eve", 2), change.addClient("eve")])).toBe(
      "role-limits",
    );
    expect(commit(state, by(state, "alice"), [change.removeClient("bob", 1)])).toBe("role-limits");
  });
});

describe("a fixed-membership room", () => {
  const fixed = inRoom(
    { alice: 3, bob: 2, cathy: 2 },
    {
      base: plainBaseRoomPolicy({ fixedMembership: true }),
      idle: ["cathy"],
    },
  );
  const alice = by(fixed, "alice");

  it("lets nobody onto the list and nobody off it", () => {
    expect(commit(fixed, alice, [change.add("eve", 2)])).toBe("fixed-membership");
    expect(commit(fixed, alice, [change.remove("bob"), change.removeClient("bob", 1)])).toBe(
      "fixed-membership",
    );
    expect(propose(fixed, alice, [change.remove("alice", 3), change.removeClient("alice", 0)])).toBe(
      "fixed-membership",
    );
    expect(commit(fixed, joiner("eve"), [change.join, change.add("eve", 2)])).toBe("fixed-membership");
  });

  it("lets clients come and go", () => {
    expect(commit(fixed, alice, [change.addClient("alice", 2)])).toBe("allowed");
    expect(commit(fixed, alice, [change.removeClient("bob", 1)])).toBe("allowed");
  });

  it("is refused with roles that could let anybody in", () => {
    const creating = (capabilities: readonly string[], index: number) => {
      const own = roles.map((each) =>
        each.index === index ? { ...each, capabilities, roleChanges: moves } : each,
      );
      const state = room(
        own.map((each) => (each.index === 3 && index !== 3 ? role(3) : each)),
        { alice: 3 },
        {
          base: plainBaseRoomPolicy({ fixedMembership: true }),
        },
      );
      return verdict(decide(state, { kind: "create", creator: user("alice") }));
    };
    expect(creating(["canAddParticipant"], 2)).toBe("fixed-membership-has-no-way-in");
    expect(creating(["canAddParticipant"], 1)).toBe("allowed");
    expect(creating(["canUseJoinCode"], 0)).toBe("fixed-membership-has-no-way-in");
    expect(creating(["canOpenJoin"], 0)).toBe("fixed-membership-has-no-way-in");
    expect(creating(["canJoinIfPreauthorized"], 2)).toBe("fixed-membership-has-no-way-in");
    expect(creating(["canRemoveOwnClient"], 2)).toBe("allowed");
  });
});

describe("a parent-dependent room", () => {
  const dependent = (parents: readonly string[], holders: Readonly<Record<string, number>>, more = {}) =>
    inRoom(holders, {
      base: plainBaseRoomPolicy({
        parentDependant: true,
        parentRoom: [{ uri: "mimi://a.example/r/parent" }],
        ...more,
      }),
      parent: { participants: parents.map((name) => ({ user: user(name), role: 2 })) },
    });
  const parents = ["alice", "bob", "cathy"];

  it("takes participants of its parent, and not all of them", () => {
    const state = dependent(parents, { alice: 3 });
    const alice = by(state, "alice");
    expect(commit(state, alice, [change.add("bob", 2)])).toBe("allowed");
    expect(commit(state, alice, [change.add("eve", 2)])).toBe("parent-subset");
    expect(commit(state, alice, [change.add("bob", 2), change.add("cathy", 2)])).toBe("parent-subset");
    expect(commit(state, alice, [change.add("eve", 1)])).toBe("allowed");
  });

  it("is left by who leaves the parent: the hub takes them out, fixed membership or not", () => {
    expect(
      removedWithParent([{ user: user("alice") }], [{ user: user("alice") }, { user: user("bob") }]),
    ).toEqual([user("bob")]);
    for (const fixedMembership of [false, true]) {
      const state = dependent(["alice", "cathy", "dora"], { alice: 3, bob: 2 }, { fixedMembership });
      const out = [change.remove("bob"), change.removeClient("bob", 1)];
      expect(propose(state, provider("a.example"), out)).toBe("allowed");
      expect(propose(state, provider("b.example"), out)).toBe(
        fixedMembership ? "fixed-membership" : "provider-has-role",
      );
      const staying = [change.remove("alice", 3), change.removeClient("alice", 0)];
      expect(propose(state, provider("a.example"), staying)).not.toBe("allowed");
    }
  });

  it.each([
    ["no parent", { parentRoom: [] }, "parent-room-named"],
    [
      "two parents",
      { parentRoom: [{ uri: "mimi://a.example/r/1" }, { uri: "mimi://a.example/r/2" }] },
      "parent-room-named",
    ],
    ["an empty parent", { parentRoom: [{ uri: "" }] }, "parent-room-named"],
    ["a parent at another hub", { parentRoom: [{ uri: "mimi://b.example/r/parent" }] }, "parent-on-same-hub"],
    ["a parent and no dependence", { parentDependant: false }, "parent-room-named"],
    ["neither", { parentDependant: false, parentRoom: [] }, "allowed"],
  ])("is refused with %s", (_, more, expected) => {
    const state = dependent(["alice", "bob"], { alice: 3 }, more);
    expect(verdict(decide(state, { kind: "create", creator: user("alice") }))).toBe(expected);
  });
});

describe("a policy that changes", () => {
  const state = inRoom(
    { alice: 3, bob: 2 },
    {
      base: plainBaseRoomPolicy({ policyComponentIds: [componentIds.roles_list] }),
      components: [componentIds.participant_list, componentIds.roles_list, componentIds.base_room_policy],
    },
  );
  const alice = by(state, "alice");
  const setting = (component: number, sets: Partial<PolicyState>) =>
    ({ kind: "changeComponent", component, op: "update", sets }) as const;

  it("lists every policy component in the base policy", () => {
    const bots = setting(componentIds.bot_policy, { bots: { allowedBots: [] } });
    const listed = setting(componentIds.base_room_policy, {
      base: plainBaseRoomPolicy({ policyComponentIds: [componentIds.roles_list, componentIds.bot_policy] }),
    });
    expect(commit(state, alice, [bots])).toBe("policies-are-listed");
    expect(commit(state, alice, [bots, listed])).toBe("allowed");
    expect(commit(state, alice, [listed])).toBe("allowed");
  });

  it("keeps the roles that participants hold, and gets them no further past a limit", () => {
    const replaced = (next: PolicyState["roles"]) =>
      commit(state, alice, [setting(componentIds.roles_list, { roles: next })]);
    expect(replaced(roles)).toBe("allowed");
    expect(replaced([role(0), role(1), everything])).toBe("role-is-defined");
    expect(replaced([role(0), role(1), role(2, { maximumParticipants: 0 }), everything])).toBe("role-limits");
    expect(replaced([role(0), role(1), role(2, { capabilities: ["canOpenJoin"] }), everything])).toBe(
      "open-join-on-role-zero",
    );
    expect(replaced([role(0, { capabilities: ["canOpenJoin"] }), role(1), role(2), everything])).toBe(
      "open-join-leads-somewhere",
    );
  });

  it("is judged by what it was, and judges the room by what it becomes", () => {
    const tight = setting(componentIds.base_room_policy, {
      base: plainBaseRoomPolicy({ maxUsers: 2, policyComponentIds: [componentIds.roles_list] }),
    });
    expect(commit(state, alice, [tight])).toBe("allowed");
    expect(commit(state, alice, [tight, change.add("eve", 2)])).toBe("max-users");
    expect(commit(state, by(state, "bob"), [tight])).toBe("canChangeRoomMembershipStyle");
  });

  it.each([
    [
      "a preauthorisation for no role",
      { preauthorized: [{ claims: [], role: role(9) }] },
      "preauthorised-role-is-defined",
    ],
    ["history shared by the banned", sharing([1]), "history-shared-by-active-roles"],
    ["history shared by nobody listed", sharing([0]), "history-shared-by-active-roles"],
    ["history shared by no role", sharing([9]), "history-shared-by-active-roles"],
    ["history shared by users", sharing([2]), "allowed"],
    ["a local bot with a role", bot(true, 2), "bot-role"],
    ["a local bot without one", bot(true, 0), "allowed"],
    ["a bot in no role", bot(false, 9), "bot-role"],
    ["a bot in a role", bot(false, 2), "allowed"],
    ["two links where they are had on request", onRequest(["aa", "bb"]), "one-link-on-request"],
    ["one link where they are had on request", onRequest(["aa"]), "allowed"],
    ["another provider's assets at the hub", hubAssets("b.example"), "hub-assets-one-provider"],
    ["the hub's assets at the hub", hubAssets("a.example"), "allowed"],
  ])("is refused, or not, with %s", (_, part, expected) => {
    const created = inRoom({ alice: 3 }, part as Partial<PolicyState>);
    expect(verdict(decide(created, { kind: "create", creator: user("alice") }))).toBe(expected);
  });
});

describe("who is who in a room", () => {
  it("has no pseudonyms where they are not allowed", () => {
    const hidden = "mimi://e.example/p/shade";
    const comes = [
      { kind: "addParticipant" as const, user: hidden, role: 2 },
      { kind: "addClient" as const, user: hidden, client: "mimi://e.example/d/shade/1", keyPackage: "kp" },
    ];
    const coming = (pseudonymsAllowed: boolean) => {
      const state = inRoom({ alice: 3 }, { base: plainBaseRoomPolicy({ pseudonymsAllowed }) });
      return commit(state, by(state, "alice"), comes);
    };
    expect([coming(true), coming(false)]).toEqual(["allowed", "pseudonyms-allowed"]);
    const there = inRoom({ alice: 3 }, { base: plainBaseRoomPolicy({ pseudonymsAllowed: false }) });
    const shade = { leaf: 7, user: hidden, client: "mimi://e.example/d/shade/1" };
    const [participants, members] = [
      [...there.participants, { user: hidden, role: 2 }],
      [...there.members, shade],
    ];
    const among = { ...there, participants, members };
    expect(commit(among, by(among, "alice"), [change.add("bob", 2)])).toBe("allowed");
  });

  it("has no history shared by a role that can have no clients", () => {
    const silent = role(4, { maximumActiveParticipants: 0 });
    const state = { ...inRoom({ alice: 3 }, sharing([4])), roles: [...roles, silent] };
    expect(verdict(decide(state, { kind: "create", creator: user("alice") }))).toBe(
      "history-shared-by-active-roles",
    );
  });

  it("has a creator that is its participant", () => {
    const state = inRoom({ alice: 3 });
    expect(verdict(decide(state, { kind: "create", creator: user("bob") }))).toBe("creator-is-participant");
  });

  it("has commits of participants only, who are not banned and do not take themselves out", () => {
    const state = inRoom({ alice: 3, bob: 3 });
    const commits = (
      author: Parameters<typeof commit>[1],
      proposals: readonly ReturnType<typeof proposal>[],
    ) => verdict(decide(state, { kind: "commit", author, proposals, result: state }));
    expect(commits(by(state, "alice"), [])).toBe("allowed");
    expect(commits(provider("a.example"), [])).toBe("committer-is-participant");
    expect(commits(by(state, "eve"), [])).toBe("committer-is-participant");
    const banned = proposal(
      by(state, "alice"),
      [change.move("bob", 3, 1), change.removeClient("bob", 1)],
      "ref",
    );
    expect(commits(by(state, "bob"), [banned])).toBe("committer-is-participant");
    const self = proposal(by(state, "bob"), [change.removeClient("alice", 0)], "ref");
    expect(commits(by(state, "alice"), [self])).toBe("leaver-does-not-commit");
  });

  it("lets a client in from outside only with a place in the list", () => {
    const open = [
      role(0, { capabilities: ["canOpenJoin"], roleChanges: moves }),
      role(1),
      role(2),
      everything,
    ];
    const state = room(open, { alice: 3 });
    expect(commit(state, joiner("eve"), [change.join])).toBe("joins-as-participant");
    expect(commit(state, joiner("eve"), [change.join, change.add("eve", 2)])).toBe("allowed");
    expect(verdict(decide(state, { kind: "groupInfo", requester: joiner("eve") }))).toBe("allowed");
  });

  it("takes no clients of others without them, none twice, and changes nobody who is not there", () => {
    const state = inRoom({ alice: 3, bob: 2 });
    const alice = by(state, "alice");
    expect(commit(state, alice, [change.addClient("eve")])).toBe("clients-come-with-user");
    expect(commit(state, alice, [change.addClient("alice")])).toBe("client-is-new");
    expect(commit(state, alice, [change.add("bob", 2)])).toBe("added-user-is-unlisted");
    expect(commit(state, alice, [change.remove("eve")])).toBe("removed-user-is-listed");
    expect(commit(state, alice, [change.move("eve", 2, 3)])).toBe("changed-user-is-listed");
    expect(commit(state, alice, [change.remove("bob")])).toBe("members-are-participants");
  });

  it("lets a user take one of its clients out and in again in one commit", () => {
    const owner = role(2, { capabilities: ["canAddOwnClient", "canRemoveOwnClient"] });
    const state = room([role(0), role(1), owner], { alice: 2 });
    const two = { ...state, members: [...state.members, member("alice", 1, 2)] };
    const renewed = [change.removeClient("alice", 1, 2), change.addClient("alice", 2)];
    expect(commit(two, by(two, "alice"), renewed)).toBe("allowed");
    expect(commit(two, by(two, "alice"), renewed.slice(1))).toBe("client-is-new");
  });

  it("takes handshakes from outside only where the operational policy does", () => {
    const closed = {
      externalCommitAllowed: false,
      externalProposalAllowed: false,
    } as PolicyState["operational"];
    const state = inRoom({ alice: 3, bob: 3 }, closed === undefined ? {} : { operational: closed });
    expect(commit(state, joiner("bob"), [change.join])).toBe("external-commits-allowed");
    const listed = { ...state, participants: [...state.participants, { user: "mimi://a.example", role: 3 }] };
    expect(propose(listed, provider("a.example"), [change.removeClient("bob", 1)])).toBe(
      "external-proposals-allowed",
    );
  });

  it("keeps its franking agent, and needs its list, metadata, roles and base policy", () => {
    const franking = componentIds.franking_signature_key;
    const state = inRoom({ alice: 3 }, { components: [franking] });
    const alice = by(state, "alice");
    expect(commit(state, alice, [{ kind: "changeComponent", component: franking, op: "update" }])).toBe(
      "franking-agent-stays",
    );
    for (const name of ["participant_list", "room_metadata", "roles_list", "base_room_policy"] as const) {
      const dropped = { kind: "changeComponent", component: componentIds[name], op: "remove" } as const;
      expect(commit(state, alice, [dropped])).toBe("component-is-needed");
    }
  });
});

function sharing(rolesThatCanShare: readonly number[]): Partial<PolicyState> {
  return {
    history: { historySharing: "optional", rolesThatCanShare, automaticallyShare: false, maxTimePeriod: 60 },
  };
}

function bot(localClientBot: boolean, botRoleIndex: number): Partial<PolicyState> {
  const rest = { name: "dealer", description: "", homepage: { uri: "" }, canTargetMessageInGroup: false };
  return { bots: { allowedBots: [{ ...rest, localClientBot, botRoleIndex, perUserContent: false }] } };
}

function onRequest(joinLinks: readonly string[]): Partial<PolicyState> {
  return { joinLinks, joinLinkPolicy: { onRequest: true, joinLink: "", multiuser: false, expiration: 60 } };
}

function hubAssets(domain: string): Partial<PolicyState> {
  const uploadDomains = [{ provider: { domain }, assetUploadDestinations: [] }];
  const downloadPrivacy = {
    allowedDownloadTypes: ["direct" as const],
    forbiddenDownloadTypes: [],
    defaultDownloadType: "direct" as const,
  };
  const sizes = { maxImage: 1, maxAudio: 1, maxVideo: 1, maxAttachment: 1 };
  const types = { forbiddenMediaTypes: [], permittedMediaTypes: undefined };
  return { assets: { assetUploadLocation: "hub", uploadDomains, downloadPrivacy, ...sizes, ...types } };
}
