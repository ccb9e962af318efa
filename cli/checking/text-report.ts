/** Findings as a compiler prints them: place, line, what is wrong, why it matters, what to do. */
import { type Draft, type Finding, rules, type Severity } from "../../spec-model/drafts/index.ts";
import { bold, cyan, dim, red, yellow } from "../colours.ts";
import { columns, wrapped } from "../decoding/layout.ts";
import { excerpt } from "./excerpt.ts";

const paint: Readonly<Record<Severity, (text: string) => string>> = {
  error: red,
  warning: yellow,
  note: cyan,
};

/** The lines to print, the summary last. */
export function textReport(findings: readonly Finding[], drafts: readonly Draft[]): string[] {
  const explained = new Set<string>();
  const lines = findings.flatMap((finding) => {
    const isFirst = !explained.has(finding.rule);
    explained.add(finding.rule);
    return [...findingLines(finding, drafts, isFirst), ""];
  });
  return [...lines, summary(findings, drafts)];
}

function findingLines(finding: Finding, drafts: readonly Draft[], explain: boolean): string[] {
  const { rule, severity, place, message, fix, also, section } = finding;
  const shown = excerpt(finding, drafts);
  const gutter = " ".repeat(String(place.line).length + 1);
  const note = (label: string, text: string) => {
    const [first = "", ...more] = wrapped(text, columns - gutter.length - label.length - 4);
    const indent = " ".repeat(label.length + 4);
    return [
      `${gutter}${dim("=")} ${bold(label)}: ${first}`,
      ...more.map((line) => `${gutter}${indent}${line}`),
    ];
  };
  return [
    `${paint[severity](`${severity}[${rule}]`)}: ${bold(message)}`,
    `${gutter}${dim("-->")} ${place.file}:${place.line}:${place.column}${section === "" ? "" : dim(` (${section})`)}`,
    ...(shown === undefined
      ? []
      : [`${dim(`${place.line} |`)} ${shown.text}`, `${gutter}${dim("|")} ${paint[severity](shown.marks)}`]),
    ...(explain ? note("why", rules[rule].why) : []),
    ...note("fix", fix ?? rules[rule].fix),
    ...(also.length === 0 ? [] : note("also", alsoText(finding))),
  ];
}

function alsoText({ also, place }: Finding): string {
  const places = also.map(({ file, line }) => (file === place.file ? String(line) : `${file}:${line}`));
  return `in line${also.length === 1 ? "" : "s"} ${[...new Set(places)].join(", ")}`;
}

function summary(findings: readonly Finding[], drafts: readonly Draft[]): string {
  const files = drafts.length === 1 ? (drafts[0]?.file ?? "") : `${drafts.length} drafts`;
  if (findings.length === 0) return `${files}: nothing found`;
  const counts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return `${files}: ${counts.join(", ")}`;
}
