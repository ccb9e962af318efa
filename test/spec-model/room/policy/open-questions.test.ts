import { describe, expect, it } from "vitest";
import {
  type Author,
  type Change,
  decide,
  defaultVariants,
  openQuestions,
  type PolicyState,
  type PolicyVariants,
  type Role,
  settledReadings,
} from "../../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../../spec-model/room/structures/index.ts";
import {
  by,
  change,
  commit,
  commitOf,
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

type Try = (variants: PolicyVariants) => string;

const moves = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3] }));
const holding = (...capabilities: string[]): readonly Role[] => [
  role(0, { roleChanges: moves }),
  role(1),
  role(2),
  role(3, { capabilities, roleChanges: moves }),
];
const base = plainBaseRoomPolicy();
const byAlice =
  (state: PolicyState, changes: readonly Change[]): Try =>
  (variants) =>
    commit(state, by(state, "alice"), changes, variants);
const creating =
  (state: PolicyState): Try =>
  (variants) =>
    verdict(decide(state, { kind: "create", creator: user("alice") }, variants));
const update = (component: number): Change => ({ kind: "changeComponent", component, op: "update" });
const other = (proposalType: string): Change => ({ kind: "other", proposalType });
const policyEditors = [
  "canChangeOtherPolicyAttribute",
  "canChangeRoomMembershipStyle",
  "canChangeRoleDefinitions",
  "canChangeMlsOperationalPolicies",
  "canCreateJoinCode",
];
/** The same change by holders of each capability that could be the one for it. */
const editing = (component: number): readonly Try[] =>
  policyEditors.map((capability) =>
    byAlice(room(holding(capability), { alice: 3 }), [
      component === componentIds.join_links
        ? { kind: "changeComponent", component, op: "update", links: { added: ["aa"], removed: [] } }
        : update(component),
    ]),
  );

const limited = holding("canChangeUserRole").map((each) =>
  each.index === 2 ? { ...each, maximumParticipants: 1 } : each,
);
const swapping = room(limited, { alice: 3, bob: 2, cathy: 3 });
const everybody = {
  claims: [],
  role: role(3, { capabilities: ["canRemoveParticipant"], roleChanges: moves }),
};
const hub: Author = provider("a.example");
const guests = room([role(0), role(1), role(2, { capabilities: ["canReactToMessage"] })], { bob: 2 });
const child = (holders: Readonly<Record<string, number>>, listed: readonly string[]): PolicyState => ({
  ...room(holding("canAddParticipant", "canRemoveParticipant"), holders),
  base: { ...base, parentDependant: true, parentRoom: [{ uri: "mimi://a.example/r/parent" }] },
  parent: { participants: listed.map((name) => ({ user: user(name), role: 2 })) },
});

/** Situations in which the answers to a question lead to different decisions. */
const tries: Readonly<Record<keyof PolicyVariants, readonly Try[]>> = {
  limits: [byAlice(swapping, [change.move("cathy", 3, 2), change.move("bob", 2, 3)])],
  authorizationBase: [
    (variants) => {
      const state = room(holding("canChangeUserRole"), { alice: 3, bob: 2, cathy: 2 });
      const promoted = proposal(by(state, "alice"), [change.move("bob", 2, 3)], "ref");
      const own = proposal(by(state, "bob"), [change.move("cathy", 2, 3)]);
      return commitOf(state, by(state, "bob"), [promoted, own], variants);
    },
    (variants) => {
      const state = room(holding("canChangeUserRole"), { alice: 3, bob: 2, cathy: 2 });
      const pending = [proposal(by(state, "alice"), [change.move("bob", 2, 3)], "ref")];
      const proposals = [proposal(by(state, "bob"), [change.move("cathy", 2, 3)], "next")];
      return verdict(decide(state, { kind: "proposals", pending, proposals }, variants));
    },
  ],
  unban: [
    byAlice(room(holding("canChangeUserRole"), { alice: 3, bob: 1 }, { idle: ["bob"] }), [
      change.move("bob", 1, 2),
    ]),
    byAlice(room(holding("canRemoveParticipant"), { alice: 3, bob: 1 }, { idle: ["bob"] }), [
      change.remove("bob", 1),
    ]),
  ],
  fixedEntry: [
    creating(
      room(holding("canJoinIfPreauthorized"), { alice: 3 }, { base: { ...base, fixedMembership: true } }),
    ),
  ],
  fixedRemoval: [
    byAlice(
      room(
        holding("canRemoveParticipant"),
        { alice: 3, bob: 2 },
        { base: { ...base, fixedMembership: true } },
      ),
      [change.remove("bob"), change.removeClient("bob", 1)],
    ),
  ],
  parentSubset: [byAlice(child({ alice: 3 }, ["alice", "bob"]), [change.add("bob", 2)])],
  parentRemoval: [
    (variants) =>
      propose(
        child({ alice: 3, bob: 2 }, ["alice", "cathy"]),
        hub,
        [change.remove("bob"), change.removeClient("bob", 1)],
        variants,
      ),
  ],
  singleDevice: [
    byAlice(room(holding("canAddParticipant"), { alice: 3 }, { base: { ...base, multiDevice: false } }), [
      change.add("bob", 2),
      change.addClient("bob"),
    ]),
  ],
  minimaAtCreation: [creating(room([...holding(), role(4, { minimumParticipants: 1 })], { alice: 3 }))],
  preauthorizedRole: [
    (variants) =>
      propose(
        room(holding(), { alice: 2, bob: 2 }, { preauthorized: [everybody] }),
        hub,
        [change.remove("bob"), change.removeClient("bob", 1)],
        variants,
      ),
  ],
  emptyClaimset: [
    (variants) =>
      propose(
        room(holding("canKick"), { alice: 2, bob: 2 }, { preauthorized: [everybody] }),
        hub,
        [change.removeClient("bob", 1)],
        variants,
      ),
  ],
  clientsOfListed: [
    byAlice(room(holding("canAddParticipant"), { alice: 3, bob: 2 }, { idle: ["bob"] }), [
      change.addClient("bob"),
    ]),
  ],
  kick: [
    (variants) => {
      const state = room(holding("canKick"), { alice: 3, bob: 2 });
      const two = { ...state, members: [...state.members, member("bob", 7, 2)] };
      return commit(two, by(two, "alice"), [change.removeClient("bob", 1)], variants);
    },
  ],
  joinCodeRole: [
    (variants) => {
      const roles = [role(0, { capabilities: ["canUseJoinCode"] }), role(1), role(2)];
      const state = room(roles, { alice: 2 }, { joinCodes: [{ code: "code", role: 2, multiuser: false }] });
      return commit(
        state,
        joiner("eve", { joinCode: "code" }),
        [change.join, change.add("eve", 2)],
        variants,
      );
    },
  ],
  otherPolicies: editing(componentIds.asset_policy),
  operationalPolicy: editing(componentIds.mls_operational_policy),
  joinLinkChanges: editing(componentIds.join_links),
  frankingAgent: [
    ...editing(componentIds.franking_signature_key),
    (variants) =>
      propose(room(holding(), { alice: 3 }), hub, [update(componentIds.franking_signature_key)], variants),
  ],
  contextExtensions: [
    (variants) => propose(room(holding(), { alice: 3 }), hub, [other("group_context_extensions")], variants),
  ],
  leafUpdates: [byAlice(room(holding(), { alice: 3 }), [{ kind: "updateClient", ...member("alice", 0) }])],
  pskProposals: [byAlice(room(holding("canSendMLSPSKProposal"), { alice: 3 }), [other("psk")])],
  submitting: [(variants) => verdict(decide(guests, { kind: "send", user: user("bob") }, variants))],
  listedComponents: [
    creating(
      room(
        holding(),
        { alice: 3 },
        { base, components: [componentIds.roles_list, componentIds.base_room_policy] },
      ),
    ),
  ],
};

const ids = Object.keys(defaultVariants) as (keyof PolicyVariants)[];

describe("an open question", () => {
  it("is there for every variant, with the default among its answers", () => {
    expect(openQuestions.map((each) => each.id).sort()).toEqual([...ids].sort());
    for (const { answers, default: usual, reason, section } of openQuestions) {
      expect(Object.keys(answers)).toContain(usual);
      expect(Object.keys(answers).length).toBeGreaterThan(1);
      expect(reason).not.toBe("");
      expect(section).toMatch(/§/);
    }
  });

  it.each(ids)("%s: each answer decides something otherwise than every other", (id) => {
    const answers = Object.keys(openQuestions.find((each) => each.id === id)?.answers ?? {});
    const verdicts = answers.map((answer) => {
      // Policies that no capability speaks of: who may change them is its own question, and does not blur this one.
      const variants = { ...defaultVariants, listedComponents: "ignored" as const, [id]: answer };
      return tries[id].map((attempt) => (attempt(variants) === "allowed" ? "allowed" : "refused")).join(" ");
    });
    expect(new Set(verdicts).size).toBe(answers.length);
  });

  it("that has one answer only says which others there would be", () => {
    expect(new Set(settledReadings.map((each) => each.id)).size).toBe(settledReadings.length);
    for (const { alternatives, reading, reason } of settledReadings) {
      expect(alternatives.length * reading.length * reason.length).toBeGreaterThan(0);
    }
  });
});
