/** The matrix of the requirements on a terminal: the counts of all drafts, then each row with its first evidence. */
import { type DraftMatrix, type Status, sumOf } from "../spec-model/requirements/index.ts";
import { bold, dim, green, red, yellow } from "./colours.ts";

const marks: Readonly<Record<Status, string>> = {
  open: red("open       "),
  implemented: yellow("implemented"),
  tested: green("tested     "),
  untestable: dim("not here   "),
};

export function printMatrix(matrix: readonly DraftMatrix[]): void {
  for (const { draft, rows } of matrix.filter((each) => each.rows.length > 0)) {
    console.log(bold(`\n${draft}`));
    for (const { requirement, status } of rows) {
      const { section, level, says, id } = requirement;
      console.log(`${marks[status]} ${`§${section}`.padEnd(9)}${level.padEnd(16)}${says}  ${dim(id)}`);
    }
  }
  console.log(bold("\nTested, of what can be tested"));
  for (const { draft, count } of matrix) {
    console.log(`  ${draft.padEnd(26)}${String(count.tested).padStart(4)} of ${count.testable}`);
  }
  const { tested, testable, total } = sumOf(matrix.map(({ count }) => count));
  console.log(
    `  ${"all".padEnd(26)}${String(tested).padStart(4)} of ${testable}, and ${total - testable} that cannot be`,
  );
}
