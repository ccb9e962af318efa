/** The public half of a path: putting it into the tree, and its parent hashes (RFC 9420 §7.5, §7.9.2, §12.4.2). */
import { equalBytes, noBytes } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand } from "./errors.ts";
import { fewKeys, keySet } from "./key-set.ts";
import {
  blankAbove,
  encryptionKeyOf,
  filteredDirectPath,
  type PathStep,
  type RatchetTree,
  resolution,
  withPath,
} from "./ratchet-tree.ts";
import type { ParentNode, UpdatePath } from "./structures/index.ts";
import { parentHash } from "./tree-hash.ts";

/**
 * The tree with a commit's path in it. `tree` is the tree after the commit's proposals and `added` the leaves that
 * they added. Refuses a path of the wrong length (`pathLength`), the wrong number of encrypted secrets
 * (`pathSecretCount`) and a leaf that is not bound to the path (`leafParentHash`).
 */
export function mergePath(
  suite: CipherSuite,
  tree: RatchetTree,
  leafIndex: number,
  added: ReadonlySet<number>,
  path: UpdatePath,
): RatchetTree {
  const steps = filteredDirectPath(tree, leafIndex);
  demand(steps.length === path.nodes.length, "pathLength", `${path.nodes.length} instead of ${steps.length}`);
  demandSecretCounts(tree, steps, added, path);
  for (const { encryptionKey } of path.nodes) {
    demand(encryptionKey.length === suite.hpke.publicKeyLength, "hpkePublicKey");
  }
  const blanked = blankAbove(tree, leafIndex);
  const keys = path.nodes.map((node) => node.encryptionKey);
  const { parents, leafParentHash } = pathHashes(suite, blanked, steps, keys);
  const { leafNode } = path;
  demand(leafNode.leafNodeSource === "commit", "leafSource", leafNode.leafNodeSource);
  demand(equalBytes(leafNode.parentHash, leafParentHash), "leafParentHash");
  return withPath(blanked, leafIndex, parents, leafNode);
}

/** RFC 9420 §12.4.2: none of a path's keys is in the tree, even in a node that the path replaces (`pathKeyReused`). */
export function demandFreshKeys(tree: RatchetTree, path: UpdatePath): void {
  if (isFresh(tree, path)) return;
  const keys = keySet();
  for (const node of tree) if (node !== undefined) keys.add(encryptionKeyOf(node), "encryptionKeyTwice");
  for (const { encryptionKey } of [path.leafNode, ...path.nodes]) keys.add(encryptionKey, "pathKeyReused");
}

/** A path has few keys: going once through the tree with them is faster than making a set of all. */
function isFresh(tree: RatchetTree, path: UpdatePath): boolean {
  const keys = fewKeys([path.leafNode, ...path.nodes].map(({ encryptionKey }) => encryptionKey));
  if (keys.anyTwice) return false;
  for (const node of tree) if (node !== undefined && keys.has(encryptionKeyOf(node))) return false;
  return true;
}

/** The parents of a path from its keys, lowest first, and the hash that its leaf has to carry. RFC 9420 §7.9 */
export function pathHashes(
  suite: CipherSuite,
  blanked: RatchetTree,
  steps: readonly PathStep[],
  keys: readonly Uint8Array[],
): { parents: ReadonlyMap<number, ParentNode>; leafParentHash: Uint8Array } {
  const parents = new Map<number, ParentNode>();
  let hashAbove: Uint8Array = noBytes;
  for (let i = steps.length - 1; i >= 0; i--) {
    const [step, encryptionKey] = [steps[i], keys[i]];
    if (step === undefined || encryptionKey === undefined) continue;
    const parent: ParentNode = { encryptionKey, parentHash: hashAbove, unmergedLeaves: [] };
    parents.set(step.node, parent);
    hashAbove = parentHash(suite, blanked, parent, step.copathChild);
  }
  return { parents, leafParentHash: hashAbove };
}

function demandSecretCounts(
  tree: RatchetTree,
  steps: readonly PathStep[],
  added: ReadonlySet<number>,
  path: UpdatePath,
): void {
  steps.forEach(({ node, copathChild }, i) => {
    const wanted = resolution(tree, copathChild).filter((n) => !added.has(n / 2)).length;
    demand(path.nodes[i]?.encryptedPathSecret.length === wanted, "pathSecretCount", `node ${node}`);
  });
}
