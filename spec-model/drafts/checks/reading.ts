/** What reading a draft ran into, as findings. */
import type { Draft, ReadingProblem } from "../document/index.ts";
import type { RuleId } from "../findings/index.ts";
import type { CheckContext } from "./context.ts";

const ruleOf: Readonly<Record<ReadingProblem["kind"], RuleId>> = {
  unclosedBlock: "unclosed-block",
  missingInclude: "missing-include",
  malformedXml: "malformed-xml",
  tooDeep: "reading-stopped",
};

const mostMalformed = 10;

export function checkReading({ drafts, report }: CheckContext): void {
  for (const { draft } of drafts) {
    let malformed = 0;
    for (const { kind, place, detail } of draft.problems) {
      if (kind === "malformedXml" && ++malformed > mostMalformed) continue;
      report(ruleOf[kind], place, detail, messageOf(kind, detail));
    }
    checkColumns(draft, report);
  }
}

function messageOf(kind: ReadingProblem["kind"], detail: string): string {
  if (kind === "unclosedBlock") return `the block that ${detail} opens here is not closed`;
  return kind === "missingInclude" ? `there is no file ${detail}` : detail;
}

function checkColumns({ form, tables }: Draft, report: CheckContext["report"]): void {
  // Cells of XML may span several columns.
  if (form === "xml") return;
  for (const { header, rows, section } of tables) {
    for (const row of rows) {
      const [first] = row;
      if (first === undefined || row.length === header.length) continue;
      // The last cells of rows that only say so may be left out.
      if (
        row.length < header.length &&
        row.some(({ text }) => /^(?:unassigned|reserved|private|available)/i.test(text))
      )
        continue;
      const message = `this row has ${row.length} cells, the header ${header.length}`;
      report("table-columns", first.place, first.text, message, { section });
    }
  }
}
