/** Paths of Alice's that do not fit the tree. RFC 9420 §7.5, §7.6 and §7.9.2 */
import { signLeaf, type UpdatePath } from "../../../../spec-model/mls/index.ts";
import type { Wrong } from "../handshake-fault.ts";
import { committed, type HandshakeGroup, resigned } from "../handshake-group.ts";
import type { Kind } from "../handshakes.ts";
import { flipped } from "../keys.ts";
import { boundTo, faultsOf, leafAgain, leafOf, pathIn } from "./signed-again.ts";

const honest = (group: HandshakeGroup) => committed(group, "with a path", [], true);

export function paths(group: HandshakeGroup): Kind[] {
  return [{ slug: "path", comment: "a commit with a path and no proposals", message: honest(group) }];
}

export function wrongPaths(group: HandshakeGroup): Wrong[] {
  const { scene, alice, bob } = group;
  const wrong = faultsOf("path");
  const path = pathIn(honest(group));
  const having = (changed: UpdatePath) => resigned(group, honest(group), () => ({ path: changed }));
  const [first] = path.nodes;
  if (first === undefined) throw new Error("a path without nodes");
  const firstWith = (change: object) => ({
    ...path,
    nodes: path.nodes.map((node, i) => (i === 0 ? { ...node, ...change } : node)),
  });
  const { encryptedPathSecret: sealed } = first;
  const leaf = (change: object) => ({ ...path, leafNode: leafAgain(group, alice, path.leafNode, change) });
  const nodes = ["Path", "UpdatePath.nodes"] as const;
  const secrets = ["Path", "UpdatePathNode.encrypted_path_secret"] as const;
  const cathy = leafOf({ tree: alice.tree, leafIndex: group.cathy });
  const above = scene.hpkeOf("a node above the root").publicKey;
  return [
    wrong(
      "short",
      nodes,
      "the uppermost node is missing",
      having({ ...path, nodes: path.nodes.slice(0, -1) }),
    ),
    wrong(
      "long",
      nodes,
      "there is a node above the root",
      having({ ...path, nodes: [...path.nodes, { ...first, encryptionKey: above }] }),
    ),
    wrong(
      "secret-twice",
      secrets,
      "a path secret is there twice for its receiver",
      having(firstWith({ encryptedPathSecret: [...sealed, ...sealed] })),
    ),
    wrong(
      "secret-missing",
      secrets,
      "nobody gets the first path secret",
      having(firstWith({ encryptedPathSecret: [] })),
    ),
    wrong(
      "members-key",
      ["Twice", "UpdatePathNode.encryption_key"],
      "a node has the encryption key of a member",
      having(boundTo(group, alice.tree, alice, firstWith({ encryptionKey: cathy.encryptionKey }))),
    ),
    wrong(
      "kept-key",
      ["Twice", "UpdatePath.leaf_node.encryption_key"],
      "the leaf keeps its encryption key",
      having(leaf({ encryptionKey: leafOf(alice).encryptionKey })),
    ),
    wrong(
      "leaf-signature",
      ["Signature", "UpdatePath.leaf_node.signature"],
      "the signature of the leaf is another one",
      having({ ...path, leafNode: { ...path.leafNode, signature: flipped(path.leafNode.signature) } }),
    ),
    wrong(
      "other-place",
      ["Binding", "UpdatePath.leaf_node.signature"],
      "the leaf is signed for another place",
      having({
        ...path,
        leafNode: signLeaf(scene.suite, alice.signaturePrivateKey, path.leafNode, {
          groupId: alice.groupContext.groupId,
          leafIndex: bob.leafIndex,
        }),
      }),
    ),
    wrong(
      "leaf-source",
      ["Binding", "UpdatePath.leaf_node.leaf_node_source"],
      "the leaf says that it is of an Update",
      having(leaf({ leafNodeSource: "update" })),
    ),
    wrong(
      "parent-hash",
      ["Path", "UpdatePath.leaf_node.parent_hash"],
      "the leaf is bound to another path",
      having(leaf({ parentHash: flipped(parentHashOf(path)) })),
    ),
  ];
}

function parentHashOf({ leafNode }: UpdatePath): Uint8Array {
  if (leafNode.leafNodeSource !== "commit") throw new Error("no leaf of a commit");
  return leafNode.parentHash;
}
