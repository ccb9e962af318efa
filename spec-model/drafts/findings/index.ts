/** Rules and findings. */
export { type Finding, type Report, type Rule, type Severity, sectionName } from "./finding.ts";
export { type RuleId, ruleIds, rules } from "./rules.ts";
