/** `mimi check DRAFT...`: what is wrong in drafts, as a compiler would tell it. */
import { parse } from "node:path";
import { Command, Option } from "commander";
import { flowsOf } from "../../simulator/flows/index.ts";
import { closest } from "../../spec-model/closest.ts";
import {
  againstModel,
  type Change,
  checkDrafts,
  type Draft,
  diffDrafts,
  type Finding,
  type RuleId,
  ruleIds,
} from "../../spec-model/drafts/index.ts";
import { drafts as revisions } from "../../spec-model/drafts/revisions/index.ts";
import { againstBaseline, writeBaseline } from "../checking/baseline.ts";
import { changesReport } from "../checking/changes-report.ts";
import { jsonReport, sarifReport } from "../checking/json-report.ts";
import { markdownReport, ruleList } from "../checking/markdown-report.ts";
import { readSources, type Sources } from "../checking/sources.ts";
import { textReport } from "../checking/text-report.ts";
import { withTouched } from "../checking/touched.ts";
import type { ExitCode } from "../exit-code.ts";
import { readInput, writeFiles } from "../files.ts";
import { UsageError } from "../usage-error.ts";

type Format = "text" | "json" | "sarif" | "markdown";

interface Options {
  readonly format: Format;
  readonly rule: readonly string[];
  readonly ignore: readonly string[];
  readonly include: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly listRules: boolean;
  readonly diff: boolean;
  readonly model: boolean;
}

const command = "mimi check";
const several = (value: string, before: readonly string[]) => [...before, ...value.split(",")];

export function checkCommand(done: (code: ExitCode) => void): Command {
  return new Command("check")
    .description("check drafts: structures, schemas, examples, registries, roles, figures, endpoints")
    .argument("[drafts...]", "kramdown-rfc or mmark Markdown, RFCXML or text; several are read together")
    .addOption(
      new Option("--format <format>", "how to print")
        .choices(["text", "json", "sarif", "markdown"])
        .default("text"),
    )
    .option("--rule <ids>", "only these rules, separated by commas", several, [])
    .option("--ignore <ids>", "not these rules", several, [])
    .option("--include <path>", "a folder with included files, or NAME=PATH for one of them", several, [])
    .option("--baseline <file>", "tell only what is not in this file")
    .option("--write-baseline <file>", "write what was found into this file")
    .option(
      "--diff",
      "two drafts, the older first: what changed on the wire, in the rules and in the flows",
      false,
    )
    .option("--model", "how the draft differs from what is modelled of it, and what that touches", false)
    .option("--list-rules", "explain all rules, with examples", false)
    .action((paths: readonly string[], options: Options) => done(perform(paths, options)));
}

function perform(paths: readonly string[], options: Options): ExitCode {
  if (options.listRules) {
    console.log(ruleList());
    return 0;
  }
  if (paths.length === 0)
    throw new UsageError(`${command}: give the file of a draft, e.g. ${command} draft-ietf-mimi-protocol.md`);
  const sources = readSources(command, paths, options.include);
  if (options.diff || options.model) return tellChanges(sources, options);
  const found = findingsIn(sources, options);
  if (options.writeBaseline !== undefined) {
    const { base, dir } = parse(options.writeBaseline);
    writeFiles(command, dir === "" ? "." : dir, new Map([[base, writeBaseline(found)]]));
    console.log(`${found.length} findings are in ${options.writeBaseline}`);
    return 0;
  }
  const { fresh, stale } = compared(found, options.baseline);
  print(fresh, sources, options.format);
  if (stale > 0) console.error(`${command}: ${stale} entries of the baseline are not found any more`);
  return fresh.length > 0 ? 1 : 0;
}

/** As diff does: 1 where there is a difference. */
function tellChanges({ drafts }: Sources, { diff, format }: Options): ExitCode {
  if (format === "sarif")
    throw new UsageError(`${command}: differences are printed as text, json or markdown`);
  const [first, second, ...more] = drafts;
  if (diff && (second === undefined || more.length > 0)) {
    throw new UsageError(`${command}: --diff compares two drafts: ${command} --diff OLD NEW`);
  }
  const changes =
    diff && first !== undefined && second !== undefined
      ? diffDrafts(first, second)
      : drafts.flatMap(modelChanges);
  console.log(changesReport(changes.map(withTouched), format));
  return changes.length > 0 ? 1 : 0;
}

function modelChanges(draft: Draft): Change[] {
  const changes = againstModel(draft, flowsOf);
  if (changes !== undefined) return changes;
  const modelled = revisions.map(({ document }) => document).join(", ");
  throw new UsageError(
    `${command}: nothing is modelled of ${draft.name || draft.file}. Modelled are ${modelled}`,
  );
}

function findingsIn({ drafts, resolve }: Sources, { rule, ignore }: Options): Finding[] {
  return checkDrafts(drafts, {
    resolve,
    flowsOf,
    ignore: ruleSet(ignore),
    ...(rule.length > 0 && { only: ruleSet(rule) }),
  });
}

/** A group's name stands for its rules: `tls` for all that begin with `tls-`. */
function ruleSet(names: readonly string[]): Set<RuleId> {
  return new Set(names.flatMap(rulesCalled));
}

function rulesCalled(name: string): RuleId[] {
  const found = ruleIds.filter((id) => id === name || id.startsWith(`${name}-`));
  if (found.length > 0) return found;
  const near = closest(name, ruleIds);
  const hint = near === undefined ? `${command} --list-rules explains all rules` : `Did you mean "${near}"?`;
  throw new UsageError(`${command}: there is no rule "${name}". ${hint}`);
}

function compared(found: readonly Finding[], baseline: string | undefined) {
  if (baseline === undefined) return { fresh: found, stale: 0 };
  const text = new TextDecoder().decode(readInput(command, baseline));
  return againstBaseline(command, baseline, text, found);
}

function print(findings: readonly Finding[], { drafts }: Sources, format: Format): void {
  if (format === "json") console.log(jsonReport(findings));
  else if (format === "sarif") console.log(sarifReport(findings));
  else if (format === "markdown") console.log(markdownReport(findings));
  else console.log(textReport(findings, drafts).join("\n"));
}
