/** Findings for programs: plain JSON, and SARIF 2.1.0 for code review tools. */
import { type Finding, type RuleId, ruleIds, rules, type Severity } from "../../spec-model/drafts/index.ts";

export function jsonReport(findings: readonly Finding[]): string {
  const plain = findings.map(({ fix, ...finding }) => ({
    ...finding,
    why: rules[finding.rule].why,
    fix: fix ?? rules[finding.rule].fix,
  }));
  return JSON.stringify({ findings: plain }, null, 2);
}

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "note" };

export function sarifReport(findings: readonly Finding[]): string {
  const used = ruleIds.filter((id) => findings.some(({ rule }) => rule === id));
  const driver = { name: "mimi check", rules: used.map(sarifRule) };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    results: findings.map((each) => sarifResult(each, used)),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return JSON.stringify(log, null, 2);
}

function sarifRule(id: RuleId) {
  const { what, why, fix, severity } = rules[id];
  return {
    id,
    shortDescription: { text: what },
    fullDescription: { text: why },
    help: { text: fix },
    defaultConfiguration: { level: levels[severity] },
  };
}

function sarifResult(finding: Finding, used: readonly RuleId[]) {
  const { rule, severity, message, fix, place, also } = finding;
  return {
    ruleId: rule,
    ruleIndex: used.indexOf(rule),
    level: levels[severity],
    message: { text: fix === undefined ? message : `${message} (${fix})` },
    locations: [location(place)],
    ...(also.length > 0 && { relatedLocations: also.map(location) }),
  };
}

function location({ file, line, column }: Finding["place"]) {
  const artifactLocation = { uri: file.replaceAll("\\", "/") };
  return { physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } } };
}
