/** Rules and findings. */
export { type Finding, type Report, sectionName } from "./finding.ts";
export type { Rule, Severity } from "./rule.ts";
export { type RuleId, ruleIds, rules } from "./rules.ts";
