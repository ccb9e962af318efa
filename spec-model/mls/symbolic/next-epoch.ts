/** From what a member brings to a commit to the keys of the epoch that it starts (RFC 9420 §8), once for all who bring the same. */
import { latestFew } from "../../remembered.ts";
import type { CommitOutcome } from "../commit-outcome.ts";
import { confirmationTagOf, type EpochKeys, epochKeysOf, epochSecretOf, joinerOf } from "./epoch-keys.ts";
import { contextName } from "./names.ts";
import { isSame } from "./same.ts";

/** The secrets that go into an epoch. */
export interface Brought {
  readonly init: Uint8Array;
  readonly commitSecret: Uint8Array;
  readonly psk: Uint8Array;
}

export interface NextEpoch {
  readonly joiner: Uint8Array;
  readonly keys: EpochKeys;
  readonly tag: Uint8Array;
}

/** The epoch after a commit with this outcome, for somebody with these secrets. */
export function nextEpoch(outcome: Pick<CommitOutcome, "groupContext">, brought: Brought): NextEpoch {
  const known = nextEpochs.get(outcome.groupContext);
  if (known !== undefined && areSame(known.brought, brought)) return known.epoch;
  const { groupContext } = outcome;
  const context = contextName(groupContext);
  const joiner = joinerOf(brought.init, brought.commitSecret, context);
  const keys = epochKeysOf(epochSecretOf(joiner, brought.psk, context), groupContext.epoch);
  const epoch = { joiner, keys, tag: confirmationTagOf(keys, groupContext) };
  nextEpochs.set(groupContext, { brought, epoch });
  return epoch;
}

const nextEpochs = latestFew<CommitOutcome["groupContext"], { brought: Brought; epoch: NextEpoch }>();

function areSame(one: Brought, other: Brought): boolean {
  return (
    isSame(one.init, other.init) && isSame(one.commitSecret, other.commitSecret) && isSame(one.psk, other.psk)
  );
}
