// Writes docs/format-decisions.md: every reading that was chosen where a draft's syntax is broken or ambiguous.
// With --check it writes nothing and fails where the file is not what it would write.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drafts } from "../spec-model/drafts/revisions/index.ts";
import { endpointDecisions } from "../spec-model/endpoints/index.ts";
import { structures } from "../spec-model/structures.ts";
import type { Decision } from "../spec-model/wire/index.ts";

const file = new URL("../docs/format-decisions.md", import.meta.url);

/** A decision with everything it concerns. */
interface Row {
  readonly source: string;
  readonly concerns: string[];
  readonly decision: Decision;
}

const introduction = `# Format decisions

Where a draft's syntax is broken or leaves a choice, the toolkit reads it in one way. This page lists every such
place: what is in question, the reading, why that one, and the other readings. It is generated from the declarations
(\`node --import tsx scripts/format-decisions.ts\`); change it there.

Names and octets: a reading that only concerns a name has no other reading that would change what is on the wire.
`;

/** The document. */
export function formatDecisions(): string {
  const rows = [...structureRows(), ...endpointRows()];
  const known = drafts.map(({ short, document }) => ({ short, title: document }));
  const sections = [...known, { short: "RFC 9420", title: "RFC 9420" }].map(({ short, title }) => {
    const own = rows.filter((row) => row.source.startsWith(`${short} `));
    return own.length === 0 ? "" : `\n## ${title}\n\n${table(own)}`;
  });
  return introduction + sections.join("");
}

function structureRows(): Row[] {
  const rows = new Map<string, Row>();
  for (const { name, source, codec } of structures) {
    for (const decision of codec.notes.decisions ?? []) {
      const key = JSON.stringify([source, decision]);
      const row = rows.get(key);
      if (row === undefined) rows.set(key, { source, concerns: [name], decision });
      else row.concerns.push(name);
    }
  }
  return [...rows.values()];
}

function endpointRows(): Row[] {
  return endpointDecisions.map((decision) => ({ source: decision.draft, concerns: ["HTTP"], decision }));
}

function table(rows: readonly Row[]): string {
  const lines = rows.toSorted((a, b) => bySection(a.source, b.source)).map(line);
  return ["| § | concerns | question | reading | why | other readings |", "|-|-|-|-|-|-|", ...lines, ""].join(
    "\n",
  );
}

function line({ source, concerns, decision }: Row): string {
  const { question, reading, reason, alternatives } = decision;
  const section = source.replace(/^(RFC \d+|\S+) /, "");
  const cells = [section, concerns.join(", "), question, reading, reason, alternatives.join("; ") || "none"];
  return `| ${cells.map(cellText).join(" | ")} |`;
}

/** `<V>` would be taken for HTML outside code spans. */
function cellText(text: string): string {
  const pieces = text.replaceAll("|", "\\|").split("`");
  return pieces.map((piece, i) => (i % 2 === 0 ? piece.replaceAll("<", "&lt;") : piece)).join("`");
}

/** By section number, then in the order of the declarations. */
function bySection(a: string, b: string): number {
  const left = sectionNumbers(a);
  const right = sectionNumbers(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function sectionNumbers(source: string): number[] {
  return (/§([0-9.]+)/.exec(source)?.[1] ?? "").split(".").map(Number);
}

function main(check: boolean): void {
  const wanted = formatDecisions();
  if (!check) writeFileSync(file, wanted);
  else if (readFileSync(file, "utf8") !== wanted) {
    console.error(
      "docs/format-decisions.md is not what its declarations say: run scripts/format-decisions.ts",
    );
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.includes("--check"));
