/** Pairs of worlds that differ in one secret, and whether a prober can tell them apart. Property I43 */
export { isKept, type Leak, leaks } from "./compare.ts";
export { type Probe, proberView, probes } from "./probes.ts";
export { type Secret, secrets, worldOf } from "./worlds.ts";
