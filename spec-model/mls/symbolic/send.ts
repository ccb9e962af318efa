/** Sending proposals and application messages (RFC 9420 §12.1 and §15), in the order of the real layer. */
import { hex, noBytes } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import { demandSafeAadWhereRequired } from "../app-data.ts";
import type { MlsApplication } from "../application.ts";
import { demand } from "../errors.ts";
import { proposalRef, withPending } from "../group-view.ts";
import type { InLayer, Member, MlsLayer } from "../layer.ts";
import { signLeaf } from "../leaf-node.ts";
import type { LeafChanges, SentMessage, SentProposal } from "../propose.ts";
import { memberAt } from "../ratchet-tree.ts";
import type { HandshakeFormat, SendOptions } from "../send.ts";
import type { AuthenticatedContent, FramedContent, Proposal } from "../structures/index.ts";
import { demandOpen, type SymbolicMember, withKeys } from "./member.ts";
import { protect } from "./protect.ts";
import { signContent } from "./signing.ts";
import { symbolicSuite } from "./suite.ts";

/** Sends a proposal; it is pending in the new state. RFC 9420 §12.1 */
export function propose(
  stranger: Member,
  proposal: Proposal,
  options: SendOptions,
  _app: MlsApplication,
  random: RandomSource,
): InLayer<SentProposal> & { readonly state: SymbolicMember } {
  const member = withKeys(stranger);
  demandOpen(member);
  const suite = symbolicSuite(member.groupContext.cipherSuite);
  const wireFormat = options.wireFormat ?? "mls_public_message";
  if (proposal.proposalType === "self_remove") demandMayLeave(member, wireFormat);
  const content: FramedContent = { ...addressOf(member, options), contentType: "proposal", proposal };
  const signed = signAsMember(member, content, wireFormat);
  const sent = protect(member, signed, options.paddingLength ?? 0, random);
  const reference = proposalRef(suite, signed);
  const pending = { reference, proposal, sender: content.sender, message: signed };
  const pendingProposals = withPending(member.pendingProposals, pending);
  return { message: sent.message, reference, state: { ...sent.state, pendingProposals } };
}

/** Proposes a fresh encryption key for the member's leaf, and any other changes to it. RFC 9420 §12.1.2 */
export function proposeUpdate(
  stranger: Member,
  changes: LeafChanges,
  options: SendOptions,
  app: MlsApplication,
  random: RandomSource,
): InLayer<SentProposal> {
  const member = withKeys(stranger);
  const { leafIndex, groupContext } = member;
  const suite = symbolicSuite(groupContext.cipherSuite);
  const current = memberAt(member.tree, leafIndex, "unknownSender");
  const encryption = suite.hpke.generateKeyPair(random);
  const signaturePrivateKey = changes.signatureKeyPair?.privateKey ?? member.signaturePrivateKey;
  const leafNode = signLeaf(
    suite,
    signaturePrivateKey,
    {
      encryptionKey: encryption.publicKey,
      signatureKey: changes.signatureKeyPair?.publicKey ?? current.signatureKey,
      credential: changes.credential ?? current.credential,
      capabilities: changes.capabilities ?? current.capabilities,
      leafNodeSource: "update",
      extensions: changes.extensions ?? current.extensions,
      signature: noBytes,
    },
    { groupId: groupContext.groupId, leafIndex },
  );
  const sent = propose(member, { proposalType: "update", leafNode }, options, app, random);
  const own = { encryptionPrivateKey: encryption.privateKey, signaturePrivateKey };
  const ownUpdates = new Map(member.ownUpdates).set(hex(encryption.publicKey), own);
  const state: SymbolicMember = { ...sent.state, ownUpdates };
  return { ...sent, state };
}

/** A proposal from outside, always a PublicMessage. RFC 9420 §12.1.8 */
export const proposeExternally: MlsLayer["proposeExternally"] = (
  context,
  { sender, signaturePrivateKey },
  proposal,
  _app,
  authenticatedData = noBytes,
) => {
  const wireFormat = "mls_public_message";
  const { groupId, epoch } = context;
  const head = { groupId, epoch, sender, authenticatedData };
  const content: FramedContent = { ...head, contentType: "proposal", proposal };
  const suite = symbolicSuite(context.cipherSuite);
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, context);
  return { version: "mls10", wireFormat, publicMessage: { content, auth: { signature } } };
};

/** Sends application data, always a PrivateMessage. RFC 9420 §15 */
export function encryptApplication(
  stranger: Member,
  applicationData: Uint8Array,
  options: Omit<SendOptions, "wireFormat">,
  _app: MlsApplication,
  random: RandomSource,
): InLayer<SentMessage> {
  const member = withKeys(stranger);
  demandOpen(member);
  const head = addressOf(member, options);
  const content: FramedContent = { ...head, contentType: "application", applicationData };
  const signed = signAsMember(member, content, "mls_private_message");
  return protect(member, signed, options.paddingLength ?? 0, random);
}

function signAsMember(
  { groupContext, signaturePrivateKey }: SymbolicMember,
  content: FramedContent,
  wireFormat: HandshakeFormat,
): AuthenticatedContent {
  demandSafeAadWhereRequired(groupContext.extensions, content.authenticatedData);
  const suite = symbolicSuite(groupContext.cipherSuite);
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, groupContext);
  return { wireFormat, content, auth: { signature } };
}

/** mls-extensions §6.3 */
function demandMayLeave(member: SymbolicMember, wireFormat: HandshakeFormat): void {
  demand(wireFormat === "mls_public_message", "selfRemoveNotPublic");
  for (const { proposal, sender } of member.pendingProposals.values()) {
    const isOwn = sender.senderType === "member" && sender.leafIndex === member.leafIndex;
    demand(!(isOwn && proposal.proposalType === "self_remove"), "selfRemoveTwice");
  }
}

function addressOf(member: SymbolicMember, options: Pick<SendOptions, "authenticatedData">) {
  return {
    groupId: member.groupContext.groupId,
    epoch: member.groupContext.epoch,
    sender: { senderType: "member" as const, leafIndex: member.leafIndex },
    authenticatedData: options.authenticatedData ?? noBytes,
  };
}
