/** The group as somebody sees it who is not a member (RFC 9420 §6.2 and §12.4.3), by the core's rules over the symbolic suite. */
import type { MlsApplication } from "../application.ts";
import type { ComputeOutcome } from "../commit-outcome.ts";
import { proposalsOf } from "../commit-outcome.ts";
import { validateContextExtensions } from "../context-extensions.ts";
import { present, refuse } from "../errors.ts";
import { treeFor, verifyGroupInfo } from "../group-info.ts";
import type { GroupView } from "../group-view.ts";
import type { MlsLayer } from "../layer.ts";
import { type Followed, followContent } from "../public-group.ts";
import { publicContent } from "../public-message.ts";
import type { RatchetTree } from "../ratchet-tree.ts";
import type { GroupInfo, MLSMessage } from "../structures/index.ts";
import { validateFlatTree } from "./flat-tree.ts";
import { oneContext, oneTree } from "./interned.ts";
import { rememberedOutcome } from "./outcome.ts";
import { symbolicSuite } from "./suite.ts";

/** The public state that a GroupInfo describes, with the tree in it or beside it. RFC 9420 §12.4.3 */
export function startPublicGroup(
  groupInfo: GroupInfo,
  ratchetTree: RatchetTree | undefined,
  app: MlsApplication,
): GroupView {
  const { groupContext, confirmationTag } = groupInfo;
  const suite = symbolicSuite(groupContext.cipherSuite);
  const tree = treeFor(groupInfo, ratchetTree);
  verifyGroupInfo(suite, groupInfo, tree);
  validateContextExtensions(groupContext.extensions, app);
  validateFlatTree(suite, tree, groupContext, app);
  const shared = { groupContext: oneContext(groupContext), tree: oneTree(tree) };
  return { ...shared, confirmationTag, pendingProposals: new Map() };
}

/** The public state after a proposal or commit that travels as PublicMessage. RFC 9420 §6.2 and §12.4.2 */
export function followHandshake(
  group: GroupView,
  message: MLSMessage,
  app: MlsApplication,
  computeOutcome: ComputeOutcome = rememberedOutcome,
): Followed {
  if (message.wireFormat !== "mls_public_message") {
    return refuse("notPubliclyReadable", `${message.wireFormat}`);
  }
  const suite = symbolicSuite(group.groupContext.cipherSuite);
  const followed = followContent(suite, group, publicContent(message.publicMessage), app, computeOutcome);
  const { content, membershipTag } = message.publicMessage;
  if (content.sender.senderType !== "member") return followed;
  present(membershipTag, "membershipTag");
  return { ...followed, unverified: ["membership_tag", ...followed.unverified] };
}

export const previewProposals: MlsLayer["previewProposals"] = (group, proposals, committer, app) =>
  proposalsOf(symbolicSuite(group.groupContext.cipherSuite), group, { proposals }, committer, app);
