/** Reading drafts and checking what they say. */
export { type CheckOptions, checkDrafts } from "./check.ts";
export {
  type Area,
  againstModel,
  type Change,
  diffDrafts,
  modelledRevision,
  modelledRules,
} from "./compare/index.ts";
export type { Block, Draft, Place, Prose, Resolve, Section, Table } from "./document/index.ts";
export type { Flow, FlowMessage } from "./figures/index.ts";
export { type Finding, type Rule, type RuleId, ruleIds, rules, type Severity } from "./findings/index.ts";
export {
  type DraftFile,
  fingerprintOf,
  type NormativeSentence,
  normativeSentences,
  ReadError,
  readDraft,
  type Sentence,
  sentencesOf,
} from "./reading/index.ts";
