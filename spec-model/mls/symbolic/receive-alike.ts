/**
 * Receiving what another member in the very same epoch has just received: where one message object is handed to all
 * members of a group, everything but their own keys and ratchets comes out the same.
 */
import type { MlsApplication } from "../application.ts";
import type { CommitOutcome, ComputeOutcome } from "../commit-outcome.ts";
import { decidesAlike } from "../deciding-alike.ts";
import type { InLayer } from "../layer.ts";
import type { Received } from "../receive.ts";
import type { MLSMessage } from "../structures/index.ts";
import { isSlotOf } from "./flat-path.ts";
import { enterEpoch, type SymbolicMember } from "./member.ts";

/** What somebody has made of a commit, and what of. */
export interface ReceivedCommit {
  readonly handed: MLSMessage;
  readonly before: SymbolicMember;
  readonly app: MlsApplication;
  readonly computeOutcome: ComputeOutcome;
  readonly received: Extract<InLayer<Received>, { kind: "commit" }> & { readonly state: SymbolicMember };
  readonly outcome: CommitOutcome;
}

let latest: ReceivedCommit | undefined;

/** Keeps what the next members may be spared. A commit with proposals concerns each member in its own way. */
export function keepForOthers(received: ReceivedCommit): void {
  if (received.outcome.applied.proposals.length === 0) latest = received;
}

/** The commit received, where another member has received this very object in the same state; else undefined. */
export function receiveAlike(
  member: SymbolicMember,
  handed: MLSMessage,
  app: MlsApplication,
  computeOutcome: ComputeOutcome,
): InLayer<Received> | undefined {
  if (latest?.handed !== handed || !isInSameEpoch(latest.before, member)) return undefined;
  if (latest.computeOutcome !== computeOutcome || !decidesAlike(latest.app, app)) return undefined;
  const { received, outcome } = latest;
  const { leafIndex, leafKeys, signaturePrivateKey } = member;
  const box = outcome.path?.nodes[0]?.encryptedPathSecret[0];
  // What somebody refuses, everybody finds out to refuse by themselves.
  if (box === undefined || !isSlotOf(box.kemOutput, leafIndex, leafKeys.publicKey)) return undefined;
  if (outcome.committer === leafIndex || member.reInit !== undefined) return undefined;
  const { groupContext, tree, confirmationTag, keys } = received.state;
  // Written out: spreading objects would cost more than all the rest.
  const entry = {
    groupContext,
    tree,
    confirmationTag,
    keys,
    leafIndex,
    signaturePrivateKey,
    leafKeys,
    reInit: undefined,
  };
  const state = enterEpoch(entry, member, app);
  return { kind: "commit", state, message: received.message, facts: received.facts };
}

/** By the same objects. */
function isInSameEpoch(one: SymbolicMember, other: SymbolicMember): boolean {
  return (
    one.groupContext === other.groupContext &&
    one.tree === other.tree &&
    one.confirmationTag === other.confirmationTag &&
    one.keys === other.keys
  );
}
