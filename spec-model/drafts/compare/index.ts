/** Drafts against each other and against the model. */
export { againstModel } from "./against-model.ts";
export type { Area, Change } from "./change.ts";
export { modelledRules } from "./content-model.ts";
export { diffDrafts } from "./diff.ts";
export { modelledRevision } from "./modelled-revision.ts";
