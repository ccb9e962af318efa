/** Who may send what, and the signature that every message carries (RFC 9420 §6.1). */
import { rememberedPair } from "../remembered.ts";
import { demandSafeAadWhereRequired } from "./app-data.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present, refuse } from "./errors.ts";
import { externalSenders, requiredWireFormats } from "./extensions.ts";
import type { GroupView } from "./group-view.ts";
import { signWithLabel, verifyWithLabel } from "./labelled.ts";
import { memberAt } from "./ratchet-tree.ts";
import {
  type AuthenticatedContent,
  type FramedContent,
  FramedContentTBS,
  type GroupContext,
  type ProposalType,
  type WireFormat,
} from "./structures/index.ts";

const label = "FramedContentTBS";

/** What the signature of a message covers. */
export function contentToBeSigned(
  wireFormat: WireFormat,
  content: FramedContent,
  context: GroupContext,
): FramedContentTBS {
  const { senderType } = content.sender;
  const bindsContext = senderType === "member" || senderType === "new_member_commit";
  return { version: "mls10", wireFormat, content, ...(bindsContext ? { context } : {}) };
}

/** The same as octets: a PublicMessage's membership tag covers them, too, and they are made once for both. */
export function signedOctets(
  wireFormat: WireFormat,
  content: FramedContent,
  context: GroupContext,
): Uint8Array {
  return wireFormat === "mls_public_message"
    ? inPublic(content, context)
    : FramedContentTBS.encode(contentToBeSigned(wireFormat, content, context));
}

const inPublic = rememberedPair((content: FramedContent, context: GroupContext) =>
  FramedContentTBS.encode(contentToBeSigned("mls_public_message", content, context)),
);

export function signContent(
  suite: CipherSuite,
  privateKey: Uint8Array,
  wireFormat: WireFormat,
  content: FramedContent,
  context: GroupContext,
): Uint8Array {
  const signed = signedOctets(wireFormat, content, context);
  return signWithLabel(suite, privateKey, label, signed);
}

/** Refuses content that its sender may not send in this form, or did not sign (`messageSignature`). */
export function verifyContent(suite: CipherSuite, group: GroupView, message: AuthenticatedContent): void {
  const { wireFormat, content, auth } = message;
  demandAllowedFraming(group, message);
  const signed = signedOctets(wireFormat, content, group.groupContext);
  const authentic = verifyWithLabel(suite, signatureKeyOf(group, content), label, signed, auth.signature);
  demand(authentic, "messageSignature");
  demandSafeAadWhereRequired(group.groupContext.extensions, content.authenticatedData);
}

function demandAllowedFraming(group: GroupView, { wireFormat, content }: AuthenticatedContent): void {
  const isPublic = wireFormat === "mls_public_message";
  demand(!(isPublic && content.contentType === "application"), "applicationInPublic");
  demand(isPublic || content.sender.senderType === "member", "senderOutsideNotPublic");
  const leaves = content.contentType === "proposal" && content.proposal.proposalType === "self_remove";
  demand(isPublic || !leaves, "selfRemoveNotPublic");
  if (wireFormat === "mls_semiprivate_message") {
    const agreed = requiredWireFormats(group.groupContext.extensions).includes(wireFormat);
    demand(agreed, "semiPrivateNotRequired");
  }
}

/** RFC 9420 §12.1.8 and §17.4, mls-extensions §7.2: the types with "External: Y". */
const fromExternalSenders: ReadonlySet<ProposalType> = new Set<ProposalType>([
  "add",
  "remove",
  "psk",
  "reinit",
  "group_context_extensions",
  "app_data_update",
  "app_ephemeral",
]);

function signatureKeyOf(group: GroupView, content: FramedContent): Uint8Array {
  const { sender } = content;
  switch (sender.senderType) {
    case "member":
      return memberAt(group.tree, sender.leafIndex, "unknownSender").signatureKey;
    case "external": {
      const type = content.contentType === "proposal" ? content.proposal.proposalType : content.contentType;
      demand(fromExternalSenders.has(type as ProposalType), "externalSenderContent", `${type}`);
      const known = externalSenders(group.groupContext.extensions)[sender.senderIndex];
      return present(known, "unknownExternalSender", `${sender.senderIndex}`).signatureKey;
    }
    case "new_member_proposal":
      if (content.contentType === "proposal" && content.proposal.proposalType === "add") {
        return content.proposal.keyPackage.leafNode.signatureKey;
      }
      return refuse("newMemberProposalContent");
    case "new_member_commit":
      demand(content.contentType === "commit", "newMemberCommitContent");
      return present(content.commit.path, "pathMissing").leafNode.signatureKey;
  }
}
