/** All rules by their ids, which stay the same from version to version. */
import type { Rule } from "./rule.ts";
import { dataRules } from "./rules-data.ts";
import { tableRules } from "./rules-tables.ts";
import { textRules } from "./rules-text.ts";
import { tlsRules } from "./rules-tls.ts";

export const rules = { ...tlsRules, ...dataRules, ...tableRules, ...textRules } as const satisfies Record<
  string,
  Rule
>;

export type RuleId = keyof typeof rules;

export const ruleIds = Object.keys(rules) as RuleId[];
