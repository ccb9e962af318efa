/**
 * The ratchet tree without its parents: a list of leaves that keeps the real tree's rule for leaf indices (RFC 9420
 * §7.7, §12.1.1), because it is a real tree whose parents are all blank.
 */
import { equalBytes } from "../../bytes.ts";
import type { MlsApplication } from "../application.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { decidesAlike } from "../deciding-alike.ts";
import { demand } from "../errors.ts";
import { demandAlive, demandAllAlive, demandMutualSupport, validateLeafAlone } from "../leaf-node.ts";
import { members, parentAt, type RatchetTree } from "../ratchet-tree.ts";
import type { GroupContext } from "../structures/index.ts";
import { demandUniqueKeys } from "../tree-validation.ts";
import { contextName, treeName } from "./names.ts";

/**
 * Refuses a tree that does not belong to the group or whose leaves are not valid in it. A tree object that has been
 * found to be valid is looked through once for all that one process simulates, but for lifetimes. RFC 9420 §12.4.3.1
 */
export function validateFlatTree(
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
    (known.context === context || equalBytes(contextName(known.context), contextName(context)))
  );
}

function validateAnew(
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
