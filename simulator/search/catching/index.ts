/** Trying defects on everything that there is, to see which property notices them. */
export { caughtBy, createBaseline, hunt } from "./catch.ts";
export { type Drill, drillNamed } from "./drills.ts";
