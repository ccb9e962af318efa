/** Findings as Markdown, for an issue or a comment; the rules as a page. */
import { type Finding, type RuleId, ruleIds, rules } from "../../spec-model/drafts/index.ts";

export function markdownReport(findings: readonly Finding[]): string {
  if (findings.length === 0) return "Nothing found.";
  const rows = findings.map(({ place, rule, severity, message, fix, also }) => {
    const places = [place, ...also].map(({ file, line }) => `${file}:${line}`).join(", ");
    return `| ${severity} | ${places} | ${cell(message)} | ${cell(fix ?? rules[rule].fix)} | ${rule} |`;
  });
  return ["| severity | place | what | fix | rule |", "|-|-|-|-|-|", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}

/** Every rule with its severity, what, why and fix, and an example. */
export function ruleList(): string {
  return ruleIds.map(ruleText).join("\n\n");
}

function ruleText(id: RuleId): string {
  const { severity, what, why, fix, example } = rules[id];
  const indented = example.split("\n").map((line) => `      ${line}`);
  return [
    `${id} (${severity})`,
    `  what: ${what}`,
    `  why:  ${why}`,
    `  fix:  ${fix}`,
    "  example:",
    ...indented,
  ].join("\n");
}
