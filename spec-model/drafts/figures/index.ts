/** Figures of drafts. */
export { type Arrow, type Ladder, readLadder, type Step } from "./ladder.ts";
