/** Applying a valid list of proposals to tree and GroupContext, in the drafts' order (RFC 9420 §12.3, mls-extensions §4.7, §4.8, §6.3). */
import { equalBytes } from "../bytes.ts";
import { applyAppDataUpdates } from "./app-data.ts";
import { type MlsApplication, unlessRefused } from "./application.ts";
import { validateContextExtensions } from "./context-extensions.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present } from "./errors.ts";
import { demandDistinct, extensionData, requiredCapabilities } from "./extensions.ts";
import type { GroupView } from "./group-view.ts";
import { validateForGroup } from "./key-package.ts";
import { groupDemands, validateLeafAlone } from "./leaf-node.ts";
import { type CommittedProposal, type Of, ofType } from "./proposal-list.ts";
import { addLeaves, memberAt, type RatchetTree, removeLeaf, updateLeaf } from "./ratchet-tree.ts";
import type {
  Extension,
  KeyPackage,
  LeafNode,
  PreSharedKeyID,
  ProposalType,
  ReInit,
} from "./structures/index.ts";

export interface AddedMember {
  readonly leafIndex: number;
  readonly keyPackage: KeyPackage;
}

export interface RemovedMember {
  readonly leafIndex: number;
  readonly leafNode: LeafNode;
  /** Whether it asked for it with a SelfRemove. */
  readonly itself: boolean;
}

export interface UpdatedMember {
  readonly leafIndex: number;
  readonly before: LeafNode;
  readonly leafNode: LeafNode;
}

/** What a list of proposals does. */
export interface AppliedProposals {
  readonly proposals: readonly CommittedProposal[];
  readonly tree: RatchetTree;
  readonly extensions: Extension[];
  readonly added: readonly AddedMember[];
  readonly removed: readonly RemovedMember[];
  readonly updated: readonly UpdatedMember[];
  readonly psks: PreSharedKeyID[];
  /** The KEM output of an external commit. */
  readonly externalInit: Uint8Array | undefined;
  readonly reInit: ReInit | undefined;
  readonly pathRequired: boolean;
}

/** Refuses a list with a proposal that is invalid in this group. */
export function applyProposals(
  suite: CipherSuite,
  group: GroupView,
  proposals: readonly CommittedProposal[],
  app: MlsApplication,
): AppliedProposals {
  const replaced = replaceExtensions(
    group.groupContext.extensions,
    ofType(proposals, "group_context_extensions"),
    app,
  );
  const update = applyUpdates(suite, group, ofType(proposals, "update"), app);
  const removal = applyRemovals(update.tree, ofType(proposals, "self_remove"), ofType(proposals, "remove"));
  const addition = applyAdds(suite, removal.tree, ofType(proposals, "add"), replaced, app);
  const reInit = ofType(proposals, "reinit")[0]?.proposal;
  if (reInit !== undefined) demandDistinct(reInit.extensions);
  considerEphemerals(ofType(proposals, "app_ephemeral"), app);
  return {
    proposals,
    tree: addition.tree,
    extensions: applyAppDataUpdates(replaced, ofType(proposals, "app_data_update"), app),
    added: addition.added,
    removed: removal.removed,
    updated: update.updated,
    psks: ofType(proposals, "psk").map(({ proposal }) => proposal.psk),
    externalInit: ofType(proposals, "external_init")[0]?.proposal.kemOutput,
    reInit,
    pathRequired: proposals.length === 0 || proposals.some(needsPath),
  };
}

/** What an empty list does: nothing, but that the commit has a path. RFC 9420 §12.4 */
export function nothingApplied({ tree, groupContext }: GroupView): AppliedProposals {
  return {
    proposals: [],
    tree,
    extensions: groupContext.extensions,
    added: [],
    removed: [],
    updated: [],
    psks: [],
    externalInit: undefined,
    reInit: undefined,
    pathRequired: true,
  };
}

/** RFC 9420 §17.4, mls-extensions §7.2: the types with "Path Required: N". */
const withoutPath: ReadonlySet<ProposalType> = new Set<ProposalType>([
  "add",
  "psk",
  "reinit",
  "app_data_update",
  "app_ephemeral",
]);

function needsPath({ proposal }: CommittedProposal): boolean {
  return !withoutPath.has(proposal.proposalType);
}

/** RFC 9420 §12.1.7, mls-extensions §4.7 */
function replaceExtensions(
  current: Extension[],
  changes: readonly Of<"group_context_extensions">[],
  app: MlsApplication,
): Extension[] {
  const [change] = changes;
  if (change === undefined) return current;
  const { extensions } = change.proposal;
  validateContextExtensions(extensions, app);
  if (requiredCapabilities(current).proposalTypes.includes("app_data_update")) {
    const [before, after] = [current, extensions].map((list) => extensionData(list, "app_data_dictionary"));
    const same = before === undefined || after === undefined ? before === after : equalBytes(before, after);
    demand(same, "dictionaryReplaced");
  }
  return extensions;
}

/** RFC 9420 §12.1.2 */
function applyUpdates(
  suite: CipherSuite,
  group: GroupView,
  updates: readonly Of<"update">[],
  app: MlsApplication,
): { tree: RatchetTree; updated: UpdatedMember[] } {
  const { groupId } = group.groupContext;
  let tree = group.tree;
  const updated: UpdatedMember[] = [];
  for (const { proposal, sender } of updates) {
    if (sender.senderType !== "member") continue;
    const { leafIndex } = sender;
    const { leafNode } = proposal;
    const before = memberAt(tree, leafIndex, "updateSender");
    demand(leafNode.leafNodeSource === "update", "leafSource", leafNode.leafNodeSource);
    demand(!equalBytes(leafNode.encryptionKey, before.encryptionKey), "updateKeyReused");
    validateLeafAlone(suite, leafNode, { groupId, leafIndex }, app);
    unlessRefused(app.validateSuccessor?.(before.credential, leafNode.credential), "successorRefused");
    tree = updateLeaf(tree, leafIndex, leafNode);
    updated.push({ leafIndex, before, leafNode });
  }
  return { tree, updated };
}

/** RFC 9420 §12.1.3, mls-extensions §6.3: those who leave by themselves first. */
function applyRemovals(
  before: RatchetTree,
  selfRemoves: readonly Of<"self_remove">[],
  removes: readonly Of<"remove">[],
): { tree: RatchetTree; removed: RemovedMember[] } {
  const leaving = selfRemoves.flatMap(({ sender }) =>
    sender.senderType === "member" ? [{ leafIndex: sender.leafIndex, itself: true }] : [],
  );
  const thrownOut = removes.map(({ proposal }) => ({ leafIndex: proposal.removed, itself: false }));
  let tree = before;
  const removed: RemovedMember[] = [];
  for (const { leafIndex, itself } of [...leaving, ...thrownOut]) {
    const leafNode = memberAt(before, leafIndex, "removedLeafBlank");
    tree = removeLeaf(tree, leafIndex);
    removed.push({ leafIndex, leafNode, itself });
  }
  return { tree, removed };
}

/** RFC 9420 §12.1.1 */
function applyAdds(
  suite: CipherSuite,
  before: RatchetTree,
  adds: readonly Of<"add">[],
  extensions: readonly Extension[],
  app: MlsApplication,
): { tree: RatchetTree; added: AddedMember[] } {
  const demands = groupDemands(extensions);
  const keyPackages = adds.map(({ proposal }) => proposal.keyPackage);
  for (const keyPackage of keyPackages) validateForGroup(suite, keyPackage, demands, app);
  const leaves = keyPackages.map(({ leafNode }) => leafNode);
  const { tree, leafIndices } =
    leaves.length === 0 ? { tree: before, leafIndices: [] } : addLeaves(before, leaves);
  const added = keyPackages.map((keyPackage, i) => ({ leafIndex: leafIndices[i] ?? 0, keyPackage }));
  return { tree, added };
}

/** mls-extensions §4.8 */
function considerEphemerals(ephemerals: readonly Of<"app_ephemeral">[], app: MlsApplication): void {
  for (const { proposal, sender } of ephemerals) {
    const { componentId, data } = proposal;
    const logic = present(
      app.ephemeralComponents?.get(componentId),
      "unknownComponent",
      `component ${componentId}`,
    );
    unlessRefused(logic(data, sender), "appEphemeralRefused");
  }
}
