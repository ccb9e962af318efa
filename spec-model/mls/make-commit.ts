/** What every kind of commit has in common: path, signature, the next epoch's secrets and the Welcome (RFC 9420 §12.4.1). */
import type { RandomSource } from "../random.ts";
import type { AppliedProposals } from "./apply-proposals.ts";
import { nextContext, nextEpoch, provisionalContext } from "./commit-outcome.ts";
import { signContent } from "./content-signature.ts";
import { type Crafted, craftedPath } from "./crafted.ts";
import { type Committer, createPath, type NewPath } from "./create-path.ts";
import type { CipherSuite } from "./crypto/index.ts";
import type { GroupView } from "./group-view.ts";
import {
  confirmationTag,
  type EpochSecrets,
  epochSecretsAfter,
  joinerSecret,
  zeroSecret,
} from "./key-schedule.ts";
import { demandMutualSupportAfter } from "./leaf-node.ts";
import type { RatchetTree } from "./ratchet-tree.ts";
import type { HandshakeFormat } from "./send.ts";
import type {
  AuthenticatedContent,
  FramedContent,
  GroupContext,
  ProposalOrRef,
  Sender,
} from "./structures/index.ts";
import { demandUniqueKeysAfter } from "./tree-validation.ts";

export interface CommitPlan {
  readonly group: GroupView;
  readonly sender: Sender;
  readonly proposals: ProposalOrRef[];
  readonly applied: AppliedProposals;
  /** After the proposals; in an external commit with the joiner's leaf. */
  readonly treeBeforePath: RatchetTree;
  readonly committer: Committer;
  /** Signs the commit: the key of the committer's leaf in the tree of the current epoch. */
  readonly signaturePrivateKey: Uint8Array;
  readonly withPath: boolean;
  readonly initSecret: Uint8Array;
  readonly pskSecret: Uint8Array;
  readonly wireFormat: HandshakeFormat;
  readonly authenticatedData: Uint8Array;
  readonly crafted?: Crafted | undefined;
}

export interface MadeCommit {
  readonly message: AuthenticatedContent;
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly path: NewPath | undefined;
  readonly joinerSecret: Uint8Array;
  readonly secrets: EpochSecrets;
  readonly confirmationTag: Uint8Array;
}

/** The commit and the epoch that it starts. */
export function makeCommit(suite: CipherSuite, plan: CommitPlan, random: RandomSource): MadeCommit {
  const { group, applied } = plan;
  const hasPath = plan.withPath && plan.crafted?.withoutPath !== true;
  const path = hasPath ? pathOf(suite, plan, random) : undefined;
  const tree = path?.tree ?? applied.tree;
  demandUniqueKeysAfter(group.tree, tree);
  demandMutualSupportAfter(group.tree, tree, applied.extensions);
  const unconfirmed = signedCommit(suite, plan, path);
  const groupContext = nextContext(
    suite,
    group,
    unconfirmed,
    provisionalContext(suite, group, applied, tree),
  );
  const joiner = joinerSecret(suite, plan.initSecret, path?.commitSecret ?? zeroSecret(suite), groupContext);
  const secrets = epochSecretsAfter(suite, joiner, plan.pskSecret, groupContext);
  const right = confirmationTag(suite, secrets, groupContext.confirmedTranscriptHash);
  const tag = plan.crafted?.confirmationTag?.(right) ?? right;
  const message = { ...unconfirmed, auth: { ...unconfirmed.auth, confirmationTag: tag } };
  return { message, groupContext, tree, path, joinerSecret: joiner, secrets, confirmationTag: tag };
}

function pathOf(suite: CipherSuite, plan: CommitPlan, random: RandomSource): NewPath {
  const { group, applied, committer, treeBeforePath } = plan;
  const added = new Set(applied.added.map(({ leafIndex }) => leafIndex));
  const { groupContext } = group;
  const next = { ...groupContext, epoch: nextEpoch(groupContext), extensions: applied.extensions };
  const made = createPath(suite, treeBeforePath, committer, added, next, random);
  if (plan.crafted === undefined) return made;
  return { ...made, path: craftedPath(made.path, plan.crafted, treeBeforePath, committer.leafIndex, added) };
}

function signedCommit(suite: CipherSuite, plan: CommitPlan, path: NewPath | undefined): AuthenticatedContent {
  const { groupContext } = plan.group;
  const content: FramedContent = {
    groupId: groupContext.groupId,
    epoch: groupContext.epoch,
    sender: plan.sender,
    authenticatedData: plan.authenticatedData,
    contentType: "commit",
    commit: { proposals: plan.proposals, path: path?.path },
  };
  const { wireFormat, signaturePrivateKey } = plan;
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, groupContext);
  return { wireFormat, content, auth: { signature } };
}
