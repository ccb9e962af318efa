/** Rooms that cannot be created, and changes that cannot be in one commit. room-policy-04 §3 to §6 and §8.1.1 */

import type { Change, PolicyState } from "../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import { type Expected, policyGroup } from "./cases.ts";
import { contentRules, contradictions } from "./contradictions.ts";
import { nothingOfMls, operationalPolicy, times } from "./operational-policy.ts";
import { authorIn, claimOf, doing, roleWith, roomOf, userOf } from "./people.ts";

/** The rules that these cases are about. */
export const creationRules = [
  "creator-is-participant",
  "open-join-on-role-zero",
  "open-join-leads-somewhere",
  "fixed-membership-has-no-way-in",
  "parent-room-named",
  "parent-on-same-hub",
  "one-link-on-request",
  "hub-assets-one-provider",
  "history-shared-by-active-roles",
  "bot-role",
  "policies-are-listed",
  "roles-change-apart",
  "preauthorisations-change-apart",
  "policy-in-envelope",
  "preauthorised-role-is-defined",
  "required-not-forbidden",
  "role-indices-distinct",
  "role-limits-ordered",
  "times-ordered",
  ...contentRules,
] as const;

export function creationGroups(): VectorGroup[] {
  return [rooms(), together()];
}

const roles = [roleWith(0), roleWith(1), roleWith(2), roleWith(3, { capabilities: ["canAddOwnClient"] })];
const base = plainBaseRoomPolicy({ policyComponentIds: [componentIds.roles_list] });

const markdown = { ...nothingOfMls, mediaTypes: [{ type: "text/markdown", parameters: [] }] };
const operation = (changes: Parameters<typeof operationalPolicy>[0]): Partial<PolicyState> => ({
  operational: operationalPolicy(changes),
});
const links: Partial<PolicyState> = {
  joinLinkPolicy: { onRequest: true, joinLink: "", multiuser: false, expiration: 3600 },
  joinLinks: ["00", "01"],
};
const assets: NonNullable<PolicyState["assets"]> = {
  assetUploadLocation: "hub",
  uploadDomains: [{ provider: { domain: "b.example" }, assetUploadDestinations: [] }],
  downloadPrivacy: {
    allowedDownloadTypes: ["ohttp"],
    forbiddenDownloadTypes: [],
    defaultDownloadType: "ohttp",
  },
  maxImage: 0,
  maxAudio: 0,
  maxVideo: 0,
  maxAttachment: 0,
  forbiddenMediaTypes: [],
  permittedMediaTypes: undefined,
};
const history: NonNullable<PolicyState["history"]> = {
  historySharing: "optional",
  rolesThatCanShare: [0],
  automaticallyShare: false,
  maxTimePeriod: 60,
};
const bot = {
  name: "Bot",
  description: "",
  homepage: { uri: "" },
  localClientBot: false,
  botRoleIndex: 9,
  canTargetMessageInGroup: false,
  perUserContent: false,
};

function rooms(): VectorGroup {
  const good = roomOf(roles, { alice: 3 });
  const create = { kind: "create", creator: userOf("alice") } as const;
  const parent = "policy-create";
  const wrong = (
    slug: string,
    comment: string,
    path: string,
    state: PolicyState,
    request: Expected["request"] = create,
  ): Expected => ({
    id: `${parent}-${slug}`,
    comment,
    state,
    request,
    refused: { parent, path, op: comment },
  });
  const withRole3 = (capabilities: readonly string[], more: Partial<PolicyState> = {}) =>
    roomOf([...roles.slice(0, 3), roleWith(3, { capabilities: [...capabilities] })], { alice: 3 }, more);
  return policyGroup("Alice creates a room", good, [
    { id: parent, comment: "Alice is in the list", request: create },
    wrong("by-stranger", "the creator is not in the list", "request.creator", good, {
      kind: "create",
      creator: userOf("bob"),
    }),
    wrong(
      "open-join-elsewhere",
      "another role than 0 has canOpenJoin",
      "state.roles",
      withRole3(["canOpenJoin"]),
    ),
    wrong(
      "open-join-nowhere",
      "role 0 has canOpenJoin and no role to go to",
      "state.roles",
      roomOf([roleWith(0, { capabilities: ["canOpenJoin"] }), ...roles.slice(1)], { alice: 3 }),
    ),
    wrong(
      "fixed-with-way-in",
      "a role of a fixed-membership room has canAddParticipant",
      "state.roles",
      withRole3(["canAddParticipant"], { base: { ...base, fixedMembership: true } }),
    ),
    wrong(
      "no-parent",
      "a parent-dependent room names no parent",
      "state.base",
      withRole3([], { base: { ...base, parentDependant: true } }),
    ),
    wrong(
      "parent-elsewhere",
      "the parent is on another hub",
      "state.base",
      withRole3([], {
        base: { ...base, parentDependant: true, parentRoom: [{ uri: "mimi://b.example/r/parent" }] },
      }),
    ),
    wrong("two-links", "two links where links are made on request", "state.joinLinks", withRole3([], links)),
    wrong(
      "assets-elsewhere",
      "assets go to the hub, and another provider has domains",
      "state.assets",
      withRole3([], { assets }),
    ),
    {
      ...wrong(
        "two-roles-with-one-index",
        "two roles have index 3",
        "state.roles",
        roomOf([...roles, roleWith(3)], { alice: 3 }),
      ),
      level: "SHOULD",
    },
    {
      ...wrong(
        "role-limits-unordered",
        "a role has a minimum above its maximum",
        "state.roles",
        roomOf([...roles, roleWith(4, { minimumParticipants: 2, maximumParticipants: 1 })], { alice: 3 }),
      ),
      level: "SHOULD",
    },
    wrong(
      "preauthorised-for-no-role",
      "a preauthorisation is for role 9, which is not defined",
      "state.preauthorized",
      withRole3([], { preauthorized: [{ claims: [claimOf("Staff")], role: roleWith(9) }] }),
    ),
    {
      ...wrong(
        "times-unordered",
        "the shortest time between updates of a leaf is longer than the usual one",
        "state.operational.LeafNodeUpdateTime",
        withRole3([], operation({ LeafNodeUpdateTime: { ...times, minimumTime: 21 } })),
      ),
      level: "SHOULD",
    },
    {
      ...wrong(
        "mandatory-and-forbidden",
        "a media type is mandatory and forbidden",
        "state.operational",
        withRole3([], operation({ mandatoryCapabilities: markdown, forbiddenCapabilities: markdown })),
      ),
      level: "SHOULD",
    },
    wrong("history-of-role-0", "role 0 shares history", "state.history", withRole3([], { history })),
    {
      ...wrong(
        "bot-in-no-role",
        "a bot has a role that there is not",
        "state.bots",
        withRole3([], { bots: { allowedBots: [bot] } }),
      ),
      // The draft does not say that the role has to be there.
      level: "SHOULD",
    },
    wrong(
      "local-bot-in-role",
      "a bot at one client has a role of its own",
      "state.bots",
      withRole3([], { bots: { allowedBots: [{ ...bot, localClientBot: true, botRoleIndex: 3 }] } }),
    ),
    wrong(
      "unlisted-policy",
      "the base policy does not list the room's bot policy",
      "state.base",
      withRole3([], { base, components: [componentIds.roles_list, componentIds.bot_policy] }),
    ),
    {
      id: `${parent}-within-envelope`,
      comment: "the room may have ten users, as its hub has set for it",
      state: withRole3([], { base: { ...base, maxUsers: 10 }, envelope: { maxUsers: 10 } }),
      request: create,
    },
    {
      id: `${parent}-outside-envelope`,
      comment: "the room may have eleven users, and its hub has set ten for it",
      state: withRole3([], { base: { ...base, maxUsers: 11 }, envelope: { maxUsers: 10 } }),
      request: create,
      refused: {
        parent: `${parent}-within-envelope`,
        path: "state.base.maxUsers",
        op: "one user more than the hub admits",
      },
    },
    ...contradictions.map(({ slug, says, path, policy, level = "MUST" }) => ({
      ...wrong(slug, says, path, withRole3([], policy)),
      level,
    })),
  ]);
}

function together(): VectorGroup {
  const capabilities = ["canAddParticipant", "canChangeRoleDefinitions", "canChangePreauthorizedUserList"];
  const moves = [{ from: 0, to: [2] }];
  const state = roomOf(
    [roleWith(0), roleWith(1), roleWith(2), roleWith(3, { capabilities, roleChanges: moves })],
    { alice: 3 },
  );
  const author = authorIn(state, "alice");
  const committing = (...changes: readonly Change[]): Expected["request"] => ({
    kind: "commit",
    author,
    proposals: [{ author, changes }],
  });
  const changing = (component: number): Change => ({ kind: "changeComponent", component });
  const cases = [
    ["roles", componentIds.roles_list],
    ["preauthorisations", componentIds.preauth_list],
  ] as const;
  return policyGroup(
    "Alice may add users, and change the roles and the preauthorisations",
    state,
    cases.flatMap(([slug, component]): Expected[] => [
      { id: `policy-apart-${slug}`, comment: `the ${slug} change`, request: committing(changing(component)) },
      {
        id: `policy-apart-${slug}-and-list`,
        comment: `the ${slug} change in the commit that adds Bob`,
        request: committing(changing(component), doing.add("bob", 2)),
        refused: { parent: `policy-apart-${slug}`, path: "request.proposals", op: "a user is added as well" },
      },
    ]),
  );
}
