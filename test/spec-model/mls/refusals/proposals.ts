/** Commits whose proposals are not valid, alone or together. */
import { noBytes } from "../../../../spec-model/bytes.ts";
import { signContent } from "../../../../spec-model/mls/content-signature.ts";
import {
  AppDataDictionary,
  type Commit,
  commit,
  dictionaryExtension,
  dictionaryOf,
  externalCommit,
  groupInfo,
  type LeafNode,
  type PreSharedKeyID,
  type Proposal,
  propose,
  proposeUpdate,
  receive,
  type SentProposal,
} from "../../../../spec-model/mls/index.ts";
import { signLeaf } from "../../../../spec-model/mls/leaf-node.ts";
import { validateList } from "../../../../spec-model/mls/proposal-list.ts";
import { application as app, client, log, requiredCapabilities, topic, update } from "../room-fixture.ts";
import {
  add,
  alice,
  bob,
  bobReceives,
  byValue,
  type Case,
  carol,
  commitIn,
  forgedCommit,
  foundRoom,
  hub,
  pathIn,
  random,
  remove,
  suite,
} from "./room.ts";

const newcomer = client("dave");
const appDataRemoval: Proposal = { proposalType: "app_data_update", componentId: topic, op: "remove" };
const psk: PreSharedKeyID = { psktype: "external", pskId: noBytes, pskNonce: new Uint8Array(32) };
const reInit: Proposal = {
  proposalType: "reinit",
  groupId: noBytes,
  version: "mls10",
  cipherSuite: 1,
  extensions: [],
};
const extensions: Proposal = {
  proposalType: "group_context_extensions",
  extensions: alice.groupContext.extensions,
};

function pskProposal(id: PreSharedKeyID): Proposal {
  return { proposalType: "psk", psk: id };
}

function receivesCommitOf(...proposals: Proposal[]) {
  return bobReceives(forgedCommit(...byValue(...proposals)));
}

type Path = NonNullable<Commit["path"]>;

interface ExternalChanges {
  readonly path?: (path: Path) => Path | undefined;
  /** What the commit is signed with. Default: the joiner's key. */
  readonly key?: Uint8Array;
  readonly resync?: number;
}

/** An external commit whose proposals or path have been changed and signed again by the joiner. */
function externalWith(
  change: (proposals: Proposal[]) => Proposal[],
  references: Uint8Array[] = [],
  { path = (same) => same, key = newcomer.signaturePrivateKey, resync }: ExternalChanges = {},
) {
  const { message } = externalCommit(
    {
      groupInfo: groupInfo(alice, app),
      ratchetTree: hub.tree,
      joiner: newcomer,
      ...(resync === undefined ? {} : { resync }),
    },
    app,
    random,
  );
  const content = commitIn(message);
  const own = content.commit.proposals.flatMap((entry) =>
    entry.type === "proposal" ? [entry.proposal] : [],
  );
  const proposals = [
    ...references.map((reference) => ({ type: "reference" as const, reference })),
    ...byValue(...change(own)),
  ];
  const changed = { ...content, commit: { proposals, path: path(pathIn(message)) } };
  const wireFormat = "mls_public_message";
  const signature = signContent(suite, key, wireFormat, changed, alice.groupContext);
  const auth = { signature, confirmationTag: new Uint8Array(32) };
  return { version: "mls10" as const, wireFormat, publicMessage: { content: changed, auth } } as const;
}

/** Bob's leaf as an Update would bring it, signed by Bob. */
function bobsUpdate(change: Partial<LeafNode>): Proposal {
  const [leaf] = [bob.tree[2 * bob.leafIndex]];
  if (leaf?.nodeType !== "leaf") throw new Error("Bob has no leaf");
  const { encryptionKey, signatureKey, credential, capabilities } = leaf.leafNode;
  const unsigned = {
    encryptionKey,
    signatureKey,
    credential,
    capabilities,
    leafNodeSource: "update" as const,
  };
  const updated = { ...unsigned, extensions: [], signature: noBytes, ...change } as LeafNode;
  const place = { groupId: bob.groupContext.groupId, leafIndex: bob.leafIndex };
  return { proposalType: "update", leafNode: signLeaf(suite, bob.signaturePrivateKey, updated, place) };
}

/** A path into Bob's place whose leaf keeps Bob's encryption key; no parent hash depends on it. */
function withBobsKey(path: Path): Path {
  const bobs = bob.tree[2 * bob.leafIndex];
  if (bobs?.nodeType !== "leaf") throw new Error("Bob has no leaf");
  const leaf = { ...path.leafNode, encryptionKey: bobs.leafNode.encryptionKey };
  const place = { groupId: bob.groupContext.groupId, leafIndex: bob.leafIndex };
  return { ...path, leafNode: signLeaf(suite, newcomer.signaturePrivateKey, leaf, place) };
}

/** Bob receives a proposal, and a commit of Alice's that covers it and has no path. */
function aliceCommitsWithoutPath({ message, reference }: SentProposal) {
  return receive(receive(bob, message, app).state, forgedCommit({ type: "reference", reference }), app);
}

/** Alice commits this proposal of Bob's by reference. */
function aliceCommitsBobs(proposal: Proposal) {
  const sent = propose(bob, proposal, {}, app, random);
  return commit(receive(alice, sent.message, app).state, {}, app, random);
}

export const proposalCases: Case[] = [
  {
    code: "unknownProposal",
    says: "a reference to nothing",
    act: () => bobReceives(forgedCommit({ type: "reference", reference: new Uint8Array(32) })),
  },
  {
    code: "proposalTypeUnsupported",
    says: "an AppEphemeral where a member does not support it",
    act: () => {
      const simple = client("simple");
      const { capabilities } = simple.keyPackage.leafNode;
      const modest = {
        ...capabilities,
        proposals: capabilities.proposals.filter((type) => type !== "app_ephemeral"),
      };
      const own = client("modest", { capabilities: modest });
      const made = commit(alice, { proposals: [add(own.keyPackage)] }, app, random);
      const ephemeral: Proposal = { proposalType: "app_ephemeral", componentId: 5, data: noBytes };
      return commit(made.state, { proposals: [ephemeral] }, app, random);
    },
  },
  {
    code: "proposalTypeUnsupported",
    says: "an AppDataUpdate where a member does not support it",
    act: () => {
      const { capabilities: all } = newcomer.keyPackage.leafNode;
      const proposals = all.proposals.filter((type) => type !== "app_data_update");
      const own = client("modest", { capabilities: { ...all, proposals } });
      const made = commit(foundRoom([]).alice, { proposals: [add(own.keyPackage)] }, app, random);
      return commit(made.state, { proposals: [update(topic, "x")] }, app, random);
    },
  },
  {
    code: "updateSender",
    says: "an Update in an external commit",
    act: () => bobReceives(externalWith((own) => [...own, bobsUpdate({})])),
  },
  { code: "ownUpdate", says: "a committer's own Update", act: () => receivesCommitOf(bobsUpdate({})) },
  {
    code: "ownUpdateUnknown",
    says: "a committed Update whose private key this member does not have",
    act: () => {
      const sent = proposeUpdate(bob, {}, {}, app, random);
      const made = commit(receive(alice, sent.message, app).state, {}, app, random);
      return receive({ ...sent.state, ownUpdates: new Map() }, made.message, app);
    },
  },
  {
    code: "updateKeyReused",
    says: "an Update with the old encryption key",
    act: () => aliceCommitsBobs(bobsUpdate({})),
  },
  {
    code: "updateKeyReused",
    says: "a resync that keeps the encryption key of the leaf it replaces",
    act: () =>
      receive(
        carol,
        externalWith((own) => own, [], { resync: bob.leafIndex, path: withBobsKey }),
        app,
      ),
  },
  {
    code: "leafSource",
    says: "an Update with a leaf of a commit",
    act: () => aliceCommitsBobs(bobsUpdate({ leafNodeSource: "commit", parentHash: noBytes })),
  },
  { code: "removedLeafBlank", says: "the removal of nobody", act: () => receivesCommitOf(remove(3)) },
  {
    code: "removesCommitter",
    says: "a commit that removes its committer",
    act: () => receivesCommitOf(remove(0)),
  },
  {
    code: "leafChangedTwice",
    says: "two removals of one member",
    act: () => receivesCommitOf(remove(2), remove(2)),
  },
  {
    code: "selfRemoveByValue",
    says: "a SelfRemove inside a commit",
    act: () => receivesCommitOf({ proposalType: "self_remove" }),
  },
  {
    code: "selfRemoveTwice",
    says: "a second SelfRemove in an epoch",
    act: () => {
      const leave: Proposal = { proposalType: "self_remove" };
      return propose(propose(bob, leave, {}, app, random).state, leave, {}, app, random);
    },
  },
  {
    code: "selfRemoveSender",
    says: "a SelfRemove of somebody outside",
    act: () => {
      const sender = { senderType: "external" as const, senderIndex: 0 };
      const reference = new Uint8Array(32);
      const list = [{ proposal: { proposalType: "self_remove" as const }, sender, reference }];
      validateList(suite, hub, list, { senderType: "member", leafIndex: 0 });
    },
  },
  {
    code: "groupContextExtensionsTwice",
    says: "two GroupContextExtensions proposals",
    act: () => receivesCommitOf(extensions, extensions),
  },
  { code: "reInitNotAlone", says: "a ReInit with a Remove", act: () => receivesCommitOf(reInit, remove(2)) },
  {
    code: "reInitVersion",
    says: "a ReInit to a version that does not exist",
    act: () => receivesCommitOf({ ...reInit, version: 7 }),
  },
  {
    code: "pskTwice",
    says: "one PSK twice",
    act: () => receivesCommitOf(pskProposal(psk), pskProposal(psk)),
  },
  {
    code: "pskUsage",
    says: "a PSK with which the group would claim to branch from another",
    act: () =>
      receivesCommitOf(
        pskProposal({
          psktype: "resumption",
          usage: "branch",
          pskGroupId: noBytes,
          pskEpoch: 0n,
          pskNonce: psk.pskNonce,
        }),
      ),
  },
  {
    code: "pskUsage",
    says: "a PSK with which the group would claim to continue another",
    act: () =>
      receivesCommitOf(
        pskProposal({
          psktype: "resumption",
          usage: "reinit",
          pskGroupId: noBytes,
          pskEpoch: 0n,
          pskNonce: psk.pskNonce,
        }),
      ),
  },
  {
    code: "pskNonce",
    says: "a psk_nonce of 5 octets",
    act: () => receivesCommitOf(pskProposal({ ...psk, pskNonce: new Uint8Array(5) })),
  },
  { code: "unknownPsk", says: "a PSK that nobody has", act: () => receivesCommitOf(pskProposal(psk)) },
  {
    code: "unknownComponent",
    says: "an update of a component that the application does not know",
    act: () => receivesCommitOf(update(0x9999, "x")),
  },
  {
    code: "unknownComponent",
    says: "the removal of a component that the application does not know",
    act: () => receivesCommitOf({ ...appDataRemoval, componentId: 0x9999 }),
  },
  {
    code: "externalSenderRefused",
    says: "GroupContextExtensions with an external sender that the application refuses",
    act: () => {
      const strict = { ...app, validateExternalSender: () => ({ refused: "not our hub" }) };
      return commit(alice, { proposals: [extensions] }, strict, random);
    },
  },
  {
    code: "appDataRemoveAbsent",
    says: "the removal of a component without data",
    act: () => receivesCommitOf({ ...appDataRemoval, componentId: log }),
  },
  {
    code: "appDataRemoveNotAlone",
    says: "an update and a removal of one component",
    act: () => receivesCommitOf(update(topic, "x"), appDataRemoval),
  },
  {
    code: "appDataRemoveNotAlone",
    says: "two removals of one component",
    act: () => receivesCommitOf(appDataRemoval, appDataRemoval),
  },
  {
    code: "appDataUpdateRefused",
    says: "an update that its component refuses",
    act: () => {
      const strict = { ...app, components: new Map([[topic, () => ({ refused: "too long" })]]) };
      return receive(bob, forgedCommit(...byValue(update(topic, "x"))), strict);
    },
  },
  {
    code: "appEphemeralRefused",
    says: "ephemeral data that its component refuses",
    act: () => {
      const strict = { ...app, ephemeralComponents: new Map([[5, () => ({ refused: "no" })]]) };
      const ephemeral: Proposal = { proposalType: "app_ephemeral", componentId: 5, data: noBytes };
      return receive(bob, forgedCommit(...byValue(ephemeral)), strict);
    },
  },
  {
    code: "dictionaryReplaced",
    says: "a GroupContextExtensions proposal that changes the dictionary",
    act: () => {
      const changed = dictionaryExtension(
        new Map([...dictionaryOf(alice.groupContext.extensions), [log, noBytes]]),
      );
      const others = alice.groupContext.extensions.filter((e) => e.extensionType !== "app_data_dictionary");
      return receivesCommitOf({ proposalType: "group_context_extensions", extensions: [...others, changed] });
    },
  },
  {
    code: "duplicateExtension",
    says: "two GroupContext extensions of one type",
    act: () => {
      const twice = [...alice.groupContext.extensions, ...alice.groupContext.extensions];
      return receivesCommitOf({ proposalType: "group_context_extensions", extensions: twice });
    },
  },
  {
    code: "duplicateExtension",
    says: "a ReInit with two extensions of one type",
    act: () => {
      const twice = [...alice.groupContext.extensions, ...alice.groupContext.extensions];
      return receivesCommitOf({ ...reInit, extensions: twice });
    },
  },
  {
    code: "dictionaryOrder",
    says: "GroupContextExtensions with a component twice in the dictionary",
    act: () => {
      const componentData = [topic, topic].map((componentId) => ({ componentId, data: noBytes }));
      const extensionData = AppDataDictionary.encode({ componentData });
      const others = alice.groupContext.extensions.filter((e) => e.extensionType !== "app_data_dictionary");
      return receivesCommitOf({
        proposalType: "group_context_extensions",
        extensions: [...others, { extensionType: "app_data_dictionary", extensionData }],
      });
    },
  },
  {
    code: "externalInitByMember",
    says: "an ExternalInit of a member",
    act: () => receivesCommitOf({ proposalType: "external_init", kemOutput: noBytes }),
  },
  {
    code: "externalInitCount",
    says: "an external commit without ExternalInit",
    act: () => bobReceives(externalWith(() => [])),
  },
  {
    code: "externalRemoveCount",
    says: "an external commit that removes two members",
    act: () => bobReceives(externalWith((own) => [...own, remove(0), remove(2)])),
  },
  {
    code: "externalCommitProposal",
    says: "an external commit that adds somebody else",
    act: () => bobReceives(externalWith((own) => [...own, add(client("eve").keyPackage)])),
  },
  {
    code: "externalCommitReference",
    says: "an external commit that covers a pending Remove",
    act: () => {
      const sent = propose(alice, remove(2), {}, app, random);
      const waiting = receive(bob, sent.message, app).state;
      return receive(
        waiting,
        externalWith((own) => own, [sent.reference]),
        app,
      );
    },
  },
  {
    code: "externalInit",
    says: "an external commit with a KEM output of 5 octets",
    act: () =>
      bobReceives(externalWith(() => [{ proposalType: "external_init", kemOutput: new Uint8Array(5) }])),
  },
  {
    code: "signatureKeyTwice",
    says: "an Add of a client that is in the group already",
    act: () => {
      const [own] = alice.tree;
      if (own?.nodeType !== "leaf") throw new Error("Alice has no leaf");
      const signatureKeyPair = {
        publicKey: own.leafNode.signatureKey,
        privateKey: alice.signaturePrivateKey,
      };
      return receivesCommitOf(add(client("alice again", { signatureKeyPair }).keyPackage));
    },
  },
  {
    code: "signatureKeyTwice",
    says: "two Adds of one client",
    act: () => {
      const signatureKeyPair = suite.signature.generateKeyPair(random);
      const [one, other] = [client("twin", { signatureKeyPair }), client("other twin", { signatureKeyPair })];
      return receivesCommitOf(add(one.keyPackage), add(other.keyPackage));
    },
  },
  {
    code: "messageSignature",
    says: "an external commit that is signed with another key than its leaf's",
    act: () => bobReceives(externalWith((own) => own, [], { key: client("eve").signaturePrivateKey })),
  },
  {
    code: "pathMissing",
    says: "an external commit without a path",
    act: () => bobReceives(externalWith((own) => own, [], { path: () => undefined })),
  },
  { code: "pathMissing", says: "an empty commit without a path", act: () => receivesCommitOf() },
  {
    code: "pathMissing",
    says: "GroupContextExtensions without a path",
    act: () => receivesCommitOf(extensions),
  },
  {
    code: "pathMissing",
    says: "a committed Update without a path",
    act: () => aliceCommitsWithoutPath(proposeUpdate(carol, {}, {}, app, random)),
  },
  {
    code: "pathMissing",
    says: "a committed SelfRemove without a path",
    act: () => aliceCommitsWithoutPath(propose(carol, { proposalType: "self_remove" }, {}, app, random)),
  },
  {
    code: "requiredProposal",
    says: "an Add of a client that lacks what the same commit's GroupContextExtensions require",
    act: () => {
      const { capabilities: all } = newcomer.keyPackage.leafNode;
      const proposals = all.proposals.filter((type) => type !== "self_remove");
      const modest = client("modest", { capabilities: { ...all, proposals } });
      const required = requiredCapabilities({ proposalTypes: ["self_remove"] });
      const change = { proposalType: "group_context_extensions" as const, extensions: [required] };
      return commit(foundRoom([]).alice, { proposals: [change, add(modest.keyPackage)] }, app, random);
    },
  },
  {
    code: "successorRefused",
    says: "an Update with somebody else's name",
    act: () => {
      const strict = { ...app, validateSuccessor: () => ({ refused: "another user" }) };
      const sent = proposeUpdate(bob, {}, {}, app, random);
      return commit(receive(alice, sent.message, app).state, {}, strict, random);
    },
  },
  {
    code: "lastEpoch",
    says: "a commit in epoch 2^64 - 1",
    act: () => {
      const groupContext = { ...alice.groupContext, epoch: 2n ** 64n - 1n };
      return commit({ ...alice, groupContext }, {}, app, random);
    },
  },
  {
    code: "groupClosed",
    says: "a proposal in a group that a ReInit has closed",
    act: () => {
      const made = commit(alice, { proposals: [reInit] }, app, random);
      return propose(made.state, update(topic, "x"), {}, app, random);
    },
  },
  {
    code: "requiredProposal",
    says: "GroupContextExtensions that require what a member does not support",
    act: () => {
      const demanding = requiredCapabilities({ proposalTypes: [0x7777, "app_data_update", "self_remove"] });
      const others = alice.groupContext.extensions.filter((e) => e.extensionType !== "required_capabilities");
      const proposal = {
        proposalType: "group_context_extensions" as const,
        extensions: [demanding, ...others],
      };
      return commit(alice, { proposals: [proposal] }, app, random);
    },
  },
];
