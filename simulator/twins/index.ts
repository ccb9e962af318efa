/** Pairs of worlds that differ in one secret, and whether a prober or a follower can tell them apart. Properties I40, I41, I43 */
export { isKept, type Leak, leaks } from "./compare.ts";
export { type Probe, proberView, probes } from "./probes.ts";
export {
  leaving,
  type Openness,
  type RosterSecret,
  rosterSecrets,
  viewsOf,
  welcomedLater,
} from "./roster.ts";
export { renaming, type SeenBySomebodyElse, seenOf, writing } from "./senders.ts";
export { type Secret, secrets, worldOf } from "./worlds.ts";
