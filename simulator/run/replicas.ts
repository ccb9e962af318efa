/** A server with a replica that lags: the replica goes on from an earlier state, and knows nothing of what came since. */

import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { ReplicaIntention } from "../faults/index.ts";
import type { RunningActor } from "../running-actor.ts";
import type { AnyInput } from "../variants/index.ts";

/** The actor with its replicas; each of its steps is still a function of its past. */
export function withReplicas(actor: RunningActor): RunningActor {
  const replicas = new Map<string, ProviderState>();
  return {
    ...actor,
    take(input, moment) {
      const intention = replicaIntention(input);
      if (intention === undefined) return actor.take(input, moment);
      if (intention.type === "replicate") {
        replicas.set(intention.replica, actor.state() as ProviderState);
        return [];
      }
      const replica = replicas.get(intention.replica);
      if (replica !== undefined) actor.adapt?.((lost: ProviderState) => goingOn(replica, lost));
      return actor.take({ type: "intention", intention: { type: "restart" } } as never, moment);
    },
  };
}

/** Names are never given twice: a server that goes on names its requests apart from those of the lost one. */
function goingOn(replica: ProviderState, { requestsSent, mailed }: ProviderState): ProviderState {
  return { ...replica, requestsSent, mailed };
}

function replicaIntention(input: AnyInput): ReplicaIntention | undefined {
  if (input.type !== "intention") return undefined;
  const { intention } = input as { readonly intention: { readonly type: string } };
  return intention.type === "replicate" || intention.type === "takeOver"
    ? (intention as ReplicaIntention)
    : undefined;
}
