/** Every requirement of the drafts in our words, with its place and its evidence. */
export { requirements, requirementsByFingerprint } from "./catalogue.ts";
export { type EarlierRevision, earlierRevisions } from "./earlier-revisions.ts";
export { evidence, type Link } from "./evidence/index.ts";
export { type DraftMatrix, type Filter, isDraft, matrixOf, type Status, sumOf } from "./matrix.ts";
export { type NotRequirement, notRequirements } from "./not-requirements.ts";
export { matrixAsHtml, matrixAsJson, matrixAsMarkdown } from "./report/index.ts";
export { type Actor, actors, type Level, levels, type Requirement, type Testability } from "./requirement.ts";
