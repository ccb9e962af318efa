/** Differences between drafts, or between a draft and the model, with what they touch. */
import type { Area } from "../../spec-model/drafts/index.ts";
import { bold, dim, green, red } from "../colours.ts";
import { columns, wrapped } from "../decoding/layout.ts";
import type { Touched, TouchingChange } from "./touched.ts";

const headings: Readonly<Record<Area, string>> = {
  wire: "On the wire",
  schema: "In schemas",
  registry: "In registries",
  endpoint: "At endpoints",
  rule: "In what sentences demand",
  flow: "In flows",
};

const labels: Readonly<Record<keyof Touched, string>> = {
  requirements: "requirements",
  models: "models",
  tests: "tests",
  endpoints: "endpoints",
  scenarios: "scenarios",
  properties: "properties",
  vectors: "vectors",
  decisions: "read here as",
};

const mostNames = 12;

export function changesReport(changes: readonly TouchingChange[], format: string): string {
  if (format === "json") return JSON.stringify({ changes }, null, 2);
  if (changes.length === 0) return "No differences.";
  return format === "markdown" ? markdown(changes) : text(changes);
}

function byArea(changes: readonly TouchingChange[]): [string, TouchingChange[]][] {
  const areas = Object.keys(headings) as Area[];
  return areas
    .map((area): [string, TouchingChange[]] => [headings[area], changes.filter((each) => each.area === area)])
    .filter(([, all]) => all.length > 0);
}

function text(changes: readonly TouchingChange[]): string {
  const groups = byArea(changes).map(([heading, all]) =>
    [bold(heading), ...all.flatMap(changeLines)].join("\n"),
  );
  return [...groups, `${changes.length} difference${changes.length === 1 ? "" : "s"}`].join("\n\n");
}

function changeLines({ kind, name, section, place, details, touches }: TouchingChange): string[] {
  const where = place === undefined ? "" : ` ${dim(`${place.file}:${place.line}`)}`;
  const number = section === "" || name.startsWith("§") ? "" : ` §${section}`;
  const lines = details.flatMap((detail) =>
    wrapped(detail, columns - 6).map((line, i) => `    ${paintOf(detail)(i === 0 ? line : `  ${line}`)}`),
  );
  return [`  ${kind} ${bold(name)}${number}${where}`, ...lines, ...touchedLines(touches)];
}

function paintOf(detail: string): (text: string) => string {
  return detail.startsWith("+") ? green : red;
}

function touchedLines(touches: Touched): string[] {
  return (Object.keys(labels) as (keyof Touched)[]).flatMap((key) => {
    const names = touches[key];
    if (names.length === 0) return [];
    const more = names.length - mostNames;
    const shown =
      names.slice(0, mostNames).join(key === "decisions" ? "; " : ", ") +
      (more > 0 ? ` and ${more} more` : "");
    const [first = "", ...others] = wrapped(`${labels[key]}: ${shown}`, columns - 8);
    return [`      ${dim(first)}`, ...others.map((line) => `        ${dim(line)}`)];
  });
}

function markdown(changes: readonly TouchingChange[]): string {
  return byArea(changes)
    .map(([heading, all]) => {
      const items = all.map(({ kind, name, section, details, touches }) => {
        const lines = details.map((detail) => `      ${detail}`);
        const touched = (Object.keys(labels) as (keyof Touched)[]).flatMap((key) =>
          touches[key].length === 0 ? [] : [`  - ${labels[key]}: ${touches[key].join(", ")}`],
        );
        const number = section === "" || name.startsWith("§") ? "" : ` (§${section})`;
        return [
          `- ${kind} **${name}**${number}`,
          ...(lines.length > 0 ? ["", ...lines, ""] : []),
          ...touched,
        ].join("\n");
      });
      return `## ${heading}\n\n${items.join("\n")}`;
    })
    .join("\n\n");
}
