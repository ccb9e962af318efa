/** A layer for many actors that one process simulates: what is public in a commit (RFC 9420 §12.4.2) is computed once for all. */
import type { MlsLayer } from "./layer.ts";
import { sharedOutcomes } from "./remembering-outcomes.ts";

/**
 * The layer, sharing outcomes among all who use this very object: one for each run, so that runs do not depend on one
 * another. Every result is what the layer itself would give; only states of members share more of their objects.
 */
export function sharingOutcomes(layer: MlsLayer): MlsLayer {
  const shared = sharedOutcomes();
  return {
    ...layer,
    receive: (member, message, app, computeOutcome = shared) =>
      layer.receive(member, message, app, computeOutcome),
    followHandshake: (group, message, app, computeOutcome = shared) =>
      layer.followHandshake(group, message, app, computeOutcome),
    followContent: (group, content, app, computeOutcome = shared) =>
      layer.followContent(group, content, app, computeOutcome),
  };
}
