/** Running scenarios. */
export type { About } from "./letters.ts";
export { type Run, type RunOptions, run, version } from "./run.ts";
