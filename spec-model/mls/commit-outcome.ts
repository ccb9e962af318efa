/**
 * The public half of processing a commit (RFC 9420 §12.4.2): everything that follows from the group's public state
 * and the commit's content. One pure function, the same for all members and for whoever follows the handshakes.
 */
import { equalBytes } from "../bytes.ts";
import { type MlsApplication, unlessRefused } from "./application.ts";
import { type AppliedProposals, applyProposals, nothingApplied } from "./apply-proposals.ts";
import { verifyContent } from "./content-signature.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, refuse } from "./errors.ts";
import { type GroupView, interimHashOf } from "./group-view.ts";
import { demandMutualSupportAfter, validateLeafAlone } from "./leaf-node.ts";
import { demandFreshKeys, mergePath } from "./merge-path.ts";
import { resolveProposals, validateList } from "./proposal-list.ts";
import { addLeaf, memberAt, type RatchetTree } from "./ratchet-tree.ts";
import type { AuthenticatedContent, Commit, GroupContext, Sender, UpdatePath } from "./structures/index.ts";
import { confirmedTranscriptHash } from "./transcript.ts";
import { treeHash } from "./tree-hash.ts";
import { demandUniqueKeysAfter } from "./tree-validation.ts";

export interface CommitOutcome {
  readonly applied: AppliedProposals;
  /** The committer's leaf, in an external commit its new one. */
  readonly committer: number;
  readonly external: boolean;
  readonly path: UpdatePath | undefined;
  /** After the proposals and with an external committer's leaf, before the path. */
  readonly treeBeforePath: RatchetTree;
  readonly tree: RatchetTree;
  /** The context that the path's secrets are encrypted under: the old confirmed transcript hash, all else new. */
  readonly provisional: GroupContext;
  readonly groupContext: GroupContext;
}

/** Computes an outcome; a simulation of many members passes one that remembers, see `rememberingOutcomes`. */
export type ComputeOutcome = typeof commitOutcome;

/** Refuses a commit that breaks any rule that can be checked without the epoch's secrets. */
export function commitOutcome(
  suite: CipherSuite,
  group: GroupView,
  message: AuthenticatedContent,
  app: MlsApplication,
): CommitOutcome {
  const { content } = message;
  if (content.contentType !== "commit") return refuse("commitSender", `a ${content.contentType}`);
  const { sender, commit } = content;
  const external = sender.senderType === "new_member_commit";
  demand(external || sender.senderType === "member", "commitSender", sender.senderType);
  verifyContent(suite, group, message);
  const applied = proposalsOf(suite, group, commit, sender, app);
  demand(commit.path !== undefined || !(applied.pathRequired || external), "pathMissing");
  const merged = withCommitPath(suite, group, applied, sender, commit.path, app);
  demandUniqueKeysAfter(group.tree, merged.tree);
  demandMutualSupportAfter(group.tree, merged.tree, applied.extensions);
  const provisional = provisionalContext(suite, group, applied, merged.tree);
  return {
    applied,
    external,
    path: commit.path,
    ...merged,
    provisional,
    groupContext: nextContext(suite, group, message, provisional),
  };
}

/** The proposals of a commit, valid and applied; a member may commit none. */
export function proposalsOf(
  suite: CipherSuite,
  group: GroupView,
  commit: Pick<Commit, "proposals">,
  committer: Sender,
  app: MlsApplication,
): AppliedProposals {
  if (commit.proposals.length === 0 && committer.senderType === "member") return nothingApplied(group);
  const list = resolveProposals(group, commit.proposals, committer);
  validateList(suite, group, list, committer);
  return applyProposals(suite, group, list, app);
}

/** The next GroupContext but for the confirmed transcript hash. RFC 9420 §12.4.1 */
export function provisionalContext(
  suite: CipherSuite,
  group: GroupView,
  applied: Pick<AppliedProposals, "extensions">,
  tree: RatchetTree,
): GroupContext {
  const { groupContext } = group;
  return {
    ...groupContext,
    epoch: nextEpoch(groupContext),
    treeHash: treeHash(suite, tree),
    extensions: applied.extensions,
  };
}

/** The number of the epoch after the group's; there is none after the last that 64 bits can count (`lastEpoch`). */
export function nextEpoch({ epoch }: Pick<GroupContext, "epoch">): bigint {
  demand(epoch < 2n ** 64n - 1n, "lastEpoch");
  return epoch + 1n;
}

/** The GroupContext that a signed commit leads to. RFC 9420 §8.2 */
export function nextContext(
  suite: CipherSuite,
  group: GroupView,
  message: AuthenticatedContent,
  provisional: GroupContext,
): GroupContext {
  const hash = confirmedTranscriptHash(suite, interimHashOf(suite, group), message);
  return { ...provisional, confirmedTranscriptHash: hash };
}

function withCommitPath(
  suite: CipherSuite,
  group: GroupView,
  applied: AppliedProposals,
  sender: Sender,
  path: UpdatePath | undefined,
  app: MlsApplication,
): { committer: number; treeBeforePath: RatchetTree; tree: RatchetTree } {
  if (path === undefined) {
    const committer = sender.senderType === "member" ? sender.leafIndex : refuse("pathMissing");
    return { committer, treeBeforePath: applied.tree, tree: applied.tree };
  }
  demandFreshKeys(applied.tree, path);
  const { tree: treeBeforePath, leafIndex: committer } =
    sender.senderType === "member"
      ? { tree: applied.tree, leafIndex: sender.leafIndex }
      : addLeaf(applied.tree, path.leafNode);
  const added = new Set(applied.added.map(({ leafIndex }) => leafIndex));
  const tree = mergePath(suite, treeBeforePath, committer, added, path);
  const place = { groupId: group.groupContext.groupId, leafIndex: committer };
  validateLeafAlone(suite, path.leafNode, place, app);
  validateSuccession(group, applied, sender, path, app);
  return { committer, treeBeforePath, tree };
}

/** A new leaf follows the committer's old one, or the one that an external commit removes. RFC 9420 §5.3.1, §12.2 */
function validateSuccession(
  group: GroupView,
  applied: AppliedProposals,
  sender: Sender,
  path: UpdatePath,
  app: MlsApplication,
): void {
  const before =
    sender.senderType === "member"
      ? memberAt(group.tree, sender.leafIndex, "unknownSender")
      : applied.removed.find(({ itself }) => !itself)?.leafNode;
  if (before === undefined) return;
  demand(!equalBytes(before.encryptionKey, path.leafNode.encryptionKey), "updateKeyReused");
  unlessRefused(app.validateSuccessor?.(before.credential, path.leafNode.credential), "successorRefused");
}
