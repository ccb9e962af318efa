/** What parties of a run can read. */
export { type HeardMessage, knowledgeOfRun, type RunKnowledge } from "./of-run.ts";
