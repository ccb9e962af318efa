// Tries every defect on everything there is, and writes docs/defects.json and docs/defects.md: which property or vector
// catches it, and at which seed. `--only TEXT` tries those whose id has the text; `--tries N` says how often (default 250);
// `--page` only writes the page.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Catch, createBaseline, type Drill, hunt } from "../simulator/search/catching/index.ts";
import { defects } from "../simulator/variants/index.ts";
import { isNegative } from "../vectors/format/case.ts";
import { mutants } from "../vectors/mutants/index.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../vectors/verify/index.ts";
import { defectsAsMarkdown } from "./defects-page.ts";

const json = new URL("../docs/defects.json", import.meta.url);
const page = new URL("../docs/defects.md", import.meta.url);

/** What is known of each defect, by its id; null where nothing has caught it. */
export type Caught = Readonly<Record<string, Catch | null>>;

export function readCaught(): Caught {
  return existsSync(json) ? (JSON.parse(readFileSync(json, "utf8")) as Caught) : {};
}

function seedsOf({ name }: Drill): number {
  if (name === "random") return 150;
  return 1;
}

function main(argv: readonly string[]): void {
  const after = (option: string) => argv[argv.indexOf(option) + 1] ?? "";
  const only = argv.includes("--only") ? after("--only") : "";
  const tries = argv.includes("--tries") ? Number(after("--tries")) : 250;
  const baseline = createBaseline();
  const found = new Map<string, Catch | null>(Object.entries(readCaught()));
  const chosen = argv.includes("--page") ? [] : defects.filter(({ id }) => id.includes(only));
  for (const defect of chosen) {
    const { caught, tried } = hunt(defect, baseline, seedsOf, tries);
    found.set(defect.id, caught ?? null);
    const text =
      caught === undefined ? "not caught" : `${caught.property} in ${caught.drill}, seed ${caught.seed}`;
    console.log(`${defect.id}: ${text} (${tried} tried)`);
    // Each result is kept at once: all of them take a while.
    const all = Object.fromEntries(defects.map(({ id }) => [id, found.get(id) ?? null]));
    writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
  }
  writeFileSync(page, defectsAsMarkdown(readCaught(), mutantsFound()));
}

/** Implementations with one mistake in a format or a rule: how many negative vectors find each, and the first. */
export interface FoundMutant {
  readonly id: string;
  readonly says: string;
  readonly first: string;
  readonly count: number;
}

export function mutantsFound(): readonly FoundMutant[] {
  const files = publishedPaths().map((path) => loadFile(join(vectorsFolder, path)));
  const negatives = files.flatMap(({ cases }) => cases).filter(isNegative);
  return mutants.map(({ id, says, survives }) => {
    const by = negatives.filter((each) => survives(each));
    return { id, says, first: by[0]?.id ?? "", count: by.length };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
