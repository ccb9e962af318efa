import { describe, expect, it } from "vitest";
import {
  type Change,
  capabilityRules,
  type Decision,
  decide,
  type PolicyRequest,
  type PolicyState,
  policyRules,
} from "../../../../spec-model/room/index.ts";
import {
  type CapabilityName,
  CapabilityType,
  componentIds,
  plainBaseRoomPolicy,
} from "../../../../spec-model/room/structures/index.ts";
import { by, change, joiner, member, proposal, resultOf, role, room, user, verdict } from "./rooms.ts";

/** Every way to change the room in it: whoever holds a capability is limited by that alone. */
const everyMove = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3].filter((to) => to !== from) }));

/** Alice holds the capability in role 3, Bob, Cathy and the banned Dave hold nothing; Eve is not listed. */
function roomWhere(capability: string): PolicyState {
  const capabilities = [capability];
  const preauthorized = [
    { claims: [{ credentialType: "basic", id: "757365", value: "" }], role: role(2) },
    { claims: [], role: role(4) },
  ];
  const roles = [
    role(0, { roleChanges: everyMove }),
    role(1),
    role(2),
    role(3, { capabilities, roleChanges: everyMove }),
    role(4),
  ];
  const state = room(roles, { alice: 3, bob: 2, cathy: 2, dave: 1 }, { idle: ["dave"], preauthorized });
  const base = plainBaseRoomPolicy({ policyComponentIds: Object.values(componentIds) });
  const [a1, ...others] = state.members;
  return { ...state, base, members: [...(a1 ? [a1] : []), member("alice", 9, 2), ...others] };
}

const update = (component: number): Change => ({ kind: "changeComponent", component, op: "update" });
const metadata = (field: string): Change => ({ kind: "changeMetadata", fields: [field] });
const other = (proposalType: string): Change => ({ kind: "other", proposalType });
const links = (added: readonly string[], removed: readonly string[]): Change => ({
  ...update(componentIds.join_links),
  kind: "changeComponent",
  component: componentIds.join_links,
  links: { added, removed },
});

/** One of everything that Alice could do in a commit. */
const deeds: Readonly<Record<string, readonly Change[]>> = {
  "add Eve": [change.add("eve", 2)],
  "add Eve with a client": [change.add("eve", 2), change.addClient("eve")],
  "add Eve banned": [change.add("eve", 1)],
  "add a client of Bob's": [change.addClient("bob", 2)],
  "add a client of her own": [change.addClient("alice", 3)],
  "remove Bob with his client": [change.remove("bob"), change.removeClient("bob", 1)],
  "remove the banned Dave": [change.remove("dave", 1)],
  "remove Bob's client": [change.removeClient("bob", 1)],
  "remove another client of her own": [change.removeClient("alice", 9, 2)],
  "move Bob": [change.move("bob", 2, 3)],
  "move herself to what she is preauthorised for": [change.move("alice", 3, 4)],
  "move herself elsewhere": [change.move("alice", 3, 2)],
  "ban Bob and remove his client": [change.move("bob", 2, 1), change.removeClient("bob", 1)],
  "ban Bob and leave his client": [change.move("bob", 2, 1)],
  "unban Dave": [change.move("dave", 1, 2)],
  "rename the room": [metadata("room_name")],
  "describe the room": [metadata("room_descriptions")],
  "change the avatar": [metadata("room_avatar")],
  "change the subject": [metadata("room_subject")],
  "change the mood": [metadata("room_mood")],
  "change the room's URI": [metadata("room_uri")],
  "replace the roles": [update(componentIds.roles_list)],
  "replace the preauthorisations": [update(componentIds.preauth_list)],
  "replace the base policy": [update(componentIds.base_room_policy)],
  "replace the operational policy": [update(componentIds.mls_operational_policy)],
  "replace the notification policy": [update(componentIds.status_notification_policy)],
  "replace the asset policy": [update(componentIds.asset_policy)],
  "put in a join link": [links(["aa"], [])],
  "take out a join link": [links([], ["bb"])],
  "introduce a franking agent": [update(componentIds.franking_signature_key)],
  "change an unknown component": [update(0xff99)],
  "remove the roles": [{ kind: "changeComponent", component: componentIds.roles_list, op: "remove" }],
  "re-initialise": [other("reinit")],
  "use a pre-shared key": [other("psk")],
  "change the GroupContext": [other("group_context_extensions")],
};

/** What each capability is for: all else is refused. Who has none may still renew the own keys. */
const authorises: Readonly<Record<string, readonly string[]>> = {
  canAddParticipant: ["add Eve", "add Eve with a client", "add Eve banned"],
  canAddOwnClient: ["add a client of her own"],
  canRemoveParticipant: ["remove Bob with his client"],
  canRemoveOwnClient: ["remove another client of her own"],
  canKick: ["remove Bob's client"],
  canChangeUserRole: ["move Bob"],
  canChangeOwnRole: ["move herself to what she is preauthorised for"],
  canBan: ["ban Bob and remove his client", "add Eve banned"],
  canUnBan: ["unban Dave"],
  canChangeRoomName: ["rename the room"],
  canChangeRoomDescription: ["describe the room"],
  canChangeRoomAvatar: ["change the avatar"],
  canChangeRoomSubject: ["change the subject"],
  canChangeRoomMood: ["change the mood"],
  canChangeRoleDefinitions: ["replace the roles"],
  canChangePreauthorizedUserList: ["replace the preauthorisations"],
  canChangeRoomMembershipStyle: ["replace the base policy"],
  canChangeMlsOperationalPolicies: ["replace the operational policy"],
  canChangeOtherPolicyAttribute: [
    "replace the notification policy",
    "replace the asset policy",
    "introduce a franking agent",
  ],
  canCreateJoinCode: ["put in a join link"],
  canDeleteJoinCode: ["take out a join link"],
  canSendMLSReinitProposal: ["re-initialise"],
};

const names = Object.keys(capabilityRules) as CapabilityName[];

function committed(state: PolicyState, changes: readonly Change[]): Decision {
  const author = by(state, "alice");
  const proposals = [proposal(author, changes)];
  return decide(state, { kind: "commit", author, proposals, result: resultOf(state, proposals) });
}

describe("a capability", () => {
  it.each(names)("%s authorises what it is for in a commit, and nothing else", (capability) => {
    const state = roomWhere(capability);
    const done = Object.keys(deeds).filter((deed) => committed(state, deeds[deed] ?? []).allowed);
    expect(done.sort()).toEqual([...(authorises[capability] ?? [])].sort());
  });

  it.each(names)("%s authorises the same when proposed as when committed", (capability) => {
    const state = roomWhere(capability);
    const author = by(state, "alice");
    for (const changes of Object.values(deeds)) {
      const proposals = [proposal(author, changes, "ref")];
      const proposed = decide(state, { kind: "proposals", pending: [], proposals });
      expect(verdict(proposed)).toBe(verdict(committed(state, changes)));
    }
  });

  it.each(names)("%s lets its holder do the act of its name, and no other", (capability) => {
    const state = roomWhere(capability);
    for (const act of names) {
      const request: PolicyRequest = { kind: "act", user: user("alice"), capability: act };
      expect(verdict(decide(state, request))).toBe(act === capability ? "allowed" : act);
    }
  });

  it("to leave is one that is proposed, with all own clients, and committed by somebody else", () => {
    const leave = [
      change.remove("alice", 3),
      change.removeClient("alice", 0),
      change.removeClient("alice", 9, 2),
    ];
    for (const capability of names) {
      const state = roomWhere(capability);
      const proposals = [proposal(by(state, "alice"), leave, "ref")];
      const proposed = verdict(decide(state, { kind: "proposals", pending: [], proposals }));
      expect(proposed).toBe(capability === "canRemoveSelf" ? "allowed" : "canRemoveSelf");
    }
    const state = roomWhere("canRemoveSelf");
    const proposals = [proposal(by(state, "alice"), leave, "ref")];
    const commitBy = (name: string) =>
      verdict(
        decide(state, {
          kind: "commit",
          author: by(state, name),
          proposals,
          result: resultOf(state, proposals),
        }),
      );
    expect(commitBy("bob")).toBe("allowed");
    expect(commitBy("alice")).toBe("committer-is-participant");
    expect(verdict(committed(state, [change.remove("alice", 3), change.removeClient("alice", 9, 2)]))).toBe(
      "members-are-participants",
    );
  });

  it("says of itself where it is reserved", () => {
    const reserved = names.filter((name) => capabilityRules[name].says.startsWith("reserved"));
    expect(reserved).toHaveLength(18);
  });

  it("is in the registry, every one, and its rule says where it is from", () => {
    for (const name of names) {
      expect(() => CapabilityType.encode(name)).not.toThrow();
      expect(policyRules[name].section).toMatch(/^room-policy-04 §8\.[1-7]/);
    }
    expect(names).toHaveLength(77);
  });
});

describe("the ways in", () => {
  const enter = (roleZero: readonly string[], target: readonly string[], more: Partial<PolicyState> = {}) => {
    const roles = [
      role(0, { capabilities: roleZero, roleChanges: [{ from: 0, to: [2] }] }),
      role(1),
      role(2, { capabilities: target }),
      role(3, { capabilities: target }),
    ];
    const state = room(roles, { alice: 2 }, more);
    const author = joiner("eve", more.joinCodes === undefined ? {} : { joinCode: "code" });
    return (to: number) => {
      const proposals = [proposal(author, [change.join, change.add("eve", to)])];
      return verdict(
        decide(state, { kind: "commit", author, proposals, result: resultOf(state, proposals) }),
      );
    };
  };

  it("are shut to the unlisted whatever role 0 may do otherwise", () => {
    for (const capability of names.filter((name) => !["canOpenJoin", "canUseJoinCode"].includes(name))) {
      expect(enter([capability], [])(2)).toBe("canOpenJoin");
    }
  });

  it("are open by canOpenJoin on role 0, to the roles that role 0 leads to", () => {
    const into = enter(["canOpenJoin"], []);
    expect([into(2), into(3), into(1)]).toEqual(["allowed", "entry-role", "entry-role"]);
  });

  it("are open by canJoinIfPreauthorized on the role of the first entry that matches, whatever role 0 leads to", () => {
    const preauthorized = [
      { claims: [{ credentialType: "x509", id: "00", value: "00" }], role: role(2) },
      { claims: [], role: role(3) },
    ];
    const into = enter([], ["canJoinIfPreauthorized"], { preauthorized });
    expect([into(2), into(3)]).toEqual(["entry-role", "allowed"]);
    for (const capability of names.filter((name) => name !== "canJoinIfPreauthorized")) {
      expect(enter([], [capability], { preauthorized })(3)).toBe("canOpenJoin");
    }
  });

  it("are open by canUseJoinCode on role 0 with a code for a role that role 0 leads to", () => {
    const codes = (to: number, code = "code") => ({ joinCodes: [{ code, role: to, multiuser: false }] });
    expect(enter(["canUseJoinCode"], [], codes(2))(2)).toBe("allowed");
    expect(enter(["canUseJoinCode"], [], codes(2))(3)).toBe("entry-role");
    expect(enter(["canUseJoinCode"], [], codes(3))(3)).toBe("join-code-valid");
    expect(enter(["canUseJoinCode"], [], codes(9))(2)).toBe("join-code-valid");
    expect(enter(["canUseJoinCode"], [], codes(2, "another"))(2)).toBe("join-code-valid");
    expect(enter(["canUseJoinCode"], [])(2)).toBe("canOpenJoin");
    expect(enter([], [], codes(2))(2)).toBe("canUseJoinCode");
  });

  it("are open to a listed user's client by canAddOwnClient on its role, and to no banned user's", () => {
    const back = (capability: string, index: number) => {
      const roles = [
        role(0),
        role(1, { capabilities: [capability] }),
        role(2, { capabilities: [capability] }),
      ];
      const state = room(roles, { alice: 2, bob: index }, { idle: ["bob"] });
      const author = joiner("bob");
      const proposals = [proposal(author, [change.join])];
      return verdict(
        decide(state, { kind: "commit", author, proposals, result: resultOf(state, proposals) }),
      );
    };
    for (const name of names) {
      expect(back(name, 2)).toBe(name === "canAddOwnClient" ? "allowed" : "canAddOwnClient");
    }
    expect(back("canAddOwnClient", 1)).toBe("banned-have-no-clients");
  });
});
