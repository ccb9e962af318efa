// The page about defects: what catches each, which requirements none breaks, and which nobody catches.

import { type Defect, defects } from "../simulator/variants/index.ts";
import { type Requirement, requirements } from "../spec-model/requirements/index.ts";
import type { Caught, FoundMutant } from "./defects.ts";

export function defectsAsMarkdown(caught: Caught, mutants: readonly FoundMutant[]): string {
  const byVector = (defect: Defect) => vectorsOf(defect, mutants);
  const isCaught = (defect: Defect) => caught[defect.id] != null || byVector(defect) !== undefined;
  const holes = defects.filter((each) => !isCaught(each));
  const noticed = defects.filter(isCaught);
  const testable = requirements.filter(isTestable);
  const covered = testable.filter((each) => noticed.some(({ breaks }) => breaks.includes(each.id)));
  const broken = testable.filter((each) => defects.some(({ breaks }) => breaks.includes(each.id)));
  const missing = testable.filter((each) => !broken.includes(each));
  return [
    "# Defects",
    "",
    "Implementations that get exactly one thing wrong, and what notices it: a property that holds in the same run without",
    "the mistake, and not with it; or else a vector that it gets wrong. `npm run defects` tries all of them and writes this page; a test holds it to what it says.",
    "",
    `${defects.length} defects: ${noticed.length} are caught, ${holes.length} are not. Of ${testable.length} requirements that`,
    `policies, machines and simulations can test, ${broken.length} have a defect here, and ${covered.length} one that is caught.`,
    `Another ${mutants.length} implementations read formats or judge rules wrongly, and vectors find all but ${unfound(mutants)}.`,
    "",
    "To see one: `mimi run SCENARIO --mls symbolic --seed SEED --variant DEFECT`.",
    "",
    "## Caught",
    "",
    "| defect | who | does wrong | caught by | where | seed | breaks |",
    "|-|-|-|-|-|-|-|",
    ...noticed.map((defect) => row(defect, caught[defect.id] ?? byVector(defect))),
    "",
    "## Caught by vectors",
    "",
    "| implementation | does wrong | vectors that find it | the first |",
    "|-|-|-|-|",
    ...mutants.map(({ id, says, count, first }) => `| ${id} | ${says} | ${count} | ${first} |`),
    "",
    "## Not caught: holes",
    "",
    "Nothing that was tried shows them. Either no run gives an occasion for the mistake, or no property looks at it.",
    "",
    ...holes.map(({ id, says }) => `- \`${id}\`: ${says}`),
    "",
    "## Requirements without a defect",
    "",
    ...missing.map(({ id, says }) => `- \`${id}\`: ${says}`),
    "",
  ].join("\n");
}

function unfound(mutants: readonly FoundMutant[]): number {
  return mutants.filter(({ count }) => count === 0).length;
}

/** Formats have their own mutants; what nobody can test has none. */
export function isTestable({ testable, level }: Requirement): boolean {
  return (testable === "policy" || testable === "machine" || testable === "simulation") && level !== "MAY";
}

/** A hub that lacks a rule of the policy is found by the vectors that the rule refuses. */
function vectorsOf({ alteration }: Defect, mutants: readonly FoundMutant[]): Where | undefined {
  const found = mutants.find(({ id }) => id === `policy without ${alteration.lacksRule}`);
  return found === undefined || found.count === 0
    ? undefined
    : { property: "vectors", drill: `${found.first} and ${found.count - 1} more`, seed: "" };
}

interface Where {
  readonly property: string;
  readonly drill: string;
  readonly seed: number | string;
}

function row({ id, says, party, breaks }: Defect, by: Where | undefined): string {
  const cells = [`\`${id}\``, party, says, by?.property ?? "", by?.drill ?? "", String(by?.seed ?? "")];
  return `| ${[...cells, breaks.map((each) => `\`${each}\``).join(", ")].join(" | ")} |`;
}
