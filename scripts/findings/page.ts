// A finding's page, made from its data and its run.
import { asciiFigures } from "../../simulator/diagram/index.ts";
import { formatFault } from "../../simulator/faults/index.ts";
import { knownAs } from "../../simulator/properties/index.ts";
import { type Trial, tryOut, violationsIn } from "../../simulator/search/index.ts";
import { formatChoice, parseChoice } from "../../simulator/variants/index.ts";
import type { Finding } from "./finding.ts";

/** Where a finding's replay file is, from the repository's root. */
export function replayPath({ name }: Finding): string {
  return `docs/findings/replays/${name}.json`;
}

/** The page as Markdown. Throws RangeError where the run does not show the finding. */
export function pageOf(finding: Finding): string {
  const { title, scenario, question, today, consequence, suggestion, trial } = finding;
  const shown = shownBy(finding, trial);
  if (shown === undefined) throw new RangeError(`${finding.name}: the run does not show it`);
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
    shown,
    "",
    ...storyLines(trial),
    "",
    "~~~ sh",
    `mimi replay ${replayPath(finding)}`,
    "~~~",
    "",
    ...("evidence" in finding
      ? ["No property of the toolkit breaks: the sentence above is read off the run's trace.", ""]
      : []),
    ...comparison(finding),
    "## The ladder",
    "",
    ...figures(tryOut(trial).trace),
  ].join("\n");
}

/** The sentences in which `trial` shows the finding; undefined where it does not. */
export function shownBy(finding: Finding, trial: Trial): string | undefined {
  if ("evidence" in finding) {
    const seen = finding.evidence.find(trial);
    return seen === undefined ? undefined : `${finding.evidence.says}. ${seen}.`;
  }
  const { property } = finding;
  const violation = violationsIn(tryOut(trial)).find((each) => each.property === property);
  if (violation === undefined) return undefined;
  const [detail] = violation.detail.split(` (${knownAs}`);
  return `${property} does not hold: ${violation.says}. ${detail}.`;
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
    "| finding | scenario | what shows it |",
    "|-|-|-|",
    ...findings.map(
      (finding) =>
        `| [${finding.title}](${finding.name}.md) | ${finding.scenario ?? "new"} | ${"property" in finding ? finding.property : "seen in the trace"} |`,
    ),
    "",
    "## Not yet",
    "",
    "Scenarios of the list that are called gaps and have no page, with the reason:",
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

function comparison(finding: Finding): string[] {
  const { compared, trial } = finding;
  if (compared.length === 0) return [];
  const rows = compared.map(([says, ...texts]) => {
    const other = { ...trial, variants: texts.map(parseChoice) };
    const variants = texts.length === 0 ? "" : ` (${texts.map((text) => `\`${text}\``).join(", ")})`;
    return `| ${says}${variants} | ${"evidence" in finding ? (finding.evidence.find(other) ?? "it does not show") : broken(other)} |`;
  });
  return ["## Compared", "", "| with | comes to |", "|-|-|", ...rows, ""];
}

/** What of the properties a trial breaks, in words. */
function broken(trial: Trial): string {
  const ids = [...new Set(violationsIn(tryOut(trial)).map((each) => each.property))];
  return ids.length === 0 ? "everything holds" : `${ids.join(", ")} do not hold`;
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
