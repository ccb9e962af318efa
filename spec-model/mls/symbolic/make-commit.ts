/** What every kind of commit has in common: path, signature, the next epoch's keys, GroupInfo and Welcome (RFC 9420 §12.4.1). */
import type { RandomSource } from "../../random.ts";
import type { CommitOptions } from "../commit.ts";
import type { CommitOutcome } from "../commit-outcome.ts";
import type { CipherSuite, KeyPair } from "../crypto/index.ts";
import { externalPubExtension, ratchetTreeExtension } from "../group-info.ts";
import { externalKeyPair } from "../key-schedule.ts";
import { demandMutualSupportAfter } from "../leaf-node.ts";
import type { CommitPlan } from "../make-commit.ts";
import { makeWelcome } from "../make-welcome.ts";
import type { RatchetTree } from "../ratchet-tree.ts";
import type {
  AuthenticatedContent,
  Extension,
  FramedContent,
  GroupContext,
  GroupInfo,
  UpdatePath,
  Welcome,
} from "../structures/index.ts";
import { demandUniqueKeysAfter } from "../tree-validation.ts";
import { type EpochKeys, noSecret } from "./epoch-keys.ts";
import { createFlatPath, type NewFlatPath } from "./flat-path.ts";
import { oneTree } from "./interned.ts";
import type { SymbolicMember } from "./member.ts";
import { nextEpoch } from "./next-epoch.ts";
import { nextContext, provisionalContext } from "./outcome.ts";
import { signContent, signGroupInfo } from "./signing.ts";

export interface MadeFlatCommit {
  readonly message: AuthenticatedContent;
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly outcome: CommitOutcome;
  /** Undefined where there is no path: the committer keeps its leaf. */
  readonly leafKeys: KeyPair | undefined;
  readonly joinerSecret: Uint8Array;
  readonly keys: EpochKeys;
  readonly confirmationTag: Uint8Array;
}

/** The commit and the epoch that it starts. */
export function makeFlatCommit(suite: CipherSuite, plan: CommitPlan, random: RandomSource): MadeFlatCommit {
  const { group, applied } = plan;
  const hasPath = plan.withPath && plan.crafted?.withoutPath !== true;
  const path = hasPath ? pathOf(suite, plan, random) : undefined;
  const tree = oneTree(path?.tree ?? applied.tree);
  demandUniqueKeysAfter(group.tree, tree);
  demandMutualSupportAfter(group.tree, tree, applied.extensions);
  const unconfirmed = signedCommit(suite, plan, path?.path);
  const provisional = path?.provisional ?? provisionalContext(group.groupContext, applied, tree);
  const groupContext = nextContext(group, unconfirmed, provisional);
  const outcome = {
    applied,
    committer: plan.committer.leafIndex,
    external: plan.sender.senderType === "new_member_commit",
    path: path?.path,
    treeBeforePath: plan.treeBeforePath,
    tree,
    provisional,
    groupContext,
  };
  const commitSecret = path?.commitSecret ?? noSecret;
  const next = nextEpoch(outcome, { init: plan.initSecret, commitSecret, psk: plan.pskSecret });
  const { keys, joiner: joinerSecret, tag: right } = next;
  const confirmationTag = plan.crafted?.confirmationTag?.(right) ?? right;
  const { wireFormat, content, auth } = unconfirmed;
  const message = { wireFormat, content, auth: { signature: auth.signature, confirmationTag } };
  const { leafKeys } = path ?? {};
  return { message, groupContext, tree, outcome, leafKeys, joinerSecret, keys, confirmationTag };
}

/** The GroupInfo of a new epoch, and the Welcome where there is somebody to welcome. */
export function introductions(
  suite: CipherSuite,
  state: SymbolicMember,
  made: MadeFlatCommit,
  plan: Pick<CommitPlan, "applied" | "pskSecret">,
  options: Pick<CommitOptions, "groupInfoExtensions" | "treeInWelcome">,
  random: RandomSource,
): { groupInfo: GroupInfo; welcome: Welcome | undefined } {
  const groupInfo = groupInfoOf(suite, state, options.groupInfoExtensions ?? []);
  const { added, psks } = plan.applied;
  if (added.length === 0) return { groupInfo, welcome: undefined };
  const withTree = [...(options.groupInfoExtensions ?? []), ratchetTreeExtension(made.tree)];
  const inside = options.treeInWelcome === false ? groupInfo : groupInfoOf(suite, state, withTree);
  const secrets = { ids: psks, secret: plan.pskSecret };
  // A newcomer needs no path secret: there are no nodes above its leaf.
  const welcomed = { ...made, path: undefined, secrets: made.keys };
  return { groupInfo, welcome: makeWelcome(suite, welcomed, added, inside, secrets, random) };
}

/** A member's GroupInfo of its epoch, with external_pub first. */
export function groupInfoOf(
  suite: CipherSuite,
  member: SymbolicMember,
  extensions: readonly Extension[],
): GroupInfo {
  const { publicKey } = externalKeyPair(suite, member.keys);
  return signGroupInfo(suite, member, member, [externalPubExtension(publicKey), ...extensions]);
}

function pathOf(suite: CipherSuite, plan: CommitPlan, random: RandomSource): NewFlatPath {
  const { group, applied, committer, treeBeforePath } = plan;
  const added = new Set(applied.added.map(({ leafIndex }) => leafIndex));
  const next = provisionalContext(group.groupContext, applied, group.tree);
  const { shutsOut } = plan.crafted ?? {};
  return createFlatPath(suite, treeBeforePath, committer, added, next, random, shutsOut);
}

function signedCommit(
  suite: CipherSuite,
  plan: CommitPlan,
  path: UpdatePath | undefined,
): AuthenticatedContent {
  const { groupContext } = plan.group;
  const content: FramedContent = {
    groupId: groupContext.groupId,
    epoch: groupContext.epoch,
    sender: plan.sender,
    authenticatedData: plan.authenticatedData,
    contentType: "commit",
    commit: { proposals: plan.proposals, path },
  };
  const { wireFormat, signaturePrivateKey } = plan;
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, groupContext);
  return { wireFormat, content, auth: { signature } };
}
