// Tries every defect on everything there is, and writes docs/defects.json and docs/defects.md: which property, answer or
// vector catches it, and where. `--only TEXT` tries those whose id has the text; `--tries N` says how often (default 250);
// `--new` tries those that the file does not know as caught; `--page` only writes the page.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createBaseline, type Drill, hunt } from "../simulator/search/catching/index.ts";
import {
  allDefects,
  type CaughtBy,
  caughtWithoutRun,
  publishedCases,
  readCaught,
  writeCaught,
} from "./defects-known.ts";
import { mutantsFound } from "./defects-mutants.ts";
import { defectsAsMarkdown } from "./defects-page.ts";

const page = new URL("../docs/defects.md", import.meta.url);

function seedsOf({ name }: Drill): number {
  return name === "random" ? 150 : 1;
}

function main(argv: readonly string[]): void {
  const after = (option: string) => argv[argv.indexOf(option) + 1] ?? "";
  const only = argv.includes("--only") ? after("--only") : "";
  const tries = argv.includes("--tries") ? Number(after("--tries")) : 250;
  const cases = publishedCases();
  const flows = cases.filter(({ operation }) => operation.startsWith("flow."));
  const baseline = createBaseline();
  const found = new Map<string, CaughtBy | null>(Object.entries(readCaught()));
  const isChosen = ({ id }: { readonly id: string }) =>
    id.includes(only) && !(argv.includes("--new") && found.get(id) != null);
  const chosen = argv.includes("--page") ? [] : allDefects.filter(isChosen);
  for (const defect of chosen) {
    const run = "mistaken" in defect ? undefined : hunt(defect, baseline, seedsOf, tries);
    const caught = run?.caught ?? caughtWithoutRun(defect, flows);
    found.set(defect.id, caught ?? null);
    console.log(`${defect.id}: ${inWords(caught)} (${run?.tried ?? 0} tried)`);
    // Each result is kept at once: all of them take a while.
    writeCaught(found);
  }
  writeCaught(found);
  writeFileSync(page, defectsAsMarkdown(readCaught(), mutantsFound(cases)));
}

function inWords(caught: CaughtBy | undefined): string {
  return caught === undefined
    ? "not caught"
    : `${caught.property} in ${caught.drill}, seed ${caught.seed ?? "-"}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
