/** Running scenarios. */
export type { About } from "./letters.ts";
export { type Run, type RunOptions, run, runAwaiting, version } from "./run.ts";
export { type Difference, firstDifference, runTwice } from "./twice.ts";
