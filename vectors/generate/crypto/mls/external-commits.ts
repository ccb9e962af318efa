/** How Dave's client comes in by itself, and how it may not. RFC 9420 §12.2 and §12.4.3.2 */
import {
  type Commit,
  externalCommit,
  groupInfo,
  type MLSMessage,
  type OwnKeyPackage,
  type Proposal,
  signLeaf,
} from "../../../../spec-model/mls/index.ts";
import { topicUpdate } from "../group.ts";
import type { Wrong } from "../handshake-fault.ts";
import { able, type HandshakeGroup, ownKeyPackage } from "../handshake-group.ts";
import { replaced, unchanged } from "../handshake-proposals.ts";
import type { Kind } from "../handshakes.ts";
import { bobClient, flipped } from "../keys.ts";
import {
  byValue,
  commitIn,
  faultsOf,
  leafAgain,
  leafOf,
  pathIn,
  pendingOfBob,
  signedAgain,
} from "./signed-again.ts";

const daveClient = "mimi://d.example/d/dave/ClientD1";

/** What a newcomer makes its commit with: all that it asks of others it believes. */
const nothing = { components: new Map() };

type Options = Partial<Parameters<typeof externalCommit>[0]>;

function joining(group: HandshakeGroup, purpose: string, joiner: OwnKeyPackage, options: Options = {}) {
  const { scene, alice } = group;
  const info = groupInfo(alice, nothing);
  const random = scene.random(`external commit ${purpose}`);
  return externalCommit({ groupInfo: info, ratchetTree: alice.tree, joiner, ...options }, nothing, random);
}

const daves = ({ scene }: HandshakeGroup) => ownKeyPackage(scene, daveClient, able);
const bobsAgain = ({ scene }: HandshakeGroup) => ownKeyPackage(scene, bobClient, able);

export function externalCommits(group: HandshakeGroup): Kind[] {
  const leaving = pendingOfBob(group, { proposalType: "self_remove" });
  return [
    {
      slug: "external-commit",
      comment: "a newcomer's commit",
      message: joining(group, "Dave", daves(group)).message,
    },
    {
      slug: "external-commit-for-self-remove",
      comment: "a newcomer's commit that covers Bob's SelfRemove",
      message: joining(group, "with SelfRemove", daves(group), { selfRemoves: [leaving.message] }).message,
      pending: [leaving.message],
    },
    {
      slug: "external-resync",
      comment: "the commit of Bob's client that comes in again in place of its leaf",
      message: resync(group),
    },
  ];
}

function resync(group: HandshakeGroup): MLSMessage {
  return joining(group, "Bob again", bobsAgain(group), { resync: group.bob.leafIndex }).message;
}

export function wrongExternalCommits(group: HandshakeGroup): Wrong[] {
  return [...wrongLists(group), ...wrongLeaves(group), ...wrongResyncs(group)];
}

const list = ["List", "Commit.proposals"] as const;

function wrongLists(group: HandshakeGroup): Wrong[] {
  const { alice } = group;
  const honest = joining(group, "Dave", daves(group)).message;
  const { signaturePrivateKey } = daves(group);
  const wrong = faultsOf("external-commit");
  const own = commitIn(honest).proposals;
  const inits = own.flatMap((each) => (each.type === "proposal" ? [each.proposal] : []));
  const remove = (removed: number): Proposal => ({ proposalType: "remove", removed });
  const changed = (change: Partial<Commit>) =>
    signedAgain(group, honest, signaturePrivateKey, () => ({ commit: { ...commitIn(honest), ...change } }));
  const holding = (...proposals: readonly Proposal[]) => changed(byValue(...proposals));
  const update = pendingOfBob(group, topicUpdate("Chess"));
  return [
    wrong("no-init", list, "there is no ExternalInit", holding()),
    wrong("two-inits", list, "there are two ExternalInits", holding(...inits, ...inits)),
    wrong("removes-nobody", list, "it removes a leaf that nobody has", holding(...inits, remove(5))),
    wrong(
      "context-extensions",
      list,
      "it changes the extensions of the GroupContext",
      holding(...inits, replaced(group, unchanged)),
    ),
    wrong(
      "covers-update",
      list,
      "it covers a proposal of Bob's that is no SelfRemove",
      changed({ proposals: [...own, update.entry] }),
      { pending: update.pending },
    ),
    wrong("no-path", ["NoPath", "Commit.path"], "it has no path", changed({ path: undefined })),
    wrong(
      "other-key",
      ["OtherKey", "FramedContentAuthData.signature"],
      "it is signed with another key than its leaf's",
      signedAgain(group, honest, alice.signaturePrivateKey, () => ({})),
    ),
  ];
}

/** Faults in the newcomer's leaf. It is signed again, unless that is the fault; so is the commit. */
function wrongLeaves(group: HandshakeGroup): Wrong[] {
  const { scene, alice } = group;
  const wrong = faultsOf("external-commit");
  const leafPath = "UpdatePath.leaf_node";
  const by = (joiner: OwnKeyPackage, change: object, sign = true) => {
    const honest = joining(group, "Dave", daves(group)).message;
    const path = pathIn(honest);
    const unsigned = { ...path.leafNode, ...change } as typeof path.leafNode;
    const place = { groupId: alice.groupContext.groupId, leafIndex: 3 };
    const { signaturePrivateKey } = joiner;
    const leafNode = sign ? signLeaf(scene.suite, signaturePrivateKey, unsigned, place) : unsigned;
    return signedAgain(group, honest, signaturePrivateKey, () => ({
      commit: { ...commitIn(honest), path: { ...path, leafNode } },
    }));
  };
  const dave = daves(group);
  const { capabilities, signature } = pathIn(joining(group, "Dave", dave).message).leafNode;
  const lacking = (change: object) => by(dave, { capabilities: { ...capabilities, ...change } });
  const bobs = bobsAgain(group);
  return [
    wrong(
      "leaf-signature",
      ["Signature", `${leafPath}.signature`],
      "the signature of its leaf is another one",
      by(dave, { signature: flipped(signature) }, false),
    ),
    wrong(
      "leaf-credential-type",
      ["Unsupported", `${leafPath}.capabilities`],
      "the newcomer does not support the type of its own credential",
      lacking({ credentials: [] }),
    ),
    wrong(
      "leaf-extensions",
      ["Unsupported", `${leafPath}.capabilities`],
      "the newcomer does not support a required extension",
      lacking({ extensions: [] }),
    ),
    wrong(
      "leaf-proposals",
      ["Unsupported", `${leafPath}.capabilities`],
      "the newcomer does not support a required type of proposals",
      lacking({ proposals: [] }),
    ),
    wrong(
      "leaf-version",
      ["Unsupported", `${leafPath}.capabilities`],
      "the newcomer does not support this version of MLS",
      lacking({ versions: [] }),
    ),
    wrong(
      "leaf-encryption-key",
      ["Twice", `${leafPath}.encryption_key`],
      "its leaf has the encryption key of a member",
      by(dave, { encryptionKey: leafOf(group.bob).encryptionKey }),
    ),
    wrong(
      "leaf-signature-key",
      ["Twice", `${leafPath}.signature_key`],
      "its leaf has the signature key of a member who stays",
      by(bobs, { signatureKey: leafOf(group.bob).signatureKey }),
    ),
  ];
}

/** No parent hash depends on the leaf's encryption key. */
function wrongResyncs(group: HandshakeGroup): Wrong[] {
  const { bob } = group;
  const wrong = faultsOf("external-resync");
  const honest = resync(group);
  const commit = commitIn(honest);
  const path = pathIn(honest);
  const changed = (change: Partial<Commit>) =>
    signedAgain(group, honest, bob.signaturePrivateKey, () => ({ commit: { ...commit, ...change } }));
  const leafNode = leafAgain(group, bob, path.leafNode, { encryptionKey: leafOf(bob).encryptionKey });
  const removal = commit.proposals.filter(
    (each) => each.type === "proposal" && each.proposal.proposalType === "remove",
  );
  return [
    wrong(
      "kept-key",
      ["Twice", "UpdatePath.leaf_node.encryption_key"],
      "its leaf keeps the encryption key of the one that it replaces",
      changed({ path: { ...path, leafNode } }),
    ),
    wrong(
      "removed-twice",
      list,
      "it removes its former leaf twice",
      changed({ proposals: [...commit.proposals, ...removal] }),
    ),
  ];
}
