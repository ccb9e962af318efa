/** The matrix as Markdown. */
import { type DraftMatrix, type MatrixRow, sumOf } from "../matrix.ts";
import { countInWords, statusWords } from "./words.ts";

/** A table of the drafts, then a table for each draft, gaps first. */
export function matrixAsMarkdown(matrix: readonly DraftMatrix[]): string {
  return [
    "# Requirements",
    "What the drafts demand, in our words, and what shows that the model obeys. A requirement is *tested* when a test " +
      "checks it, *implemented* when a rule of the model obeys it that no test is linked for, and *open* else. " +
      "`declared` are rules that a draft states without a keyword.",
    "Printed by `mimi requirements --format markdown`.",
    `**${countInWords(sumOf(matrix.map(({ count }) => count)))}.**`,
    table(
      ["draft", "tested", "testable", "all"],
      matrix.map(({ draft, rows, count }) => [
        rows.length === 0 ? draft : `[${draft}](#${draft})`,
        String(count.tested),
        String(count.testable),
        String(count.total),
      ]),
    ),
    ...matrix
      .filter(({ rows }) => rows.length > 0)
      .flatMap(({ draft, count, rows }) => [
        `## ${draft}`,
        `${countInWords(count)}.`,
        table(["§", "requirement", "level", "who", "status", "evidence"], rows.map(cellsOf)),
      ]),
  ]
    .join("\n\n")
    .concat("\n");
}

function cellsOf({ requirement, status, links }: MatrixRow): string[] {
  return [
    requirement.section,
    `${escaped(requirement.says)}<br>\`${requirement.id}\``,
    requirement.level,
    requirement.actors.join(", "),
    statusWords[status],
    links.map((link) => escaped(evidenceOf(link))).join("<br>"),
  ];
}

function evidenceOf(link: MatrixRow["links"][number]): string {
  if (link.kind === "rule") return `rule ${link.name}`;
  const file = link.file.replace(/^test\/(?:spec-model\/)?|\.test\.ts$/g, "");
  return `${file}: ${link.title}${link.case === undefined ? "" : ` [${link.case}]`}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that stays in its cell and means nothing to Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\|*_<>[\]`$]/g, (sign) => `\\${sign}`);
}
