/** Whether a ratchet tree that somebody hands over is the group's and was made by its members (RFC 9420 §7.9.2, §12.4.3.1). */
import { equalBytes } from "../bytes.ts";
import type { MlsApplication } from "./application.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { decidesAlike } from "./deciding-alike.ts";
import { demand } from "./errors.ts";
import { fewKeys, keySet } from "./key-set.ts";
import { demandAlive, demandAllAlive, demandMutualSupport, validateLeafAlone } from "./leaf-node.ts";
import { encryptionKeyOf, leafAt, members, parentAt, type RatchetTree, resolution } from "./ratchet-tree.ts";
import { GroupContext, type LeafNode, type Node, type ParentNode } from "./structures/index.ts";
import { parentHash, treeHash } from "./tree-hash.ts";
import { isLeaf, isWithin, left, parent, right } from "./tree-math.ts";

/**
 * Refuses a tree that does not belong to the group or is not internally consistent. A tree object that has been found
 * to be valid is looked through once for all that one process simulates; but for lifetimes, which are a matter of time.
 */
export function validateTree(
  suite: CipherSuite,
  tree: RatchetTree,
  context: GroupContext,
  app: MlsApplication,
): void {
  if (!isKnownToBeValid(tree, context, app)) {
    validateAnew(suite, tree, context, app);
    validTrees.set(tree, { context, app });
  } else if (!app.toleratesExpiredMembers) {
    demandAllAlive(tree, app);
  }
}

/** The context and the application that a tree was last found to be valid for. */
const validTrees = new WeakMap<RatchetTree, { context: GroupContext; app: MlsApplication }>();

function isKnownToBeValid(tree: RatchetTree, context: GroupContext, app: MlsApplication): boolean {
  const known = validTrees.get(tree);
  return (
    known !== undefined &&
    decidesAlike(known.app, app) &&
    known.app.provider === app.provider &&
    equalBytes(GroupContext.encode(known.context), GroupContext.encode(context))
  );
}

function validateAnew(
  suite: CipherSuite,
  tree: RatchetTree,
  context: GroupContext,
  app: MlsApplication,
): void {
  demand(equalBytes(treeHash(suite, tree), context.treeHash), "treeHash");
  demandUniqueKeys(tree);
  demandValidParents(suite, tree);
  for (const { leafIndex, leafNode } of members(tree)) {
    validateLeafAlone(suite, leafNode, { groupId: context.groupId, leafIndex }, app);
    if (!app.toleratesExpiredMembers) demandAlive(leafNode, app);
  }
  demandMutualSupport(tree, context.extensions);
}

/** RFC 9420 §7.3 and §12.4.3.1: no encryption key in two nodes, no signature key in two leaves. */
export function demandUniqueKeys(tree: RatchetTree): void {
  const encryptionKeys = keySet();
  const signatureKeys = keySet();
  for (const node of tree) {
    if (node === undefined) continue;
    encryptionKeys.add(encryptionKeyOf(node), "encryptionKeyTwice");
    if (node.nodeType === "leaf") signatureKeys.add(node.leafNode.signatureKey, "signatureKeyTwice");
  }
}

/** `demandUniqueKeys` of a tree that was made from one whose keys are unique: only new nodes can break the rule. */
export function demandUniqueKeysAfter(before: RatchetTree, tree: RatchetTree): void {
  const fresh: Node[] = [];
  /** Leaves with another signature key than the one that was in their place: most keep theirs. */
  const newcomers: LeafNode[] = [];
  for (let i = 0; i < tree.length; i++) {
    const [node, was] = [tree[i], before[i]];
    if (node === undefined || node === was) continue;
    fresh.push(node);
    if (node.nodeType === "leaf" && !keepsSignatureKey(was, node.leafNode)) newcomers.push(node.leafNode);
  }
  const manyNew = fresh.length > mostNew;
  if (manyNew || shareEncryptionKey(tree, fresh) || shareSignatureKey(tree, newcomers))
    demandUniqueKeys(tree);
}

/** With more new nodes, making a set of all keys is faster. */
const mostNew = 100;

function keepsSignatureKey(was: Node | undefined, { signatureKey }: LeafNode): boolean {
  return was?.nodeType === "leaf" && equalBytes(was.leafNode.signatureKey, signatureKey);
}

/** Whether any of the new nodes has the encryption key of another node. */
function shareEncryptionKey(tree: RatchetTree, fresh: readonly Node[]): boolean {
  const keys = fewKeys(fresh.map(encryptionKeyOf));
  if (keys.anyTwice) return true;
  for (const node of tree) {
    if (node !== undefined && keys.has(encryptionKeyOf(node)) && !fresh.includes(node)) return true;
  }
  return false;
}

/** The same for the signature keys of leaves. */
function shareSignatureKey(tree: RatchetTree, newcomers: readonly LeafNode[]): boolean {
  if (newcomers.length === 0) return false;
  const keys = fewKeys(newcomers.map(({ signatureKey }) => signatureKey));
  if (keys.anyTwice) return true;
  for (let i = 0; i < tree.length; i += 2) {
    const node = tree[i];
    if (node?.nodeType !== "leaf" || newcomers.includes(node.leafNode)) continue;
    if (keys.has(node.leafNode.signatureKey)) return true;
  }
  return false;
}

function demandValidParents(suite: CipherSuite, tree: RatchetTree): void {
  for (let node = 1; node < tree.length; node += 2) {
    const parentNode = parentAt(tree, node);
    if (parentNode === undefined) continue;
    demandValidUnmergedLeaves(tree, node, parentNode);
    demand(descendantsThatAuthenticate(suite, tree, node, parentNode) === 1, "parentHash", `node ${node}`);
  }
}

/** RFC 9420 §7.1 and §12.4.3.1 */
function demandValidUnmergedLeaves(tree: RatchetTree, node: number, parentNode: ParentNode): void {
  const place = `node ${node}`;
  let previous = -1;
  for (const leaf of parentNode.unmergedLeaves) {
    demand(leaf > previous, "unmergedLeavesOrder", place);
    previous = leaf;
    demand(leafAt(tree, leaf) !== undefined && isWithin(node, 2 * leaf), "unmergedLeafUnknown", place);
    for (let between = parent(2 * leaf); between !== node; between = parent(between)) {
      const lower = parentAt(tree, between);
      demand(lower === undefined || lower.unmergedLeaves.includes(leaf), "unmergedLeafMissing", place);
    }
  }
}

/**
 * How many nodes below carry this parent's hash as an update would have left it: exactly one in a tree that members
 * have made. RFC 9420 §7.9.2
 */
function descendantsThatAuthenticate(
  suite: CipherSuite,
  tree: RatchetTree,
  node: number,
  parentNode: ParentNode,
): number {
  let found = 0;
  for (const [child, other] of [
    [left(node), right(node)],
    [right(node), left(node)],
  ] as const) {
    const below = resolution(tree, child);
    const merged = below.filter((n) => !isLeaf(n) || !parentNode.unmergedLeaves.includes(n / 2));
    const [descendant] = merged;
    if (merged.length !== 1 || descendant === undefined) continue;
    const claimed = parentHashIn(tree, descendant);
    if (claimed !== undefined && equalBytes(claimed, parentHash(suite, tree, parentNode, other))) found++;
  }
  return found;
}

function parentHashIn(tree: RatchetTree, node: number): Uint8Array | undefined {
  const at = tree[node];
  if (at?.nodeType === "parent") return at.parentNode.parentHash;
  return at?.leafNode.leafNodeSource === "commit" ? at.leafNode.parentHash : undefined;
}
