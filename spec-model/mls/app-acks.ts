/** Acknowledging the application messages of an epoch (mls-extensions §6.1 and §8.2). */
import type { PendingProposal } from "./group-view.ts";
import { AppAck, componentIds, type Proposal } from "./structures/index.ts";

/** A PrivateMessage as its sender numbered it. */
export interface Acknowledged {
  readonly sender: number;
  readonly generation: number;
}

/** The AppEphemeral that acknowledges these messages of one epoch, in whatever order they came. mls-extensions §6.1 */
export function appAck(received: readonly Acknowledged[]): Proposal {
  const data = AppAck.encode({ receivedRanges: rangesOf(received) });
  return { proposalType: "app_ephemeral", componentId: componentIds.app_ack, data };
}

/**
 * A member's own pending AppAcks that a commit left out, as an external one always does: they are to be proposed
 * again, since nobody has them in the transcript. mls-extensions §8.2
 */
export function appAcksLeftOut(
  pending: Iterable<PendingProposal>,
  leafIndex: number,
  committed: readonly Proposal[],
): Proposal[] {
  return [...pending]
    .filter(({ sender }) => sender.senderType === "member" && sender.leafIndex === leafIndex)
    .map(({ proposal }) => proposal)
    .filter((proposal) => isAppAck(proposal) && !committed.includes(proposal));
}

function isAppAck(proposal: Proposal): boolean {
  return proposal.proposalType === "app_ephemeral" && proposal.componentId === componentIds.app_ack;
}

/** By sender, each run of generations without a gap as one range. */
function rangesOf(received: readonly Acknowledged[]): AppAck["receivedRanges"] {
  const ordered = [...received].sort((a, b) => a.sender - b.sender || a.generation - b.generation);
  const ranges: AppAck["receivedRanges"] = [];
  for (const { sender, generation } of ordered) {
    const last = ranges.at(-1);
    const continues = last?.sender === sender && generation <= last.lastGeneration + 1;
    if (continues) ranges[ranges.length - 1] = { ...last, lastGeneration: generation };
    else ranges.push({ sender, firstGeneration: generation, lastGeneration: generation });
  }
  return ranges;
}
