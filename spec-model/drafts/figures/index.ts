/** Figures of drafts. */
export { deviationsFrom, type Flow, type FlowMessage } from "./deviations.ts";
export { type Arrow, isNameOf, type Ladder, readLadder, type Step } from "./ladder.ts";
