/** The public state of a group: what members and whoever follows its handshakes have in common. */
import { hex } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { refHash } from "./labelled.ts";
import type { RatchetTree } from "./ratchet-tree.ts";
import { AuthenticatedContent, type GroupContext, type Proposal, type Sender } from "./structures/index.ts";
import { interimTranscriptHash } from "./transcript.ts";

/** A proposal that was sent on its own and waits for a commit. */
export interface PendingProposal {
  readonly reference: Uint8Array;
  readonly proposal: Proposal;
  readonly sender: Sender;
  readonly message: AuthenticatedContent;
}

export interface GroupView {
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly confirmationTag: Uint8Array;
  /** By reference in hexadecimal, in the order of arrival. */
  readonly pendingProposals: ReadonlyMap<string, PendingProposal>;
}

/** The ProposalRef. RFC 9420 §5.2 */
export function proposalRef(suite: CipherSuite, message: AuthenticatedContent): Uint8Array {
  return refHash(suite, "Proposal Reference", AuthenticatedContent.encode(message));
}

/** The pending proposals with one more. */
export function withPending(
  pending: GroupView["pendingProposals"],
  proposal: PendingProposal,
): GroupView["pendingProposals"] {
  return new Map(pending).set(hex(proposal.reference), proposal);
}

/** The interim transcript hash of the group's epoch. RFC 9420 §8.2 */
export function interimHashOf(suite: CipherSuite, group: GroupView): Uint8Array {
  return interimTranscriptHash(suite, group.groupContext.confirmedTranscriptHash, group.confirmationTag);
}
