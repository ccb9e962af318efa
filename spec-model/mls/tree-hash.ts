/** Tree hashes and parent hashes (RFC 9420 §7.8 and §7.9). */
import type { CipherSuite } from "./crypto/index.ts";
import { leafAt, parentAt, type RatchetTree } from "./ratchet-tree.ts";
import { type LeafNode, ParentHashInput, type ParentNode, TreeHashInput } from "./structures/index.ts";
import { knownHashes } from "./tree-hash-cache.ts";
import { isLeaf, isWithin, left, right, root } from "./tree-math.ts";

/** The hash of the subtree under `node`; of the whole tree where `node` is left out. RFC 9420 §7.8 */
export function treeHash(suite: CipherSuite, tree: RatchetTree, node = root(tree.length)): Uint8Array {
  return subtreeHash(suite, tree, knownHashes(tree), node);
}

/**
 * The parent hash of `parent` towards a child, `siblingNode` being its other child. RFC 9420 §7.9
 * The sibling counts as it was when the parent got its key: without the leaves that are not merged into it.
 */
export function parentHash(
  suite: CipherSuite,
  tree: RatchetTree,
  parent: ParentNode,
  siblingNode: number,
): Uint8Array {
  return suite.hash(
    ParentHashInput.encode({
      encryptionKey: parent.encryptionKey,
      parentHash: parent.parentHash,
      originalSiblingTreeHash: hashWithout(
        suite,
        tree,
        siblingNode,
        below(siblingNode, parent.unmergedLeaves),
      ),
    }),
  );
}

function subtreeHash(
  suite: CipherSuite,
  tree: RatchetTree,
  known: (Uint8Array | undefined)[],
  node: number,
): Uint8Array {
  const remembered = known[node];
  if (remembered !== undefined) return remembered;
  const hash = isLeaf(node)
    ? leafHash(suite, node, leafAt(tree, node / 2))
    : parentNodeHash(
        suite,
        parentAt(tree, node),
        subtreeHash(suite, tree, known, left(node)),
        subtreeHash(suite, tree, known, right(node)),
      );
  known[node] = hash;
  return hash;
}

/** The hash of the subtree under `node` as if these leaves, all of them below it, had never been added. */
function hashWithout(
  suite: CipherSuite,
  tree: RatchetTree,
  node: number,
  absent: readonly number[],
): Uint8Array {
  if (absent.length === 0) return treeHash(suite, tree, node);
  if (isLeaf(node)) return leafHash(suite, node, undefined);
  const gone = new Set(absent);
  const parent = parentAt(tree, node);
  const before = parent && {
    ...parent,
    unmergedLeaves: parent.unmergedLeaves.filter((leaf) => !gone.has(leaf)),
  };
  const childHash = (child: number) => hashWithout(suite, tree, child, below(child, absent));
  return parentNodeHash(suite, before, childHash(left(node)), childHash(right(node)));
}

function below(node: number, leaves: readonly number[]): number[] {
  return leaves.filter((leaf) => isWithin(node, 2 * leaf));
}

function leafHash(suite: CipherSuite, node: number, leafNode: LeafNode | undefined): Uint8Array {
  return suite.hash(TreeHashInput.encode({ nodeType: "leaf", leafIndex: node / 2, leafNode }));
}

function parentNodeHash(
  suite: CipherSuite,
  parentNode: ParentNode | undefined,
  leftHash: Uint8Array,
  rightHash: Uint8Array,
): Uint8Array {
  return suite.hash(TreeHashInput.encode({ nodeType: "parent", parentNode, leftHash, rightHash }));
}
