// Shrinks the run of each finding that is a known race, and writes docs/findings/smallest and docs/counterexample-sizes.md:
// how many actors and steps it takes, beside the figures that the project began with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  readReplay,
  shrink,
  type Trial,
  tryOut,
  violationsIn,
  writeReplay,
} from "../simulator/search/index.ts";
import type { Finding } from "./findings/finding.ts";
import { findings, withoutPage } from "./findings/list.ts";

/** The smallest configuration that a race is known to show in: by exhaustive search, or by estimate. */
export interface Figure {
  readonly race: string;
  readonly providers: number;
  readonly users: number;
  readonly clients: number;
  readonly steps: number;
}

/** Joiners and senders are clients of somebody: they are counted with the others. */
const rows: readonly (readonly [
  race: string,
  providers: number,
  users: number,
  clients: number,
  steps: number,
])[] = [
  ["S01", 1, 2, 3, 5],
  ["S02", 1, 2, 3, 5],
  ["S03", 1, 2, 4, 5],
  ["S04", 1, 2, 2, 4],
  ["S05", 1, 3, 4, 5],
  ["S06", 2, 3, 4, 7],
  ["S08", 1, 3, 3, 5],
  ["S09", 1, 2, 4, 4],
  ["S11", 1, 2, 4, 5],
  ["S12", 1, 2, 2, 3],
  ["S13", 1, 3, 3, 2],
  ["S14", 1, 2, 2, 3],
  ["S17", 3, 3, 3, 5],
  ["S18", 1, 2, 2, 3],
  ["S19", 2, 2, 2, 6],
  ["S20", 3, 2, 2, 6],
  ["S22", 2, 2, 2, 8],
  ["S24", 3, 2, 2, 6],
  ["S25", 3, 2, 2, 6],
  ["S27", 2, 2, 3, 4],
  ["S29", 2, 2, 2, 6],
  ["S30", 2, 2, 2, 6],
  ["S32", 2, 2, 2, 4],
  ["S33", 2, 2, 2, 4],
  ["S34", 2, 3, 3, 4],
  ["S36", 2, 2, 2, 4],
  ["S37", 2, 2, 2, 3],
  ["S38", 2, 2, 2, 2],
  ["S39", 2, 2, 2, 3],
  ["S40", 2, 2, 3, 3],
  ["S41", 1, 3, 4, 4],
  ["S42", 2, 2, 2, 6],
  ["S43", 2, 3, 3, 3],
  ["S44", 2, 3, 3, 3],
  ["S48", 2, 3, 3, 4],
  ["S49", 3, 2, 2, 4],
  ["S50", 3, 2, 2, 4],
  ["S53", 2, 2, 2, 4],
  ["S54", 2, 2, 2, 4],
  ["S55", 2, 2, 2, 2],
  ["S57", 1, 2, 2, 3],
  ["S58", 2, 2, 2, 2],
  ["S59", 1, 2, 2, 3],
  ["S61", 2, 2, 2, 4],
  ["S63", 1, 2, 2, 3],
  ["S65", 2, 2, 2, 5],
  ["S67", 1, 2, 3, 4],
  ["S68", 3, 1, 1, 3],
];
export const figures: readonly Figure[] = rows.map(([race, providers, users, clients, steps]) => ({
  race,
  providers,
  users,
  clients,
  steps,
}));

/** How much larger a counterexample may be than the figure. */
export const tolerance = 1.5;

export type Size = Omit<Figure, "race">;

/** What the story of a trial takes once its room is there: who takes part, and what they do or suffer. */
export function sizeOf({ scenario, faults }: Trial): Size {
  const story = scenario.chapters.filter(({ title }) => !isSetup.test(title));
  const moments = story.flatMap((each) => each.moments.flat());
  return {
    providers: scenario.providers.length,
    users: new Set(scenario.clients.map(({ user }) => user)).size,
    clients: scenario.clients.length,
    steps: moments.length + faults.length,
  };
}

const isSetup = /directories$|comes about$|has a room/;

export function actorsIn({ providers, users, clients }: Size): number {
  return providers + users + clients;
}

export function isWithin(size: Size, figure: Figure): boolean {
  return actorsIn(size) <= tolerance * actorsIn(figure) && size.steps <= tolerance * figure.steps;
}

/** Whether a trial still shows what the finding is about. */
export function shows(finding: Finding, trial: Trial): boolean {
  if (!("property" in finding)) return finding.evidence.find(trial) !== undefined;
  return violationsIn(tryOut(trial)).some(({ property }) => property === finding.property);
}

/** The finding's trial, as small as it gets. What only its evidence shows stays as it is told: that has no property to keep to. */
function smallest(finding: Finding): Trial {
  return "property" in finding
    ? shrink(finding.trial, (trial) => shows(finding, trial), 400).trial
    : finding.trial;
}

const folder = new URL("../docs/findings/smallest/", import.meta.url);
const page = new URL("../docs/counterexample-sizes.md", import.meta.url);

/** The recorded counterexample of a race; undefined where there is none. */
export function recorded(race: string): { readonly finding: Finding; readonly trial: Trial } | undefined {
  const finding = findings.find(({ scenario }) => scenario === race);
  const path = new URL(`${race}.json`, folder);
  if (finding === undefined || !existsSync(path)) return undefined;
  return { finding, trial: readReplay(readFileSync(path, "utf8")).trial };
}

export function sizesAsMarkdown(): string {
  const found = figures.flatMap((figure) => {
    const known = recorded(figure.race);
    return known === undefined ? [] : [{ figure, name: known.finding.name, size: sizeOf(known.trial) }];
  });
  const lacking = figures.filter(({ race }) => recorded(race) === undefined);
  const within = found.filter(({ figure, size }) => isWithin(size, figure));
  const cells = ({ providers, users, clients, steps }: Size) => `${providers}/${users}/${clients} | ${steps}`;
  return [
    "# Sizes of counterexamples",
    "",
    "The races that this project began with have each a smallest configuration, found by exhaustive search in small models",
    "or estimated: providers, users, clients, and steps. Here are the smallest stories in which the simulator shows them. A",
    "step is what somebody does once the room is there, or a fault; what follows from it is not counted, though some of the",
    `figures count deliveries, too. The aim is to need no more than ${tolerance} times as many actors and steps.`,
    "",
    `Of ${figures.length} races ${found.length} are shown by a story, and ${within.length} of those are within the aim.`,
    "",
    "| race | finding | figure: providers/users/clients | steps | here | steps | within |",
    "|-|-|-|-|-|-|-|",
    ...found.map(
      ({ figure, name, size }) =>
        `| ${figure.race} | [${name}](findings/${name}.md) | ${cells(figure)} | ${cells(size)} | ${isWithin(size, figure) ? "yes" : "no"} |`,
    ),
    "",
    "## Races that no story shows",
    "",
    ...lacking.map(({ race }) => `- ${race}: ${reasons.get(race) ?? "no story yet"}`),
    "",
  ].join("\n");
}

const reasons: ReadonlyMap<string, string> = new Map([
  ...withoutPage,
  ["S09", "it takes a schedule that is unfair for ever: clients of the model try a bounded number of times"],
  [
    "S11",
    "the hub of the model refuses the join while the removal is pending; let in all the same, it is S01",
  ],
  ["S29", "does not show: what comes before the commit that it depends on is kept until that is there"],
  ["S30", "does not show: what comes before the commit that it depends on is kept until that is there"],
  ["S50", "the adversary hub-equivocates does it; the drafts have nothing by which clients would notice"],
  ["S68", "no run: what a proxy takes for an asset host is asked as an answer (docs/defects.md)"],
]);

function main(): void {
  mkdirSync(folder, { recursive: true });
  for (const { race } of figures) {
    const finding = findings.find(({ scenario }) => scenario === race);
    if (finding === undefined) continue;
    const trial = smallest(finding);
    const property = "property" in finding ? finding.property : undefined;
    writeFileSync(new URL(`${race}.json`, folder), writeReplay({ trial, property }));
    console.log(race, finding.name, JSON.stringify(sizeOf(trial)));
  }
  writeFileSync(page, sizesAsMarkdown());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
