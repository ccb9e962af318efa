/** The public half of processing a commit (RFC 9420 §12.4.2) in a group without parents: the same rules in the same order. */
import { equalBytes, hex } from "../../bytes.ts";
import { latestFew } from "../../remembered.ts";
import { type MlsApplication, unlessRefused } from "../application.ts";
import type { AppliedProposals } from "../apply-proposals.ts";
import { type CommitOutcome, type ComputeOutcome, proposalsOf } from "../commit-outcome.ts";
import { verifyContent } from "../content-signature.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { decidesAlike, isAlive } from "../deciding-alike.ts";
import { demand, refuse } from "../errors.ts";
import type { GroupView } from "../group-view.ts";
import { demandMutualSupportAfter, validateLeafAlone } from "../leaf-node.ts";
import { demandFreshKeys } from "../merge-path.ts";
import { addLeaf, memberAt, type RatchetTree } from "../ratchet-tree.ts";
import type { AuthenticatedContent, GroupContext, Sender, UpdatePath } from "../structures/index.ts";
import { demandUniqueKeysAfter } from "../tree-validation.ts";
import { fingerprint, textOfName } from "./fingerprint.ts";
import { mergeFlatPath } from "./flat-path.ts";
import { oneContext } from "./interned.ts";
import { contentName, contextName, transcriptAfter, treeName } from "./names.ts";
import { isSame } from "./same.ts";
import { keyPairOf } from "./suite.ts";

/** Refuses a commit that breaks any rule that can be checked without the epoch's secrets. */
export const flatOutcome: ComputeOutcome = (suite, group, message, app) => {
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
  const provisional = provisionalContext(group.groupContext, applied, merged.tree);
  const groupContext = nextContext(group, message, provisional);
  return { applied, external, path: commit.path, ...merged, provisional, groupContext };
};

/** The next GroupContext but for the transcript. */
export function provisionalContext(
  before: GroupContext,
  applied: Pick<AppliedProposals, "extensions">,
  tree: RatchetTree,
): GroupContext {
  // Contexts are written out: they are made several times in a commit, and spreading objects is slow.
  const { version, cipherSuite, groupId, epoch, confirmedTranscriptHash } = before;
  return {
    version,
    cipherSuite,
    groupId,
    epoch: epoch + 1n,
    treeHash: treeName(tree),
    confirmedTranscriptHash,
    extensions: applied.extensions,
  };
}

/** The GroupContext that a signed commit leads to. */
export function nextContext(
  group: GroupView,
  message: AuthenticatedContent,
  provisional: GroupContext,
): GroupContext {
  const confirmedTranscriptHash = transcriptAfter(group.groupContext, group.confirmationTag, message);
  const { version, cipherSuite, groupId, epoch, treeHash, extensions } = provisional;
  return oneContext({
    version,
    cipherSuite,
    groupId,
    epoch,
    treeHash,
    confirmedTranscriptHash,
    extensions,
  });
}

function withCommitPath(
  suite: CipherSuite,
  group: GroupView,
  applied: AppliedProposals,
  sender: Sender,
  path: UpdatePath | undefined,
  app: MlsApplication,
): Pick<CommitOutcome, "committer" | "treeBeforePath" | "tree"> {
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
  const tree = mergeFlatPath(suite, treeBeforePath, committer, added, path);
  validateLeafAlone(suite, path.leafNode, { groupId: group.groupContext.groupId, leafIndex: committer }, app);
  const before =
    sender.senderType === "member"
      ? memberAt(group.tree, sender.leafIndex, "unknownSender")
      : applied.removed.find(({ itself }) => !itself)?.leafNode;
  if (before !== undefined) {
    demand(!equalBytes(before.encryptionKey, path.leafNode.encryptionKey), "updateKeyReused");
    unlessRefused(app.validateSuccessor?.(before.credential, path.leafNode.credential), "successorRefused");
  }
  return { committer, treeBeforePath, tree };
}

/** An outcome with what it is a function of. */
interface Remembered {
  readonly group: Pick<GroupView, "groupContext" | "confirmationTag">;
  readonly message: AuthenticatedContent;
  readonly app: MlsApplication;
  readonly outcome: CommitOutcome;
}

/**
 * `flatOutcome`, computed once for all that have the same public state, the same message and an application made of
 * the same functions. An application that is made anew for each step has to share its functions to profit.
 */
export const rememberedOutcome: ComputeOutcome = (suite, group, message, app) => {
  const { content } = message;
  const known = byContent.get(content) ?? byName.get(nameOf(group, message));
  if (known !== undefined && answers(known, group, message, app)) return known.outcome;
  const outcome = flatOutcome(suite, group, message, app);
  remember(group, message, app, outcome);
  return outcome;
};

/**
 * The outcome of a commit that its maker has just made, where its leaf says what it said before. Receivers check more
 * than makers do: whose key signed, that the leaf's key is new, and what the application thinks of the leaf.
 */
export function rememberOwn(
  maker: GroupView & { readonly signaturePrivateKey: Uint8Array },
  message: AuthenticatedContent,
  app: MlsApplication,
  outcome: CommitOutcome,
): void {
  const before = memberAt(maker.tree, outcome.committer, "unknownSender");
  const { leafNode: leaf } = outcome.path ?? {};
  const accepted =
    equalBytes(keyPairOf(maker.signaturePrivateKey).publicKey, before.signatureKey) &&
    (leaf === undefined ||
      (!equalBytes(leaf.encryptionKey, before.encryptionKey) &&
        app.validateCredential?.(leaf.credential, leaf.signatureKey) === undefined &&
        app.validateSuccessor?.(before.credential, leaf.credential) === undefined));
  if (accepted) remember(maker, message, app, outcome);
}

function remember(
  { groupContext, confirmationTag }: GroupView,
  message: AuthenticatedContent,
  app: MlsApplication,
  outcome: CommitOutcome,
): void {
  const made = { group: { groupContext, confirmationTag }, message, app, outcome };
  byContent.set(message.content, made);
  byName.set(nameOf(made.group, message), made);
  for (const oldest of byName.keys()) {
    if (byName.size <= limit) break;
    byName.delete(oldest);
  }
}

/** A message that several simulated members are handed as one object is found without looking at what it says. */
const byContent = latestFew<AuthenticatedContent["content"], Remembered>();
const byName = new Map<string, Remembered>();
const limit = 32;

function nameOf(group: Remembered["group"], { content, auth }: AuthenticatedContent): string {
  return textOfName(
    fingerprint("hash", contextName(group.groupContext), contentName(content), auth.signature),
  );
}

function answers(
  known: Remembered,
  group: GroupView,
  message: AuthenticatedContent,
  app: MlsApplication,
): boolean {
  return (
    isSame(known.message.auth.signature, message.auth.signature) &&
    known.message.wireFormat === message.wireFormat &&
    (known.group.groupContext === group.groupContext ||
      isSame(contextName(known.group.groupContext), contextName(group.groupContext))) &&
    isSame(known.group.confirmationTag, group.confirmationTag) &&
    decidesAlike(known.app, app) &&
    isUpToDate(known.outcome.applied, group, app)
  );
}

/** Whether this group has received what the commit refers to, and whom it adds is still within its lifetime. */
function isUpToDate({ proposals, added }: AppliedProposals, group: GroupView, app: MlsApplication): boolean {
  if (proposals.length === 0) return true;
  const hasAll = proposals.every(
    ({ reference }) => reference === undefined || group.pendingProposals.has(hex(reference)),
  );
  return hasAll && added.every(({ keyPackage }) => isAlive(keyPackage.leafNode, app));
}
