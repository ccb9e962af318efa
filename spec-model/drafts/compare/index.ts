/** Drafts against each other and against the model. */
export { againstModel, modelledRevision } from "./against-model.ts";
export type { Area, Change } from "./change.ts";
export { diffDrafts } from "./diff.ts";
