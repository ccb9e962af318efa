/** What a policy decision is: allowed, or the rule that forbids it with its place in the drafts. */
import { type PolicyRule, policyRules } from "./rules.ts";

/** Allowed, or the rule that forbids it with its place in the drafts. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly rule: string; readonly draft: string; readonly says: string };

export const allowed: Decision = { allowed: true };

/** A refusal by one of the rules in `policyRules`; `says` tells what of the case at hand breaks it. */
export function refuse(rule: PolicyRule, says: string): Decision {
  return { allowed: false, rule, draft: policyRules[rule].section, says };
}

/** The first refusal among decisions, made one after the other until one refuses. */
export function all<T>(items: Iterable<T>, decide: (item: T) => Decision): Decision {
  for (const item of items) {
    const decision = decide(item);
    if (!decision.allowed) return decision;
  }
  return allowed;
}

/** Allowed where one of the alternatives is; otherwise what the first of them says. */
export function either(first: Decision, ...others: readonly Decision[]): Decision {
  return others.some((other) => other.allowed) ? allowed : first;
}
