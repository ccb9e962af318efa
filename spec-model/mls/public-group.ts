/**
 * The group as somebody sees it who is not a member but reads its handshakes: a hub, a joiner. Everything that is
 * publicly verifiable is verified, and what is not is named.
 */
import { equalBytes, hex } from "../bytes.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { type CommitOutcome, type ComputeOutcome, commitOutcome } from "./commit-outcome.ts";
import { verifyContent } from "./content-signature.ts";
import { validateContextExtensions } from "./context-extensions.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { present, refuse } from "./errors.ts";
import { type CommitFacts, commitFacts } from "./facts.ts";
import { treeFor, verifyGroupInfo } from "./group-info.ts";
import { type GroupView, type PendingProposal, proposalRef, withPending } from "./group-view.ts";
import { publicContent } from "./public-message.ts";
import type { RatchetTree } from "./ratchet-tree.ts";
import type { AuthenticatedContent, FramedContent, GroupInfo, MLSMessage } from "./structures/index.ts";
import { validateTree } from "./tree-validation.ts";

/** What only members can verify of a message. */
export type Unverified =
  /** That a member sent it: needs the membership key. */
  | "membership_tag"
  /** That all members arrive at the same epoch: needs the next epoch's secrets. */
  | "confirmation_tag"
  /** That the encrypted path secrets are those of the new public keys. */
  | "path_secrets"
  /** That everybody has the pre-shared keys. */
  | "psk";

export type Followed =
  | {
      readonly kind: "proposal";
      readonly group: GroupView;
      readonly pending: PendingProposal;
      readonly message: AuthenticatedContent;
      readonly unverified: readonly Unverified[];
    }
  | {
      readonly kind: "commit";
      readonly group: GroupView;
      readonly facts: CommitFacts;
      readonly message: AuthenticatedContent;
      readonly unverified: readonly Unverified[];
    };

/** The public state that a GroupInfo describes, with the tree in it or beside it. RFC 9420 §12.4.3 */
export function startPublicGroup(
  groupInfo: GroupInfo,
  ratchetTree: RatchetTree | undefined,
  app: MlsApplication,
): GroupView {
  const { groupContext, confirmationTag } = groupInfo;
  const suite = suiteFor(app, groupContext.cipherSuite);
  const tree = treeFor(groupInfo, ratchetTree);
  verifyGroupInfo(suite, groupInfo, tree);
  validateContextExtensions(groupContext.extensions, app);
  validateTree(suite, tree, groupContext, app);
  return { groupContext, tree, confirmationTag, pendingProposals: new Map() };
}

/** The public state after a proposal or commit that travels as PublicMessage. RFC 9420 §6.2 and §12.4.2 */
export function followHandshake(
  group: GroupView,
  message: MLSMessage,
  app: MlsApplication,
  computeOutcome: ComputeOutcome = commitOutcome,
): Followed {
  if (message.wireFormat !== "mls_public_message") {
    return refuse("notPubliclyReadable", `${message.wireFormat}`);
  }
  const suite = suiteFor(app, group.groupContext.cipherSuite);
  const followed = followContent(suite, group, publicContent(message.publicMessage), app, computeOutcome);
  const { content, membershipTag } = message.publicMessage;
  if (content.sender.senderType !== "member") return followed;
  present(membershipTag, "membershipTag");
  return { ...followed, unverified: ["membership_tag", ...followed.unverified] };
}

/** The same for content that came in another way, e.g. out of a SemiPrivateMessage. */
export function followContent(
  suite: CipherSuite,
  group: GroupView,
  message: AuthenticatedContent,
  app: MlsApplication,
  computeOutcome: ComputeOutcome = commitOutcome,
): Followed {
  demandSameEpoch(group, message.content);
  if (message.content.contentType === "commit") {
    const outcome = computeOutcome(suite, group, message, app);
    return {
      kind: "commit",
      group: groupAfter(outcome, message),
      facts: commitFacts(group.groupContext, outcome),
      message,
      unverified: unverifiedOf(outcome),
    };
  }
  const pending = verifiedProposal(suite, group, message);
  const pendingProposals = withPending(group.pendingProposals, pending);
  return { kind: "proposal", group: { ...group, pendingProposals }, pending, message, unverified: [] };
}

/** Refuses content of another group or epoch (`wrongGroup`, `wrongEpoch`). */
export function demandSameEpoch(group: GroupView, content: Pick<FramedContent, "groupId" | "epoch">): void {
  const { groupId, epoch } = group.groupContext;
  if (!equalBytes(content.groupId, groupId)) refuse("wrongGroup", hex(content.groupId));
  if (content.epoch !== epoch) refuse("wrongEpoch", `${content.epoch} instead of ${epoch}`);
}

/** A proposal that its sender signed. Whether it is valid is decided when it is committed. */
export function verifiedProposal(
  suite: CipherSuite,
  group: GroupView,
  message: AuthenticatedContent,
): PendingProposal {
  const { content } = message;
  verifyContent(suite, group, message);
  if (content.contentType !== "proposal") return refuse("applicationInPublic");
  const { proposal, sender } = content;
  return { reference: proposalRef(suite, message), proposal, sender, message };
}

function groupAfter(outcome: CommitOutcome, message: AuthenticatedContent): GroupView {
  const confirmationTag = present(message.auth.confirmationTag, "confirmationTag");
  return {
    groupContext: outcome.groupContext,
    tree: outcome.tree,
    confirmationTag,
    pendingProposals: new Map(),
  };
}

function unverifiedOf(outcome: CommitOutcome): Unverified[] {
  const unverified: Unverified[] = ["confirmation_tag"];
  if (outcome.path !== undefined) unverified.push("path_secrets");
  if (outcome.applied.psks.length > 0) unverified.push("psk");
  return unverified;
}
