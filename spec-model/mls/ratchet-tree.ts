/** The ratchet tree as a value: its nodes, and the changes that proposals and paths make to it (RFC 9420 §4, §7.7, §12.1). */
import { demand, present } from "./errors.ts";
import type { MlsErrorCode } from "./rules.ts";
import type { LeafNode, Node, ParentNode } from "./structures/index.ts";
import { inheritHashes } from "./tree-hash-cache.ts";
import { directPath, isLeaf, leafCount, left, right, sibling } from "./tree-math.ts";

/** All nodes from left to right, undefined where blank; the length is 2^(d+1) - 1 for some d. Never changed in place. */
export type RatchetTree = readonly (Node | undefined)[];

/** A node of a filtered direct path, and its child that is not on the path. */
export interface PathStep {
  readonly node: number;
  readonly copathChild: number;
}

/** The leaf with this leaf index, undefined where it is blank or beyond the tree. */
export function leafAt(tree: RatchetTree, leafIndex: number): LeafNode | undefined {
  const node = leafIndex < leafCount(tree.length) ? tree[2 * leafIndex] : undefined;
  return node?.nodeType === "leaf" ? node.leafNode : undefined;
}

/** The leaf, or a refusal with `code` where there is none. */
export function memberAt(tree: RatchetTree, leafIndex: number, code: MlsErrorCode): LeafNode {
  return present(leafAt(tree, leafIndex), code, `leaf ${leafIndex}`);
}

/** The parent with this node index, undefined where it is blank. */
export function parentAt(tree: RatchetTree, nodeIndex: number): ParentNode | undefined {
  const node = tree[nodeIndex];
  return node?.nodeType === "parent" ? node.parentNode : undefined;
}

/** The members from left to right, with their leaf indices. */
export function members(tree: RatchetTree): { leafIndex: number; leafNode: LeafNode }[] {
  const found: { leafIndex: number; leafNode: LeafNode }[] = [];
  for (let i = 0; i < tree.length; i += 2) {
    const node = tree[i];
    if (node?.nodeType === "leaf") found.push({ leafIndex: i / 2, leafNode: node.leafNode });
  }
  return found;
}

/** The HPKE public key of a node. */
export function encryptionKeyOf(node: Node): Uint8Array {
  return node.nodeType === "leaf" ? node.leafNode.encryptionKey : node.parentNode.encryptionKey;
}

/** A tree of one member. */
export function treeOf(leafNode: LeafNode): RatchetTree {
  return [{ nodeType: "leaf", leafNode }];
}

/** RFC 9420 §12.1.1: the leftmost blank leaf, or the first of a tree twice as large. */
export function addLeaf(tree: RatchetTree, leafNode: LeafNode): { tree: RatchetTree; leafIndex: number } {
  const { tree: next, leafIndices } = addLeaves(tree, [leafNode]);
  return { tree: next, leafIndex: leafIndices[0] ?? 0 };
}

/** The same for one leaf after the other: a commit can add many, and each would copy the whole tree. */
export function addLeaves(
  tree: RatchetTree,
  leafNodes: readonly LeafNode[],
): { tree: RatchetTree; leafIndices: number[] } {
  const nodes = freeLeaves(tree, leafNodes.length);
  let size = tree.length;
  while (size <= (nodes.at(-1) ?? 0)) size = 2 * size + 1;
  const next: (Node | undefined)[] = [...tree];
  while (next.length < size) next.push(undefined);
  leafNodes.forEach((leafNode, i) => {
    const node = nodes[i] ?? 0;
    for (const above of directPath(node, size)) {
      const parentNode = parentAt(next, above);
      if (parentNode === undefined) continue;
      const unmergedLeaves = [...parentNode.unmergedLeaves, node / 2].sort((a, b) => a - b);
      next[above] = { nodeType: "parent", parentNode: { ...parentNode, unmergedLeaves } };
    }
    next[node] = { nodeType: "leaf", leafNode };
  });
  inheritHashes(tree, next, nodes);
  return { tree: next, leafIndices: nodes.map((node) => node / 2) };
}

/** The first blank leaves, as nodes, beyond the tree's end where it has no more. */
function freeLeaves(tree: RatchetTree, count: number): number[] {
  const nodes: number[] = [];
  for (let node = 0; nodes.length < count; node += 2) if (tree[node] === undefined) nodes.push(node);
  return nodes;
}

/** RFC 9420 §12.1.2: a new leaf in the old one's place, and blanks above it. */
export function updateLeaf(tree: RatchetTree, leafIndex: number, leafNode: LeafNode): RatchetTree {
  return withBlankPath(tree, leafIndex, { nodeType: "leaf", leafNode });
}

/** RFC 9420 §12.1.3: blanks, and half the tree as long as its right half is empty. */
export function removeLeaf(tree: RatchetTree, leafIndex: number): RatchetTree {
  return truncated(withBlankPath(tree, leafIndex, undefined));
}

/** The tree with blanks above a leaf, which stays. */
export function blankAbove(tree: RatchetTree, leafIndex: number): RatchetTree {
  return withBlankPath(tree, leafIndex, tree[2 * leafIndex]);
}

/** The tree with these nodes above a leaf, and the leaf itself, replaced. */
export function withPath(
  tree: RatchetTree,
  leafIndex: number,
  parents: ReadonlyMap<number, ParentNode>,
  leafNode: LeafNode,
): RatchetTree {
  const next = [...tree];
  for (const [node, parentNode] of parents) next[node] = { nodeType: "parent", parentNode };
  next[2 * leafIndex] = { nodeType: "leaf", leafNode };
  inheritHashes(tree, next, [2 * leafIndex]);
  return next;
}

/** RFC 9420 §4.1.1: the nodes whose keys together reach every member below `node`. */
export function resolution(tree: RatchetTree, node: number): number[] {
  const found: number[] = [];
  resolve(tree, node, found);
  return found;
}

function resolve(tree: RatchetTree, node: number, found: number[]): void {
  const at = tree[node];
  if (at !== undefined) {
    found.push(node);
    if (at.nodeType === "parent") for (const leaf of at.parentNode.unmergedLeaves) found.push(2 * leaf);
  } else if (!isLeaf(node)) {
    resolve(tree, left(node), found);
    resolve(tree, right(node), found);
  }
}

function resolvesToNothing(tree: RatchetTree, node: number): boolean {
  if (tree[node] !== undefined) return false;
  return isLeaf(node) || (resolvesToNothing(tree, left(node)) && resolvesToNothing(tree, right(node)));
}

/** RFC 9420 §4.1.2: the direct path of a leaf without the nodes whose copath child resolves to nothing. */
export function filteredDirectPath(tree: RatchetTree, leafIndex: number): PathStep[] {
  const steps: PathStep[] = [];
  let below = 2 * leafIndex;
  for (const node of directPath(below, tree.length)) {
    const copathChild = sibling(below);
    if (!resolvesToNothing(tree, copathChild)) steps.push({ node, copathChild });
    below = node;
  }
  return steps;
}

/** RFC 9420 §12.4.3.3: the content of the ratchet_tree extension. */
export function toRatchetTreeExtension(tree: RatchetTree): (Node | undefined)[] {
  let length = tree.length;
  while (length > 0 && tree[length - 1] === undefined) length--;
  return tree.slice(0, length);
}

/** The tree that a ratchet_tree extension describes. Refuses `treeEndsBlank` and `nodeKindMisplaced`. */
export function fromRatchetTreeExtension(nodes: readonly (Node | undefined)[]): RatchetTree {
  demand(nodes.at(-1) !== undefined, "treeEndsBlank");
  nodes.forEach((node, i) => {
    const misplaced = node !== undefined && (node.nodeType === "leaf") !== isLeaf(i);
    demand(!misplaced, "nodeKindMisplaced", `node ${i}`);
  });
  let size = 1;
  while (size < nodes.length) size = 2 * size + 1;
  return Array.from({ length: size }, (_, i) => nodes[i]);
}

function withBlankPath(tree: RatchetTree, leafIndex: number, leaf: Node | undefined): RatchetTree {
  const next = [...tree];
  for (const above of directPath(2 * leafIndex, tree.length)) next[above] = undefined;
  next[2 * leafIndex] = leaf;
  inheritHashes(tree, next, [2 * leafIndex]);
  return next;
}

/** RFC 9420 §7.7 */
function truncated(tree: RatchetTree): RatchetTree {
  let size = tree.length;
  while (size > 1 && isBlankFrom(tree, (size + 1) >> 1, size)) size = (size - 1) >> 1;
  if (size === tree.length) return tree;
  const next = tree.slice(0, size);
  inheritHashes(tree, next, []);
  return next;
}

function isBlankFrom(tree: RatchetTree, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (tree[i] !== undefined) return false;
  return true;
}
