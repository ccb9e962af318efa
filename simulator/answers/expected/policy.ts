/** What a room's policy allows and what it refuses. room-policy-04, protocol-06 §7 */
import { type PolicyRule, policyRules } from "../../../spec-model/room/index.ts";
import { conductRefusals } from "./conduct-refusals.ts";
import type { Expected } from "./expected.ts";
import { type Asked, allowances, refusals } from "./policy-refusals.ts";

const all: Readonly<Record<string, Asked>> = { ...refusals, ...conductRefusals };

/** Whatever breaks a rule is refused; which rule the answer names is not asked. */
const refused = Object.entries(all).map(
  ([rule, asked]): Expected => ({
    id: `A-refuses-${rule}`,
    says: `what breaks the rule is refused: ${policyRules[rule as PolicyRule].says}`,
    draft: policyRules[rule as PolicyRule].section,
    holds: ({ policy }) => !asked(policy).allowed,
  }),
);

const allowed = allowances.map(
  ([says, asked], i): Expected => ({
    id: `A-allows-${i + 1}`,
    says: `somebody who may: ${says}`,
    draft: "room-policy-04 §8",
    holds: ({ policy }) => asked(policy).allowed,
  }),
);

export const policyExpected: readonly Expected[] = [...refused, ...allowed];

/** The rule by which the model refuses each, for tests. */
export const refusedBy: Readonly<Record<string, Asked>> = all;
