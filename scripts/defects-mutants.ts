// Implementations that vectors find, with the requirements that each of them breaks.
import { type Requirement, requirements } from "../spec-model/requirements/index.ts";
import { isNegative } from "../vectors/format/case.ts";
import { mutants } from "../vectors/mutants/index.ts";
import type { LoadedCase } from "../vectors/verify/index.ts";

/** An implementation with one mistake in a format or a rule: how many negative vectors find it, and the first. */
export interface FoundMutant {
  readonly id: string;
  readonly says: string;
  readonly first: string;
  readonly count: number;
  /** What is declared below and borne out: a vector about the requirement finds the mutant. */
  readonly breaks: readonly string[];
}

/** What a mutant gets wrong. Many cases name more requirements than the one that a mutant breaks: this says which. */
const breaks: Readonly<Record<string, readonly string[]>> = {
  "dictionary with any component": ["mls-extensions-4.7-unknown-component"],
  "dictionary update by update": ["mls-extensions-4.7-remove-alone"],
  "list change by change": ["protocol-7.5-one-change-per-user"],
  "list with any role": ["room-policy-3-role-zero-reserved"],
  "component update by update": ["protocol-7.6-once-per-commit"],
  "component that is always new": ["protocol-5.4.1-update-only-adds"],
  "exporter that keeps its root": ["mls-extensions-4.4-exported-once"],
  "frank under the suite that it names": ["protocol-5.4.1.3-suite-matches"],
  "frank of any agent": ["protocol-5.4.1.3-agent-is-hub"],
  "cryptography that takes any signature": [
    "semiprivatemessage-3.3-signature",
    "ratchet-tree-options-4-reconstructs",
  ],
  "receiver that lets pass what is not for it": ["semiprivatemessage-3-agreed-receivers"],
  "consent of any scope": ["protocol-8-scopes-independent", "protocol-8-both-models"],
  "consent by asking": ["protocol-8-both-models", "protocol-5.2-no-consent"],
  "key material again and again": ["protocol-5.2-never-twice", "protocol-5.2-client-exhausted"],
  "key material without a clock": ["protocol-5.2-not-expired"],
  "key material of any capabilities": [
    "protocol-5.2-required-capabilities",
    "protocol-5.2-client-incompatible",
    "protocol-5.2-no-compatible",
  ],
  "key material of any registry": ["protocol-5.2-required-capabilities"],
  "key material for any protocol": ["protocol-5.2-incompatible-protocol"],
  "key material without consent": ["protocol-5.2-no-consent", "protocol-5.2-no-consent-this-room"],
  "key material of the dead": ["protocol-5.2-user-deleted", "protocol-5.2-no-consent-hides"],
};

export function mutantsFound(cases: readonly LoadedCase[]): readonly FoundMutant[] {
  const negatives = cases.filter(isNegative);
  return mutants.map(({ id, says, survives }) => {
    const by = negatives.filter((each) => survives(each));
    const about = new Set(by.flatMap((each) => each.requirements));
    const declared = breaks[id] ?? [];
    return {
      id,
      says,
      first: by[0]?.id ?? "",
      count: by.length,
      breaks: declared.filter((requirement) => about.has(requirement)),
    };
  });
}

/** What is declared and not borne out, for the test: a mistake in the table above. */
export function notBorneOut(found: readonly FoundMutant[]): readonly string[] {
  const known = new Set(requirements.map(({ id }: Requirement) => id));
  return Object.entries(breaks).flatMap(([id, declared]) => {
    const shown = found.find((each) => each.id === id)?.breaks ?? [];
    return declared
      .filter((each) => !known.has(each) || !shown.includes(each))
      .map((each) => `${id}: ${each}`);
  });
}
