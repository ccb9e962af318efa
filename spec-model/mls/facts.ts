/** What the MLS layer says about a commit once it is verified, without any cryptography in it. */
import { equalBytes } from "../bytes.ts";
import { dictionaryOf } from "./app-data.ts";
import type { AddedMember, RemovedMember, UpdatedMember } from "./apply-proposals.ts";
import type { CommitOutcome } from "./commit-outcome.ts";
import type { CommittedProposal } from "./proposal-list.ts";
import type { Extension, GroupContext, PreSharedKeyID, ReInit } from "./structures/index.ts";

export interface CommitFacts {
  /** The epoch that the commit starts. */
  readonly epoch: bigint;
  /** The committer's leaf index; in an external commit, the leaf it joins at. */
  readonly committer: number;
  readonly external: boolean;
  readonly hasPath: boolean;
  /** In commit order. */
  readonly proposals: readonly CommittedProposal[];
  readonly added: readonly AddedMember[];
  readonly removed: readonly RemovedMember[];
  readonly updated: readonly UpdatedMember[];
  readonly psks: readonly PreSharedKeyID[];
  /** The components whose data in the GroupContext is not what it was, ascending. */
  readonly changedComponents: readonly number[];
  readonly reInit: ReInit | undefined;
}

/** The facts of a commit that leads from `before` to the outcome's epoch. */
export function commitFacts(before: GroupContext, outcome: CommitOutcome): CommitFacts {
  const { applied, groupContext, committer, external, path } = outcome;
  return {
    epoch: groupContext.epoch,
    committer,
    external,
    hasPath: path !== undefined,
    proposals: applied.proposals,
    added: applied.added,
    removed: applied.removed,
    updated: applied.updated,
    psks: applied.psks,
    changedComponents: changedComponents(before.extensions, applied.extensions),
    reInit: applied.reInit,
  };
}

function changedComponents(before: readonly Extension[], after: readonly Extension[]): number[] {
  if (before === after) return [];
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  const ids = [...new Set([...old.keys(), ...current.keys()])].sort((a, b) => a - b);
  return ids.filter((id) => {
    const [a, b] = [old.get(id), current.get(id)];
    return a === undefined || b === undefined ? a !== b : !equalBytes(a, b);
  });
}
