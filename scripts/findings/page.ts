// A finding's page, made from its data and its run.
import { asciiFigures } from "../../simulator/diagram/index.ts";
import { formatFault } from "../../simulator/faults/index.ts";
import { type Trial, tryOut, violationsIn } from "../../simulator/search/index.ts";
import { formatChoice, parseChoice } from "../../simulator/variants/index.ts";
import type { Finding } from "./finding.ts";

/** Where a finding's replay file is, from the repository's root. */
export function replayPath({ name }: Finding): string {
  return `docs/findings/replays/${name}.json`;
}

/** The page as Markdown. Throws RangeError where the run does not show the finding. */
export function pageOf(finding: Finding): string {
  const { title, scenario, question, today, consequence, suggestion, trial, property } = finding;
  const run = tryOut(trial);
  const violation = violationsIn(run).find((each) => each.property === property);
  if (violation === undefined) throw new RangeError(`${finding.name}: ${property} holds`);
  return [
    `# ${title}`,
    "",
    scenario === undefined
      ? "New: not among the scenarios that the project began with."
      : `Scenario ${scenario}.`,
    "",
    `**Question.** ${question}`,
    "",
    `**What the documents say.** ${today}`,
    "",
    `**What happens.** ${consequence}`,
    "",
    `**Suggestion.** ${suggestion}`,
    "",
    "## The run",
    "",
    `${property} does not hold: ${violation.says}. ${violation.detail}.`,
    "",
    ...storyLines(trial),
    "",
    "~~~ sh",
    `mimi replay ${replayPath(finding)}`,
    "~~~",
    "",
    ...comparison(finding),
    "## The ladder",
    "",
    ...figures(run.trace),
  ].join("\n");
}

export function indexOf(
  findings: readonly Finding[],
  without: readonly (readonly [string, string])[],
): string {
  return [
    "# Findings",
    "",
    "Gaps of the drafts that the toolkit shows by a run. Each page has the question, what the documents say, the run that",
    "shows it, what other answers come to, and a suggestion. `npm run findings` makes the pages from the runs.",
    "",
    "| finding | scenario | property |",
    "|-|-|-|",
    ...findings.map(
      ({ name, title, scenario, property }) =>
        `| [${title}](${name}.md) | ${scenario ?? "new"} | ${property} |`,
    ),
    "",
    "## Not yet",
    "",
    "Scenarios of the list that are called gaps and have no page:",
    "",
    ...without.map(([scenario, because]) => `- ${scenario}: ${because}`),
    "",
  ].join("\n");
}

function storyLines({ scenario, faults, variants, seed, latency, mls }: Trial): string[] {
  const moments = scenario.chapters.flatMap((chapter) => chapter.moments);
  return [
    ...moments.map((list) => `1. ${list.map(({ says }) => says).join(", and at the same time ")}.`),
    "",
    ...faults.map((fault) => `- Fault: \`${formatFault(fault)}\``),
    ...variants.map((choice) => `- Variant: \`${formatChoice(choice)}\``),
    `- Seed ${seed}, latency ${latency}, ${mls} MLS`,
  ];
}

function comparison({ compared, trial }: Finding): string[] {
  if (compared.length === 0) return [];
  const rows = compared.map(([says, ...texts]) => {
    const broken = violationsIn(tryOut({ ...trial, variants: texts.map(parseChoice) }));
    const ids = [...new Set(broken.map((each) => each.property))];
    const variants = texts.length === 0 ? "" : ` (${texts.map((text) => `\`${text}\``).join(", ")})`;
    return `| ${says}${variants} | ${ids.length === 0 ? "everything holds" : `${ids.join(", ")} do not hold`} |`;
  });
  return ["## Compared", "", "| with | comes to |", "|-|-|", ...rows, ""];
}

/** The chapters in which the story is told; how the providers and the room came about is left out. */
function figures(trace: Parameters<typeof asciiFigures>[0]): string[] {
  const all = asciiFigures(trace);
  const told = all.filter(({ title }) => !/directories$|comes about$|^The faults end$/.test(title));
  return (told.length === 0 ? all : told).flatMap(({ title, draft, text }) => [
    `${title}${draft === undefined ? "" : ` (${draft})`}:`,
    "",
    "~~~ aasvg",
    text,
    "~~~",
    "",
  ]);
}
