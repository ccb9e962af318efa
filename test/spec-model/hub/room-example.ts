/** A small room for tests: Alice (admin) and Bob at two providers, one client each, hub at a.example. */
import type { HubRoomContext, HubRoomInput, Surroundings } from "../../../spec-model/hub/index.ts";
import type {
  Author,
  Change,
  CommitFacts,
  MemberClient,
  ProposalFacts,
  Role,
  RoomFacts,
} from "../../../spec-model/room/index.ts";

export const alice = "mimi://a.example/u/alice";
export const bob = "mimi://b.example/u/bob";
export const cathy = "mimi://c.example/u/cathy";

export const a1: MemberClient = { leaf: 0, client: "mimi://a.example/d/alice/A1", user: alice };
export const b1: MemberClient = { leaf: 1, client: "mimi://b.example/d/bob/B1", user: bob };
export const c1: MemberClient = { leaf: 2, client: "mimi://c.example/d/cathy/C1", user: cathy };

const userCapabilities = [
  "canAddParticipant",
  "canAddOwnClient",
  "canRemoveSelf",
  "canSendMessage",
  "canReceiveMessage",
];

export const roles: readonly Role[] = [
  role(0, "no_role", [], []),
  role(1, "banned", [], []),
  role(2, "ordinary_user", userCapabilities, [
    { from: 0, to: [2] },
    { from: 2, to: [0] },
  ]),
  role(
    3,
    "group_admin",
    [...userCapabilities, "canRemoveParticipant", "canBan", "canKick", "canChangeUserRole", "canDestroyRoom"],
    [
      { from: 0, to: [2, 3] },
      { from: 2, to: [0, 1, 3] },
    ],
  ),
  role(4, "enforcer", ["canRemoveParticipant", "canBan"], [{ from: 2, to: [0, 1] }]),
];

export const room = "mimi://a.example/r/clubhouse";

export const created: RoomFacts = {
  epoch: 4,
  participants: [
    { user: alice, role: 3 },
    { user: bob, role: 2 },
    // The hub itself has a role, under its provider URI: it may remove and ban.
    { user: "mimi://a.example", role: 4 },
  ],
  members: [a1, b1],
};

export const input: HubRoomInput = { room, hub: "a.example", policy: { roles, components: [] }, created };
export const surroundings: Surroundings = { now: 1_000, parent: undefined };

export function by(member: MemberClient): Author {
  return { kind: "member", ...member };
}

export function proposal(author: Author, changes: readonly Change[], reference?: string): ProposalFacts {
  return { reference, author, changes };
}

/** The facts of a commit by `member` in the room's epoch. */
export function commitBy(
  member: MemberClient,
  proposals: readonly ProposalFacts[] = [],
  result: Partial<RoomFacts> = {},
): CommitFacts {
  return {
    epoch: created.epoch,
    author: by(member),
    proposals,
    result: { ...created, epoch: created.epoch + 1, ...result },
  };
}

/** Bob leaves: his client goes and so does his entry in the list. */
export const bobLeaves: readonly ProposalFacts[] = [
  proposal(by(b1), [{ kind: "removeClient", ...b1 }], "ref-remove"),
  proposal(by(b1), [{ kind: "removeParticipant", user: bob, role: 2 }], "ref-list"),
];
export const withoutBob: RoomFacts = {
  epoch: 4,
  participants: [
    { user: alice, role: 3 },
    { user: "mimi://a.example", role: 4 },
  ],
  members: [a1],
};

export function contextOf(snapshot: { readonly context: unknown }): HubRoomContext {
  return snapshot.context as HubRoomContext;
}

function role(
  index: number,
  name: string,
  capabilities: readonly string[],
  roleChanges: Role["roleChanges"],
): Role {
  return { index, name, capabilities, roleChanges, minimumParticipants: 0, minimumActiveParticipants: 0 };
}
