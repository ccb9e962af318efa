/** A hub in a room whose handshakes are SemiPrivateMessages: it can read them, and followers cannot. */
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoRequest,
  GroupInfoRequestTBS,
  GroupInfoResponse,
} from "../../../spec-model/group-info/index.ts";
import {
  componentData,
  decryptWithLabel,
  dictionaryExtension,
  dictionaryOf,
  ExternalReceivers,
  ExternalSenders,
  encodeRatchetTree,
  GroupInfo,
  componentIds as mlsComponents,
  RequiredCapabilities,
  realMls,
  safeAad,
  signWithLabel,
  toRatchetTreeExtension,
  WireFormats,
} from "../../../spec-model/mls/index.ts";
import { clientCapabilities, leafExtensions } from "../../../spec-model/participant/index.ts";
import { newProvider, type ProviderState, stepProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import {
  clientCredential,
  cooperativeRoles,
  encodeParticipants,
  providerCredential,
  roomComponentLogic,
} from "../../../spec-model/room/index.ts";
import {
  componentIds,
  ParticipantListUpdate,
  RoomMetaData,
} from "../../../spec-model/room/structures/index.ts";
import { UpdateRequest, UpdateRoomResponse } from "../../../spec-model/update/index.ts";

const room = "mimi://a.example/r/quiet";
const alice = { client: "mimi://a.example/d/alice/A1", user: "mimi://a.example/u/alice" };
const nowMs = 1_767_225_600_000;
const random = expandEntropy(utf8("semiprivate"), "test");
const suite = realMls.suite(1);
const app = { now: BigInt(nowMs / 1000), components: roomComponentLogic };
const wireFormat = "mls_semiprivate_message" as const;
const wireFormats = WireFormats.encode({ wireFormats: [wireFormat] });

function metadata(name: string): Uint8Array {
  const none = { roomAvatar: { uri: "" }, roomSubject: { string: "" }, roomMood: { string: "" } };
  return RoomMetaData.encode({
    roomUri: { uri: room },
    roomName: { string: name },
    roomDescriptions: [],
    ...none,
  });
}

/** A room of Alice's at its hub, with the hub among the receivers of handshakes or not. */
function hostedRoom(isReceiver: boolean) {
  const hub = newProvider("a.example", suite, random);
  const credential = providerCredential("a.example");
  const capabilities = clientCapabilities({ suite: 1 });
  const extensions = [...capabilities.extensions, "supported_wire_formats", "required_wire_formats"] as never;
  const own = realMls.generateKeyPackage(
    1,
    {
      credential: clientCredential(alice.client),
      capabilities: { ...capabilities, extensions },
      lifetime: { notBefore: 0n, notAfter: app.now + 1000n },
      leafExtensions: [
        ...leafExtensions(),
        { extensionType: "supported_wire_formats", extensionData: wireFormats },
      ],
    },
    app,
    random,
  );
  const externalReceiverPublicKey = isReceiver
    ? hub.keys.receiver.publicKey
    : suite.hpke.generateKeyPair(random).publicKey;
  const components = new Map<number, Uint8Array>([
    ...dictionaryOf(leafExtensions()),
    [mlsComponents.external_receivers, ExternalReceivers.encode([{ externalReceiverPublicKey, credential }])],
    [componentIds.participant_list, encodeParticipants([{ user: alice.user, role: 3 }])],
    [componentIds.room_metadata, metadata("quiet")],
    [componentIds.roles_list, cooperativeRoles()],
  ]);
  const member = realMls.createGroup(
    {
      groupId: utf8(room.replace("/r/", "/g/")),
      extensions: [
        {
          extensionType: "required_capabilities",
          extensionData: RequiredCapabilities.encode({
            extensionTypes: ["app_data_dictionary"],
            proposalTypes: ["app_data_update", "self_remove"],
            credentialTypes: [],
          }),
        },
        {
          extensionType: "external_senders",
          extensionData: ExternalSenders.encode([{ signatureKey: hub.keys.signature.publicKey, credential }]),
        },
        { extensionType: "required_wire_formats", extensionData: wireFormats },
        dictionaryExtension(components),
      ],
      creator: own,
    },
    app,
    random,
  );
  const created = stepProvider(
    hub,
    {
      type: "local",
      from: alice.client,
      message: {
        type: "createRoom",
        id: "0",
        room,
        groupInfo: GroupInfo.encode(realMls.groupInfo(member, app)),
        ratchetTree: encodeRatchetTree(member.tree),
      },
    },
    { now: nowMs, entropy: random.bytes(32) },
  );
  return { state: created.state, member };
}

function asked(state: ProviderState, operation: "update" | "groupInfo", from: string, body: Uint8Array) {
  const message = { type: "ask" as const, id: "1", operation, room, body };
  const input = { type: "local" as const, from, message };
  const step = stepProvider(state, input, { now: nowMs, entropy: random.bytes(32) });
  const answer = step.outputs.find((output) => output.type === "local" && output.message.type === "answer");
  if (answer?.type !== "local" || answer.message.type !== "answer") throw new Error("no answer");
  return { state: step.state, body: answer.message.body };
}

function update(state: ProviderState, body: Uint8Array) {
  const { state: after, body: answer } = asked(state, "update", alice.client, body);
  return { state: after, answer: UpdateRoomResponse.decode(answer) };
}

/** What another client of Alice's gets that asks for the GroupInfo. */
function groupInfoFor(client: string, state: ProviderState): GroupInfoRatchetTreeTBE {
  const { publicKey, privateKey } = suite.hpke.generateKeyPair(random);
  const signatureKeys = suite.signature.generateKeyPair(random);
  const unsigned = {
    protocol: "mls10" as const,
    cipherSuite: 1 as const,
    requestingSignatureKey: signatureKeys.publicKey,
    requestingCredential: clientCredential(client),
    groupInfoPublicKey: publicKey,
    joiningCode: utf8(""),
  };
  const label = "GroupInfoRequestTBS";
  const signed = GroupInfoRequestTBS.encode(unsigned);
  const signature = signWithLabel(suite, signatureKeys.privateKey, label, signed);
  const { body } = asked(state, "groupInfo", client, GroupInfoRequest.encode({ ...unsigned, signature }));
  const response = GroupInfoResponse.decode(body);
  if (response.status !== "success") throw new Error(response.status);
  const sealed = response.encryptedGroupinfoAndTree;
  const opening = "GroupInfo and ratchet_tree encryption";
  return GroupInfoRatchetTreeTBE.decode(
    decryptWithLabel(suite, privateKey, opening, utf8(room), sealed, "groupInfoDecryption"),
  );
}

const rename = (name: string) => ({
  proposalType: "app_data_update" as const,
  componentId: componentIds.room_metadata,
  op: "update" as const,
  update: metadata(name),
});
const sending = { wireFormat, authenticatedData: safeAad([]) };

describe("a hub that is among the receivers of handshakes", () => {
  it("reads proposals and commits in SemiPrivateMessages, and decides on them as on public ones", () => {
    const { state, member } = hostedRoom(true);
    const proposed = realMls.propose(member, rename("quieter"), sending, app, random);
    const pending = update(
      state,
      UpdateRequest.encode({ bundle: { proposalOrCommit: proposed.message, moreProposals: [] } }),
    );
    expect(pending.answer.responseCode).toBe("success");
    const made = realMls.commit(proposed.state, { ...sending, treeInWelcome: false }, app, random);
    expect(made.message.wireFormat).toBe(wireFormat);
    const bundle = {
      proposalOrCommit: made.message,
      welcome: undefined,
      groupInfoOption: { representation: "full" as const, groupInfo: made.groupInfo },
      ratchetTreeOption: {
        representation: "full" as const,
        ratchetTree: toRatchetTreeExtension(made.ratchetTree),
      },
    };
    const committed = update(pending.state, UpdateRequest.encode({ bundle }));
    expect(committed.answer.responseCode).toBe("success");
    const { group } = committed.state.hosted[room] ?? {};
    expect(group?.groupContext.epoch).toBe(1n);
    expect(componentData(group?.groupContext.extensions ?? [], componentIds.room_metadata)).toEqual(
      metadata("quieter"),
    );
  });

  it("gives whoever may join all that is pending, in either format, with the time of its acceptance", () => {
    const { state, member } = hostedRoom(true);
    const hidden = realMls.propose(member, rename("quieter"), sending, app, random);
    const open = realMls.propose(
      hidden.state,
      {
        proposalType: "app_data_update",
        componentId: componentIds.participant_list,
        op: "update",
        update: ParticipantListUpdate.encode({
          changedRoleParticipants: [],
          removedIndices: [],
          addedParticipants: [{ user: "mimi://b.example/u/bob", roleIndex: 2 }],
        }),
      },
      { authenticatedData: safeAad([]) },
      app,
      random,
    );
    const proposals = [hidden.message, open.message];
    const before = groupInfoFor("mimi://a.example/d/alice/A2", state);
    const pending = proposals.reduce((known, proposalOrCommit) => {
      const { state: after, answer } = update(
        known,
        UpdateRequest.encode({ bundle: { proposalOrCommit, moreProposals: [] } }),
      );
      expect(answer.responseCode).toBe("success");
      return after;
    }, state);
    const after = groupInfoFor("mimi://a.example/d/alice/A2", pending);
    expect(before.pendingProposals).toEqual([]);
    expect(after.pendingProposals).toEqual(
      proposals.map((proposal) => ({ proposal, hubAcceptedTime: BigInt(nowMs) })),
    );
  });

  it("refuses one that is not for it", () => {
    const { state, member } = hostedRoom(false);
    const proposed = realMls.propose(member, rename("quieter"), sending, app, random);
    const refused = update(
      state,
      UpdateRequest.encode({ bundle: { proposalOrCommit: proposed.message, moreProposals: [] } }),
    );
    expect(refused.answer.responseCode).toBe("invalidProposal");
  });
});
