/** Who may propose what, and what cannot be proposed. RFC 9420 §6.1, §10.1, §12.1 and §12.2 */
import { utf8 } from "../../../../spec-model/bytes.ts";
import {
  type KeyPackage,
  KeyPackageTBS,
  type LeafNode,
  type MLSMessage,
  type OwnKeyPackage,
  type Proposal,
  proposeExternally,
  signLeaf,
  signWithLabel,
} from "../../../../spec-model/mls/index.ts";
import { topicUpdate } from "../group.ts";
import type { Wrong } from "../handshake-fault.ts";
import {
  able,
  committed,
  type HandshakeGroup,
  ownKeyPackage,
  proposedByBob,
  proposedByHub,
  resigned,
} from "../handshake-group.ts";
import { componentPsk } from "../handshake-proposals.ts";
import type { Kind } from "../handshakes.ts";
import { flipped, hubDomain } from "../keys.ts";
import { byValue, faultsOf, leafOf, signedAgain } from "./signed-again.ts";

const nothing = { components: new Map() };
const daves = ({ scene }: HandshakeGroup) => ownKeyPackage(scene, "mimi://d.example/d/dave/ClientD1", able);

function newcomerProposes(group: HandshakeGroup, proposal: Proposal): MLSMessage {
  const { signaturePrivateKey } = daves(group);
  const sender = { senderType: "new_member_proposal" } as const;
  return proposeExternally(group.alice.groupContext, { sender, signaturePrivateKey }, proposal, nothing);
}

const reInit = ({ scene }: HandshakeGroup): Extract<Proposal, { proposalType: "reinit" }> => ({
  proposalType: "reinit",
  groupId: utf8("mimi://hub.example/g/clubhouse/2"),
  version: "mls10",
  cipherSuite: scene.suite.id,
  extensions: [],
});

export function proposals(group: HandshakeGroup): Kind[] {
  const add: Proposal = { proposalType: "add", keyPackage: daves(group).keyPackage };
  const kind = (slug: string, comment: string, message: MLSMessage): Kind => ({ slug, comment, message });
  return [
    kind("newcomer", "a newcomer's proposal to add itself", newcomerProposes(group, add)),
    kind("proposal", "a proposal of Bob's", proposedByBob(group, topicUpdate("Draughts")).message),
    kind("external", "a proposal of the hub's", proposedByHub(group, topicUpdate("Draughts"))),
    kind("add", "a commit that adds Dave", committed(group, "Add", [add])),
    kind("re-init", "a commit that closes the group", committed(group, "ReInit", [reInit(group)])),
    kind(
      "psk",
      "a commit with a pre-shared key",
      committed(group, "pre-shared key", [componentPsk(group.scene, "MLS")]),
    ),
  ];
}

export function wrongProposals(group: HandshakeGroup): Wrong[] {
  return [...wrongSenders(group), ...wrongAdds(group), ...wrongClosings(group)];
}

function wrongSenders(group: HandshakeGroup): Wrong[] {
  const { scene, alice, bob } = group;
  const dave = daves(group);
  const remove: Proposal = { proposalType: "remove", removed: bob.leafIndex };
  const add: Proposal = { proposalType: "add", keyPackage: dave.keyPackage };
  const byHub = proposedByHub(group, topicUpdate("Draughts"));
  const byBob = proposedByBob(group, topicUpdate("Draughts")).message;
  const hubKey = scene.signatureOf(hubDomain).privateKey;
  const from = (message: MLSMessage, key: Uint8Array, change: object) =>
    signedAgain(group, message, key, () => change);
  const sender = ["Framing", "FramedContent.sender"] as const;
  const commit = { proposals: [], path: undefined };
  return [
    faultsOf("newcomer")(
      "removes",
      ["Framing", "FramedContent.proposal"],
      "the newcomer proposes to remove Bob",
      newcomerProposes(group, remove),
    ),
    faultsOf("newcomer")(
      "other-key",
      ["OtherKey", "FramedContentAuthData.signature"],
      "it is signed with another key than the KeyPackage's",
      from(newcomerProposes(group, add), alice.signaturePrivateKey, {}),
    ),
    faultsOf("external")(
      "unknown-sender",
      sender,
      "it names an external sender that there is not",
      from(byHub, hubKey, { sender: { senderType: "external", senderIndex: 1 } }),
    ),
    faultsOf("external")(
      "commits",
      ["Framing", "FramedContent.content_type"],
      "the hub sends a commit",
      signedCommit(from(byHub, hubKey, { contentType: "commit", commit })),
    ),
    faultsOf("proposal")(
      "as-newcomer",
      sender,
      "it names a newcomer that commits as its sender",
      from(byBob, bob.signaturePrivateKey, { sender: { senderType: "new_member_commit" } }),
    ),
    faultsOf("proposal")(
      "application-data",
      ["Framing", "FramedContent.content_type"],
      "it holds application data that everybody can read",
      from(byBob, bob.signaturePrivateKey, {
        contentType: "application",
        applicationData: utf8("Hello"),
      }),
    ),
  ];
}

/** A commit has a confirmation tag. */
function signedCommit(message: ReturnType<typeof signedAgain>): MLSMessage {
  const { publicMessage } = message;
  const auth = { ...publicMessage.auth, confirmationTag: new Uint8Array(32) };
  return { ...message, publicMessage: { ...publicMessage, auth } as typeof publicMessage };
}

function wrongAdds(group: HandshakeGroup): Wrong[] {
  const { scene } = group;
  const dave = daves(group);
  const wrong = faultsOf("add");
  const adding = (keyPackage: KeyPackage) =>
    resigned(group, committed(group, "Add", [{ proposalType: "add", keyPackage: dave.keyPackage }]), () =>
      byValue({ proposalType: "add", keyPackage }),
    );
  const changed = (change: Partial<KeyPackage>, owner: OwnKeyPackage = dave) => {
    const unsigned = { ...owner.keyPackage, ...change };
    const { signaturePrivateKey } = owner;
    const tbs = KeyPackageTBS.encode(unsigned);
    return adding({
      ...unsigned,
      signature: signWithLabel(scene.suite, signaturePrivateKey, "KeyPackageTBS", tbs),
    });
  };
  const { keyPackage } = dave;
  const bobs = ownKeyPackage(scene, "mimi://b.example/d/bob/ClientB1", able);
  return [
    wrong(
      "key-package-signature",
      ["Signature", "KeyPackage.signature"],
      "the signature of the KeyPackage is another one",
      adding({ ...keyPackage, signature: flipped(keyPackage.signature) }),
    ),
    wrong(
      "leaf-signature",
      ["Signature", "KeyPackage.leaf_node.signature"],
      "the signature of its leaf is another one",
      changed({
        leafNode: { ...keyPackage.leafNode, signature: flipped(keyPackage.leafNode.signature) },
      }),
    ),
    wrong(
      "one-key",
      ["Twice", "KeyPackage.init_key"],
      "its init key is the encryption key of its leaf",
      changed({ initKey: keyPackage.leafNode.encryptionKey }),
    ),
    wrong(
      "extension",
      ["Unsupported", "KeyPackage.extensions"],
      "it has an extension that its client does not list",
      changed({ extensions: [{ extensionType: 0x7777, extensionData: new Uint8Array() }] }),
    ),
    wrong(
      "version",
      ["Unsupported", "KeyPackage.version"],
      "it is of another version of MLS",
      changed({ version: 2 }),
    ),
    wrong(
      "cipher-suite",
      ["Unsupported", "KeyPackage.cipher_suite"],
      "it is of another cipher suite",
      changed({ cipherSuite: scene.suite.id === 1 ? 3 : 1 }),
    ),
    wrong(
      "signature-key",
      ["Twice", "KeyPackage.leaf_node.signature_key"],
      "its leaf has the signature key of a member",
      adding(withLeaf(group, bobs, { encryptionKey: scene.hpkeOf("Bob again").publicKey })),
    ),
    wrong(
      "encryption-key",
      ["Twice", "KeyPackage.leaf_node.encryption_key"],
      "its leaf has the encryption key of a member",
      adding(withLeaf(group, dave, { encryptionKey: leafOf(group.bob).encryptionKey })),
    ),
  ];
}

/** The KeyPackage with another leaf, both signed again. */
function withLeaf({ scene }: HandshakeGroup, owner: OwnKeyPackage, change: Partial<LeafNode>): KeyPackage {
  const { keyPackage, signaturePrivateKey } = owner;
  const leaf = { ...keyPackage.leafNode, ...change } as LeafNode;
  const leafNode = signLeaf(scene.suite, signaturePrivateKey, leaf, undefined);
  const unsigned = { ...keyPackage, leafNode };
  const tbs = KeyPackageTBS.encode(unsigned);
  const signature = signWithLabel(scene.suite, signaturePrivateKey, "KeyPackageTBS", tbs);
  return { ...unsigned, signature };
}

function wrongClosings(group: HandshakeGroup): Wrong[] {
  const honest = committed(group, "ReInit", [reInit(group)]);
  const [{ extensions }] = [group.alice.groupContext];
  const having = (proposal: Proposal) => resigned(group, honest, () => byValue(proposal));
  const psk = componentPsk(group.scene, "MLS");
  const psks = committed(group, "pre-shared key", [psk]);
  const resumption = (usage: "branch" | "reinit"): Proposal => ({
    proposalType: "psk",
    psk: {
      psktype: "resumption",
      usage,
      pskGroupId: group.alice.groupContext.groupId,
      pskEpoch: 0n,
      pskNonce: group.scene.random("psk_nonce of a resumption").bytes(group.scene.suite.hashLength),
    },
  });
  return [
    faultsOf("re-init")(
      "version",
      ["Unsupported", "ReInit.version"],
      "the group that follows is of version 2 of MLS",
      having({ ...reInit(group), version: 2 }),
    ),
    faultsOf("re-init")(
      "extension-twice",
      ["Twice", "ReInit.extensions"],
      "the group that follows has an extension twice",
      having({ ...reInit(group), extensions: [...extensions, ...extensions] }),
    ),
    faultsOf("psk")(
      "branch",
      ["List", "PreSharedKeyID.usage"],
      "the group would claim to branch from another",
      resigned(group, psks, () => byValue(resumption("branch"))),
    ),
    faultsOf("psk")(
      "re-init",
      ["List", "PreSharedKeyID.usage"],
      "the group would claim to follow another",
      resigned(group, psks, () => byValue(resumption("reinit"))),
    ),
  ];
}
