import { describe, expect, it } from "vitest";
import { utf8 } from "../../../../spec-model/bytes.ts";
import {
  dictionaryExtension,
  type GroupView,
  type Member,
  type MlsApplication,
  type MlsLayer,
  type Proposal,
  RequiredCapabilities,
  realMls,
} from "../../../../spec-model/mls/index.ts";
import { symbolicMls } from "../../../../spec-model/mls/symbolic/index.ts";
import {
  authorOf,
  type CommitFacts,
  clientCredential,
  decide,
  encodeParticipants,
  epochNumber,
  examplePolicies,
  policyIn,
  policyStateOf,
  proposalFacts,
  roomComponentLogic,
  roomFacts,
} from "../../../../spec-model/room/index.ts";
import {
  BaseRoomPolicy,
  componentIds,
  ParticipantListUpdate,
  plainBaseRoomPolicy,
  RoleData,
  RoomMetaData,
} from "../../../../spec-model/room/structures/index.ts";
import { overTheWire, randomness } from "../../mls/room-fixture.ts";
import { clientOf, user, verdict } from "./rooms.ts";

const app: MlsApplication = { now: 1000n, components: roomComponentLogic };
const random = randomness("both sides");
const listed = [componentIds.roles_list, componentIds.bot_policy];

function components(): Map<number, Uint8Array> {
  const base = { ...plainBaseRoomPolicy({ maxUsers: 3 }), parentRoom: [], policyComponentIds: listed };
  return new Map([
    [
      componentIds.participant_list,
      encodeParticipants([
        { user: user("alice"), role: 3 },
        { user: user("bob"), role: 2 },
      ]),
    ],
    [componentIds.room_metadata, metadata("first")],
    [componentIds.roles_list, RoleData.encode(examplePolicies.cooperative.roles)],
    [componentIds.base_room_policy, BaseRoomPolicy.encode(base)],
  ]);
}

function metadata(name: string): Uint8Array {
  const [uri, string] = [{ uri: "" }, { string: "" }];
  const rest = { roomDescriptions: [], roomAvatar: uri, roomSubject: string, roomMood: string };
  return RoomMetaData.encode({
    roomUri: { uri: "mimi://a.example/r/1" },
    roomName: { string: name },
    ...rest,
  });
}

const update = (componentId: number, octets: Uint8Array): Proposal => ({
  proposalType: "app_data_update",
  componentId,
  op: "update",
  update: octets,
});
const list = (changes: Partial<ParticipantListUpdate>): Proposal =>
  update(
    componentIds.participant_list,
    ParticipantListUpdate.encode({
      changedRoleParticipants: [],
      removedIndices: [],
      addedParticipants: [],
      ...changes,
    }),
  );

function keyPackage(mls: MlsLayer, name: string) {
  const capabilities = {
    versions: ["mls10" as const],
    cipherSuites: [1],
    extensions: ["app_data_dictionary" as const],
    proposals: ["app_data_update" as const, "self_remove" as const],
    credentials: ["basic" as const],
  };
  const credential = clientCredential(clientOf(name));
  const lifetime = { notBefore: 0n, notAfter: 2000n };
  return mls.generateKeyPackage(1, { credential, capabilities, lifetime, leafExtensions: [] }, app, random);
}

/** Alice's and Bob's groups, and the hub's view of it. */
function roomOn(mls: MlsLayer) {
  const required = { extensionTypes: [], proposalTypes: ["app_data_update" as const], credentialTypes: [] };
  const extensions = [
    { extensionType: "required_capabilities" as const, extensionData: RequiredCapabilities.encode(required) },
    dictionaryExtension(components()),
  ];
  const groupId = utf8("mimi://a.example/g/1");
  const founded = mls.createGroup({ groupId, extensions, creator: keyPackage(mls, "alice") }, app, random);
  const started = mls.startPublicGroup(mls.groupInfo(founded, app), founded.tree, app);
  const bob = keyPackage(mls, "bob");
  const made = mls.commit(
    founded,
    { proposals: [{ proposalType: "add", keyPackage: bob.keyPackage }] },
    app,
    random,
  );
  if (made.welcome === undefined) throw new Error("no Welcome");
  return {
    alice: made.state,
    bob: mls.joinByWelcome(made.welcome, { own: bob }, app).state,
    hub: mls.followHandshake(started, overTheWire(made.message), app).group,
  };
}

type Heard = { readonly facts: { readonly proposals: Parameters<typeof proposalFacts>[1] } };

function factsOf(
  mls: MlsLayer,
  before: GroupView,
  heard: Heard,
  after: GroupView,
  leaf: number,
): CommitFacts {
  const group = { suite: mls.suite(1), groupContext: before.groupContext, tree: before.tree };
  return {
    epoch: epochNumber(before.groupContext.epoch),
    author: authorOf(group, { senderType: "member", leafIndex: leaf }),
    proposals: proposalFacts(group, heard.facts.proposals),
    result: roomFacts(after.groupContext, after.tree),
  };
}

const cases: readonly (readonly [string, "alice" | "bob", readonly Proposal[], string])[] = [
  ["an addition", "bob", [list({ addedParticipants: [{ user: user("eve"), roleIndex: 2 }] })], "allowed"],
  [
    "two additions beyond max_users",
    "bob",
    [
      list({
        addedParticipants: [
          { user: user("eve"), roleIndex: 2 },
          { user: user("fay"), roleIndex: 2 },
        ],
      }),
    ],
    "max-users",
  ],
  [
    "a promotion by an admin",
    "alice",
    [list({ changedRoleParticipants: [{ userIndex: 1, roleIndex: 3 }] })],
    "allowed",
  ],
  [
    "a promotion by nobody in particular",
    "bob",
    [list({ changedRoleParticipants: [{ userIndex: 0, roleIndex: 2 }] })],
    "canChangeUserRole",
  ],
  ["a removal that leaves a client", "alice", [list({ removedIndices: [1] })], "members-are-participants"],
  ["a new name", "bob", [update(componentIds.room_metadata, metadata("second"))], "allowed"],
  [
    "new roles",
    "alice",
    [update(componentIds.roles_list, RoleData.encode(examplePolicies.cooperative.roles))],
    "canChangeRoleDefinitions",
  ],
  [
    "a policy of no capability",
    "alice",
    [update(componentIds.bot_policy, Uint8Array.of(0))],
    "canChangeOtherPolicyAttribute",
  ],
  ["nothing", "bob", [], "allowed"],
];

describe.each([realMls, symbolicMls])("on $name MLS, hub and participant", (mls) => {
  const room = roomOn(mls);

  it.each(cases)("decide alike of %s", (_, author, proposals, expected) => {
    const [from, to] = author === "alice" ? [room.alice, room.bob] : [room.bob, room.alice];
    const made = mls.commit(from, { proposals: [...proposals] }, app, random);
    const followed = mls.followHandshake(room.hub, overTheWire(made.message), app);
    const heard = mls.receive(to, overTheWire(made.message), app);
    if (followed.kind !== "commit" || heard.kind !== "commit") throw new Error("not a commit");
    const seen = [
      [room.hub, factsOf(mls, room.hub, followed, followed.group, from.leafIndex)],
      [to, factsOf(mls, to, heard, heard.state, from.leafIndex)],
    ] as const;
    const [byHub, byMember] = seen.map(([view, facts]) =>
      decide(policyStateOf(view.groupContext, view.tree), { kind: "commit", ...facts }),
    );
    expect(seen[1][1]).toEqual(seen[0][1]);
    expect(byMember).toEqual(byHub);
    expect(byHub === undefined ? "" : verdict(byHub)).toBe(expected);
  });

  it("read the same policy from the group", () => {
    const views: readonly (GroupView | Member)[] = [room.hub, room.alice, room.bob];
    for (const { groupContext } of views)
      expect(policyIn(groupContext)).toEqual(policyIn(room.hub.groupContext));
    expect(policyIn(room.hub.groupContext).base?.maxUsers).toBe(3);
  });
});
