/** Alice commits what Bob's client has proposed for its leaf. RFC 9420 §7.3 and §12.1.2 */
import {
  type LeafNode,
  proposeUpdate,
  type RatchetTree,
  signLeaf,
  updateLeaf,
} from "../../../../spec-model/mls/index.ts";
import { cathyClient } from "../group.ts";
import type { Wrong } from "../handshake-fault.ts";
import {
  able,
  committed,
  type HandshakeGroup,
  inputOf,
  ownKeyPackage,
  resigned,
} from "../handshake-group.ts";
import { referenceOf } from "../handshake-proposals.ts";
import type { Kind } from "../handshakes.ts";
import { flipped } from "../keys.ts";
import { boundTo, faultsOf, leafAgain, leafOf, pathIn, pendingOfBob } from "./signed-again.ts";

const nothing = { components: new Map() };

function bobsUpdate({ scene, bob }: HandshakeGroup) {
  return proposeUpdate(bob, {}, {}, nothing, scene.random("Update of Bob's leaf"));
}

/** Alice's commit that covers the proposal, with a path for the tree that it leads to. */
function covering(group: HandshakeGroup, reference: Uint8Array, tree: RatchetTree) {
  const honest = committed(group, "for an Update", [], true);
  return resigned(group, honest, () => ({
    proposals: [{ type: "reference", reference }],
    path: boundTo(group, tree, group.alice, pathIn(honest)),
  }));
}

export function updates(group: HandshakeGroup): Kind[] {
  const { message } = bobsUpdate(group);
  const comment = "a commit that covers an Update of Bob's leaf";
  const tree = updateLeaf(group.alice.tree, group.bob.leafIndex, proposalIn(message));
  const commit = covering(group, referenceOf(group.scene, message), tree);
  return [{ slug: "update", comment, message: commit, pending: [message] }];
}

export function wrongUpdates(group: HandshakeGroup): Wrong[] {
  const { scene, alice, bob } = group;
  const wrong = faultsOf("update");
  const { message } = bobsUpdate(group);
  const proposed = proposalIn(message);
  const having = (leafNode: LeafNode) => {
    const { pending, entry } = pendingOfBob(group, { proposalType: "update", leafNode });
    const tree = updateLeaf(alice.tree, bob.leafIndex, leafNode);
    return { message: covering(group, entry.reference, tree), pending };
  };
  const fault = (slug: string, flag: string, member: string, op: string, leafNode: LeafNode) => {
    const { message: commit, pending } = having(leafNode);
    return wrong(slug, [flag, `Update.leaf_node.${member}`], op, commit, { pending });
  };
  const changed = (change: object) => leafAgain(group, bob, proposed, change);
  const lacking = (change: object) => changed({ capabilities: { ...proposed.capabilities, ...change } });
  const cathy = ownKeyPackage(scene, cathyClient, able);
  const place = { groupId: bob.groupContext.groupId, leafIndex: group.cathy };
  const mine = proposeUpdate(alice, {}, {}, nothing, scene.random("Update of Alice's leaf")).message;
  const ownPending = { pending: inputOf(group, [mine])["pending"] ?? [] };
  const bobs = having(proposed);
  return [
    fault("signature", "Signature", "signature", "the signature of the leaf is another one", {
      ...proposed,
      signature: flipped(proposed.signature),
    }),
    fault(
      "other-place",
      "Binding",
      "signature",
      "the leaf is signed for the place of another one",
      signLeaf(scene.suite, bob.signaturePrivateKey, proposed, place),
    ),
    fault(
      "kept-key",
      "Twice",
      "encryption_key",
      "the leaf keeps its encryption key",
      changed({ encryptionKey: leafOf(bob).encryptionKey }),
    ),
    fault(
      "others-key",
      "Twice",
      "encryption_key",
      "the leaf has the encryption key of another member",
      changed({ encryptionKey: leafOf({ tree: alice.tree, leafIndex: group.cathy }).encryptionKey }),
    ),
    fault(
      "others-signature-key",
      "Twice",
      "signature_key",
      "the leaf has the signature key of another member",
      signLeaf(
        scene.suite,
        cathy.signaturePrivateKey,
        { ...proposed, signatureKey: cathy.keyPackage.leafNode.signatureKey },
        { ...place, leafIndex: bob.leafIndex },
      ),
    ),
    fault(
      "source",
      "Binding",
      "leaf_node_source",
      "the leaf says that it is of a commit",
      changed({ leafNodeSource: "commit", parentHash: new Uint8Array() }),
    ),
    fault(
      "credential-type",
      "Unsupported",
      "capabilities",
      "the client does not support the type of its own credential any more",
      lacking({ credentials: [] }),
    ),
    fault(
      "extensions",
      "Unsupported",
      "capabilities",
      "the client does not support a required extension any more",
      lacking({ extensions: [] }),
    ),
    fault(
      "proposals",
      "Unsupported",
      "capabilities",
      "the client does not support a required type of proposals any more",
      lacking({ proposals: [] }),
    ),
    fault(
      "cipher-suites",
      "Unsupported",
      "capabilities",
      "the client does not support the group's cipher suite any more",
      lacking({ cipherSuites: [] }),
    ),
    wrong(
      "by-committer",
      ["List", "Commit.proposals"],
      "the Update is the committer's own",
      covering(group, referenceOf(scene, mine), alice.tree),
      ownPending,
    ),
    wrong(
      "no-path",
      ["NoPath", "Commit.path"],
      "the commit has no path",
      resigned(group, bobs.message, () => ({ path: undefined })),
      { pending: bobs.pending },
    ),
  ];
}

function proposalIn(message: ReturnType<typeof bobsUpdate>["message"]): LeafNode {
  if (message.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { content } = message.publicMessage;
  if (content.contentType !== "proposal" || content.proposal.proposalType !== "update") {
    throw new Error("no Update");
  }
  return content.proposal.leafNode;
}
