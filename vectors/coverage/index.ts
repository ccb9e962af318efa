/** What the vectors cover. */
export { type Coverage, coverageOf, type FamilyCoverage, isTestable } from "./coverage.ts";
export { type CaseItems, itemsOf } from "./items.ts";
export { allItems, type MinimalSet, minimalSet, minimalSets } from "./minimal.ts";
