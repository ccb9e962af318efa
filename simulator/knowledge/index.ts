/** What parties of a run have learned. */
export type { Asked } from "./asked.ts";
export type { HeardMessage } from "./derive.ts";
export { differenceBetween, onlyTogether } from "./differences.ts";
export { type Fact, type FactKind, kindsOfFacts, type Moment } from "./fact.ts";
export { knowledgeOfRun, type Learned, type RunKnowledge } from "./of-run.ts";
