/**
 * The ratchet tree without its parents: a list of leaves that keeps the real tree's rule for leaf indices (RFC 9420
 * §7.7, §12.1.1), because it is a real tree whose parents are all blank.
 */
import { equalBytes } from "../../bytes.ts";
import type { MlsApplication } from "../application.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { demand } from "../errors.ts";
import {
  demandAlive,
  demandMutualSupport,
  demandSupport,
  groupDemands,
  validateLeafAlone,
} from "../leaf-node.ts";
import { leafAt, members, parentAt, type RatchetTree } from "../ratchet-tree.ts";
import type { CredentialType, Extension, GroupContext, LeafNode } from "../structures/index.ts";
import { leafCount } from "../tree-math.ts";
import { demandUniqueKeys } from "../tree-validation.ts";
import { treeName } from "./names.ts";
import { remembered } from "./remembered.ts";

/** Refuses a tree that does not belong to the group or whose leaves are not valid in it. RFC 9420 §12.4.3.1 */
export function validateFlatTree(
  suite: CipherSuite,
  tree: RatchetTree,
  context: GroupContext,
  app: MlsApplication,
): void {
  demand(equalBytes(treeName(tree), context.treeHash), "treeHash");
  demandUniqueKeys(tree);
  for (let node = 1; node < tree.length; node += 2) {
    demand(parentAt(tree, node) === undefined, "parentHash", `node ${node} of a tree without parents`);
  }
  for (const { leafIndex, leafNode } of members(tree)) {
    validateLeafAlone(suite, leafNode, { groupId: context.groupId, leafIndex }, app);
    if (!app.toleratesExpiredMembers) demandAlive(leafNode, app);
  }
  demandMutualSupport(tree, context.extensions);
}

/** `demandUniqueKeys` of a tree that was made from one whose keys are unique: only new leaves can break the rule. */
export function demandUniqueKeysAfter(before: RatchetTree, tree: RatchetTree): void {
  const leaves: LeafNode[] = [];
  const fresh: LeafNode[] = [];
  for (let i = 0; i < leafCount(tree.length); i++) {
    const leaf = leafAt(tree, i);
    if (leaf === undefined) continue;
    leaves.push(leaf);
    if (leaf !== leafAt(before, i)) fresh.push(leaf);
  }
  const few = fresh.length <= 4;
  if (few && fresh.every((leaf) => leaves.every((other) => other === leaf || haveDistinctKeys(leaf, other))))
    return;
  demandUniqueKeys(tree);
}

/** `demandMutualSupport`, remembering which leaf has been found to support which extensions. RFC 9420 §7.3 */
export function demandMutualSupportIn(tree: RatchetTree, extensions: Extension[]): void {
  let supporting = supportersOf.get(extensions);
  if (supporting === undefined) {
    supporting = new WeakSet();
    supportersOf.set(extensions, supporting);
  }
  const demands = demandsOf(extensions);
  const inUse = new Set<CredentialType>();
  const leaves: LeafNode[] = [];
  for (let i = 0; i < leafCount(tree.length); i++) {
    const leaf = leafAt(tree, i);
    if (leaf === undefined) continue;
    leaves.push(leaf);
    inUse.add(leaf.credential.credentialType);
  }
  for (const leaf of leaves) {
    if (!supporting.has(leaf)) demandSupport(leaf, demands);
    supporting.add(leaf);
    for (const type of inUse)
      demand(leaf.capabilities.credentials.includes(type), "credentialTypeInUse", `${type}`);
  }
}

/** What the extensions demand, read once for all commits that keep them. */
const demandsOf = remembered((extensions: Extension[]) => groupDemands(extensions));
const supportersOf = new WeakMap<Extension[], WeakSet<LeafNode>>();

function haveDistinctKeys(one: LeafNode, other: LeafNode): boolean {
  return (
    !equalBytes(one.encryptionKey, other.encryptionKey) && !equalBytes(one.signatureKey, other.signatureKey)
  );
}
