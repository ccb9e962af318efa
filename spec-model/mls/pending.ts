/** Which of the pending proposals a member can put into its next commit (RFC 9420 §12.2 and §12.4). */
import { hex } from "../bytes.ts";
import type { PendingProposal } from "./group-view.ts";
import type { MemberState } from "./member.ts";
import { type CommittedProposal, changedLeaf } from "./proposal-list.ts";

/**
 * The references of a valid selection, in order of arrival: for each leaf its SelfRemove, else a Remove, else the
 * latest Update; nothing that changes the member itself; of several GroupContextExtensions the latest; of several
 * Adds with one signature key the latest; a ReInit only where there is nothing else.
 */
export function committable(member: MemberState): Uint8Array[] {
  const others = [...member.pendingProposals.values()].filter(
    (p) => changedLeaf(asCommitted(p)) !== member.leafIndex,
  );
  const chosen = others.filter((candidate) => isPreferred(candidate, others));
  const selected = chosen.some(isReInit) && chosen.length > 1 ? chosen.filter((p) => !isReInit(p)) : chosen;
  return selected.map((pending) => pending.reference);
}

function isPreferred(candidate: PendingProposal, others: readonly PendingProposal[]): boolean {
  const group = others.filter((other) => slotOf(other) === slotOf(candidate));
  const best = group.reduce((best, next) => (rank(next) >= rank(best) ? next : best));
  return best === candidate;
}

/** Proposals in the same slot exclude each other. */
function slotOf(pending: PendingProposal): string {
  const { proposal } = pending;
  const leaf = changedLeaf(asCommitted(pending));
  if (leaf !== undefined) return `leaf ${leaf}`;
  if (proposal.proposalType === "group_context_extensions") return "extensions";
  if (proposal.proposalType === "add") return `client ${hex(proposal.keyPackage.leafNode.signatureKey)}`;
  return `proposal ${hex(pending.reference)}`;
}

/** Within a slot the highest rank wins, and of equals the latest. */
function rank({ proposal }: PendingProposal): number {
  const ranks: Readonly<Record<string, number>> = { self_remove: 2, remove: 1 };
  return ranks[proposal.proposalType] ?? 0;
}

function isReInit({ proposal }: PendingProposal): boolean {
  return proposal.proposalType === "reinit";
}

function asCommitted({ proposal, sender, reference }: PendingProposal): CommittedProposal {
  return { proposal, sender, reference };
}
