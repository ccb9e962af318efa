/** All checks on drafts read together; the findings in the order of the text, copies of one folded into it. */
import { type Analysed, analyse } from "./analysis/index.ts";
import { checkCddl } from "./checks/cddl.ts";
import type { CheckContext } from "./checks/context.ts";
import { checkCounts } from "./checks/counts.ts";
import { checkEndpoints } from "./checks/endpoints.ts";
import { checkEnumLists } from "./checks/enum-lists.ts";
import { checkExamples } from "./checks/examples.ts";
import { checkFigures } from "./checks/figures.ts";
import { checkJson } from "./checks/json.ts";
import { checkReading } from "./checks/reading.ts";
import { checkReferences } from "./checks/references.ts";
import { checkRegistries } from "./checks/registries.ts";
import { checkRequirements } from "./checks/requirements.ts";
import { checkRoles } from "./checks/roles.ts";
import { checkSpelling } from "./checks/spelling.ts";
import { checkText } from "./checks/text.ts";
import { checkTls } from "./checks/tls.ts";
import type { Draft, Place, Resolve } from "./document/index.ts";
import type { Flow } from "./figures/index.ts";
import { type Finding, type Report, type RuleId, rules, sectionName } from "./findings/index.ts";

export interface CheckOptions {
  /** Only these rules; without it, all. */
  readonly only?: ReadonlySet<RuleId>;
  readonly ignore?: ReadonlySet<RuleId>;
  /** Gives files beside the drafts, e.g. the binary form of an example. */
  readonly resolve?: Resolve;
  /** Gives the phases of a run of the model for a revision (`protocol-06`); asked only where a draft has figures. */
  readonly flowsOf?: (revision: string) => readonly Flow[];
}

const checks: readonly ((context: CheckContext) => void)[] = [
  checkReading,
  checkTls,
  checkEnumLists,
  checkCddl,
  checkExamples,
  checkJson,
  checkEndpoints,
  checkText,
  checkRegistries,
  checkRequirements,
  checkReferences,
  checkCounts,
  checkRoles,
  checkFigures,
  checkSpelling,
];

/** What is wrong with `drafts`, which may use each other's definitions. */
export function checkDrafts(drafts: readonly Draft[], options: CheckOptions = {}): Finding[] {
  const found: Finding[] = [];
  const analysed = drafts.map(analyse);
  const context = {
    drafts: analysed,
    report: reporter(found, options),
    resolve: options.resolve ?? (() => undefined),
    flowsOf: isWanted("figure-model-run", options) ? (options.flowsOf ?? noFlows) : noFlows,
  };
  for (const check of checks) check(context);
  return folded(withoutEchoes(found).toSorted(byPlace(analysed)));
}

const noFlows = () => [];

function isWanted(rule: RuleId, { only, ignore }: CheckOptions): boolean {
  return !ignore?.has(rule) && (only?.has(rule) ?? true);
}

function reporter(found: Finding[], options: CheckOptions): Report {
  return (rule, place, token, message, { fix, section } = {}) => {
    if (!isWanted(rule, options)) return;
    const { file, line, column } = place;
    found.push({
      rule,
      severity: rules[rule].severity,
      place: { file, line, column },
      token,
      message,
      fix,
      also: [],
      section: section === undefined ? "" : sectionName(section),
    });
  };
}

function byPlace(analysed: readonly Analysed[]): (a: Finding, b: Finding) => number {
  const order = new Map(analysed.map(({ draft }, i) => [draft.file, i]));
  const rank = ({ file }: Place) => order.get(file) ?? order.size;
  return (a, b) =>
    rank(a.place) - rank(b.place) ||
    (a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : 0) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column;
}

/** A word that another rule is about is not told to be misspelt, or to be otherwise in the model, too. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const isEcho = ({ rule }: Finding) => rule === "name-misspelt" || rule === "figure-model-run";
  const key = ({ place, token }: Finding) => `${place.file}:${place.line} ${token}`;
  const others = new Set(findings.filter((finding) => !isEcho(finding)).map(key));
  return findings.filter((finding) => !isEcho(finding) || !others.has(key(finding)));
}

/** A second finding of one rule, with the same words, is another place of the first. */
function folded(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.token}\n${finding.message}`;
    const before = first.get(key);
    first.set(key, before === undefined ? finding : { ...before, also: [...before.also, finding.place] });
  }
  return [...first.values()];
}
