/** What the vectors cover, for people. */
import type { Coverage } from "../../vectors/coverage/index.ts";
import { bold, dim } from "../colours.ts";

export function printCoverage(found: Coverage, write = console.log): void {
  const { families, testable, mutants, negatives, transitions, notCovered } = found;
  const head = ["", "cases", "requirements", "mistakes", "transitions", "minimal set"];
  const rows = families.map((each) => [
    each.family,
    each.cases,
    each.requirements,
    each.mutants,
    each.transitions,
    each.minimal,
  ]);
  write(bold(row(head)));
  for (const each of rows) write(row(each));
  write("");
  write(
    `${testable.covered} of ${testable.all} requirements with a form on the wire or in a policy are covered`,
  );
  write(`${mutants.found} of ${mutants.all} mistakes are found`);
  write(
    `${negatives.found} of ${negatives.all} negatives go through with somebody who makes one of them, ${negatives.byOne} with nobody else`,
  );
  for (const [machine, count] of transitions) write(dim(`  ${machine}: ${count} transitions`));
  if (notCovered.length > 0) write(bold(`not covered: ${notCovered.join(", ")}`));
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(9) : `${cell}`.padStart(14))).join("");
}
