/** Sending proposals and application messages (RFC 9420 §12.1 and §15). */
import { hex, noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { signContent } from "./content-signature.ts";
import type { KeyPair } from "./crypto/index.ts";
import { demand } from "./errors.ts";
import { proposalRef, withPending } from "./group-view.ts";
import { signLeaf } from "./leaf-node.ts";
import { demandOpen, type MemberState } from "./member.ts";
import { memberAt } from "./ratchet-tree.ts";
import { type HandshakeFormat, protect, type SendOptions, signAsMember } from "./send.ts";
import type {
  Capabilities,
  Credential,
  Extension,
  FramedContent,
  GroupContext,
  MLSMessage,
  Proposal,
  Sender,
} from "./structures/index.ts";

export interface SentMessage {
  readonly state: MemberState;
  readonly message: MLSMessage;
}

export interface SentProposal extends SentMessage {
  readonly reference: Uint8Array;
}

/** Sends a proposal; it is pending in the new state. An Update needs `proposeUpdate`. RFC 9420 §12.1 */
export function propose(
  member: MemberState,
  proposal: Proposal,
  options: SendOptions,
  app: MlsApplication,
  random: RandomSource,
): SentProposal {
  demandOpen(member);
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const wireFormat = options.wireFormat ?? "mls_public_message";
  if (proposal.proposalType === "self_remove") demandMayLeave(member, wireFormat);
  const content: FramedContent = {
    ...addressOf(member, options),
    contentType: "proposal",
    proposal,
  };
  const signed = signAsMember(suite, member, content, wireFormat);
  const sent = protect(suite, member, signed, options.paddingLength ?? 0, random);
  const reference = proposalRef(suite, signed);
  const pending = { reference, proposal, sender: content.sender, message: signed };
  const pendingProposals = withPending(member.pendingProposals, pending);
  return { message: sent.message, reference, state: { ...sent.state, pendingProposals } };
}

/** mls-extensions §6.3 */
function demandMayLeave(member: MemberState, wireFormat: HandshakeFormat): void {
  demand(wireFormat === "mls_public_message", "selfRemoveNotPublic");
  for (const { proposal, sender } of member.pendingProposals.values()) {
    const isOwn = sender.senderType === "member" && sender.leafIndex === member.leafIndex;
    demand(!(isOwn && proposal.proposalType === "self_remove"), "selfRemoveTwice");
  }
}

/** What an Update or a commit's path may change of the member's own leaf. */
export interface LeafChanges {
  readonly credential?: Credential;
  readonly capabilities?: Capabilities;
  readonly extensions?: Extension[];
  readonly signatureKeyPair?: KeyPair;
}

/** Proposes a fresh encryption key for the member's leaf, and any other changes to it. RFC 9420 §12.1.2 */
export function proposeUpdate(
  member: MemberState,
  changes: LeafChanges,
  options: SendOptions,
  app: MlsApplication,
  random: RandomSource,
): SentProposal {
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const { leafIndex, groupContext } = member;
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
  return { ...sent, state: { ...sent.state, ownUpdates } };
}

/** Somebody outside the group who may propose: an external sender, or a client that wants to be added. */
export interface OutsideProposer {
  readonly sender: Extract<Sender, { senderType: "external" | "new_member_proposal" }>;
  readonly signaturePrivateKey: Uint8Array;
}

/** A proposal from outside, always a PublicMessage. RFC 9420 §12.1.8 */
export function proposeExternally(
  context: GroupContext,
  proposer: OutsideProposer,
  proposal: Proposal,
  app: MlsApplication,
  authenticatedData: Uint8Array = noBytes,
): MLSMessage {
  const suite = suiteFor(app, context.cipherSuite);
  const wireFormat = "mls_public_message";
  const { sender, signaturePrivateKey } = proposer;
  const { groupId, epoch } = context;
  const content: FramedContent = {
    groupId,
    epoch,
    sender,
    authenticatedData,
    contentType: "proposal",
    proposal,
  };
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, context);
  return { version: "mls10", wireFormat, publicMessage: { content, auth: { signature } } };
}

/** Sends application data, always a PrivateMessage. RFC 9420 §15 */
export function encryptApplication(
  member: MemberState,
  applicationData: Uint8Array,
  options: Omit<SendOptions, "wireFormat">,
  app: MlsApplication,
  random: RandomSource,
): SentMessage {
  demandOpen(member);
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const content: FramedContent = {
    ...addressOf(member, options),
    contentType: "application",
    applicationData,
  };
  const signed = signAsMember(suite, member, content, "mls_private_message");
  return protect(suite, member, signed, options.paddingLength ?? 0, random);
}

/** Group, epoch, sender and authenticated data of what a member sends now. */
export function addressOf(member: MemberState, options: Pick<SendOptions, "authenticatedData">) {
  return {
    groupId: member.groupContext.groupId,
    epoch: member.groupContext.epoch,
    sender: { senderType: "member" as const, leafIndex: member.leafIndex },
    authenticatedData: options.authenticatedData ?? noBytes,
  };
}
