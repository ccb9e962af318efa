// The page about defects: what catches each, which requirements none breaks, and which nobody catches.
import type { AnswerDefect } from "../simulator/answers/index.ts";
import type { Defect } from "../simulator/variants/index.ts";
import { type Requirement, requirements } from "../spec-model/requirements/index.ts";
import { allDefects, type Caught, type CaughtBy } from "./defects-known.ts";
import type { FoundMutant } from "./defects-mutants.ts";
import { notCaught, withoutDefect } from "./defects-reasons.ts";

type AnyDefect = Defect | AnswerDefect;

export function defectsAsMarkdown(caught: Caught, mutants: readonly FoundMutant[]): string {
  const holes = allDefects.filter(({ id }) => caught[id] == null);
  const noticed = allDefects.filter(({ id }) => caught[id] != null);
  const { testable, broken, covered } = coverage(caught, mutants);
  const missing = testable.filter((each) => !broken.includes(each));
  const uncovered = broken.filter((each) => !covered.includes(each));
  return [
    "# Defects",
    "",
    "Implementations that get exactly one thing wrong, and what notices it: a property that holds in the same run without",
    "the mistake, and not with it; an answer that is not the expected one (`answers`, no run is needed); or a vector that",
    "it gets wrong. `npm run defects` tries all of them and writes this page; a test holds it to what it says.",
    "",
    `${allDefects.length} defects: ${noticed.length} are caught, ${holes.length} are not. Another ${mutants.length} implementations read formats`,
    `or judge rules wrongly, and vectors find all but ${unfound(mutants)}. Of ${testable.length} requirements that policies, machines and`,
    `simulations can test, ${broken.length} have a defect, and ${covered.length} one that is caught.`,
    "",
    "To see one that a run shows: `mimi run SCENARIO --mls symbolic --seed SEED --variant DEFECT`. Where the scenario is",
    "`with` an adversary, add `--variant ADVERSARY`; with lost answers, `--fault 'loss(25%, *>*, answers)@0s-600s'`.",
    "",
    "## Caught",
    "",
    "| defect | who | does wrong | caught by | where | seed | breaks |",
    "|-|-|-|-|-|-|-|",
    ...noticed.map((defect) => row(defect, caught[defect.id] ?? undefined)),
    "",
    "## Caught by vectors",
    "",
    "| implementation | does wrong | vectors that find it | the first | breaks |",
    "|-|-|-|-|-|",
    ...mutants.map(
      ({ id, says, count, first, breaks }) => `| ${id} | ${says} | ${count} | ${first} | ${listed(breaks)} |`,
    ),
    "",
    "## Not caught: holes",
    "",
    ...holes.map(({ id, says }) => `- \`${id}\`: ${says}${because(notCaught[id])}`),
    "",
    "## Requirements whose defects are not caught",
    "",
    ...uncovered.map(({ id, says }) => `- \`${id}\`: ${says}`),
    "",
    "## Requirements without a defect",
    "",
    ...missing.map(({ id, says }) => `- \`${id}\`: ${says}${because(withoutDefect[id])}`),
    "",
  ].join("\n");
}

/** Which requirements that can be tested without a format have a defect, and which one that is caught. */
export function coverage(caught: Caught, mutants: readonly FoundMutant[]) {
  const testable = requirements.filter(isTestable);
  const all = [...allDefects, ...mutants];
  const noticed = [
    ...allDefects.filter(({ id }) => caught[id] != null),
    ...mutants.filter(({ count }) => count > 0),
  ];
  const brokenBy = (some: readonly { readonly breaks: readonly string[] }[]) => {
    const ids = new Set(some.flatMap(({ breaks }) => breaks));
    return testable.filter(({ id }) => ids.has(id));
  };
  return { testable, broken: brokenBy(all), covered: brokenBy(noticed) };
}

function unfound(mutants: readonly FoundMutant[]): number {
  return mutants.filter(({ count }) => count === 0).length;
}

/** Formats have their own mutants; what nobody can test has none. */
function isTestable({ testable, level }: Requirement): boolean {
  return (testable === "policy" || testable === "machine" || testable === "simulation") && level !== "MAY";
}

function row({ id, says, party, breaks }: AnyDefect, by: CaughtBy | undefined): string {
  const cells = [`\`${id}\``, party, says, by?.property ?? "", by?.drill ?? "", String(by?.seed ?? "")];
  return `| ${[...cells, listed(breaks)].join(" | ")} |`;
}

function listed(ids: readonly string[]): string {
  return ids.map((each) => `\`${each}\``).join(", ");
}

function because(reason: string | undefined): string {
  return reason === undefined ? "" : ` (${reason})`;
}
