/** Checks of the schemas in CDDL: each draft's blocks are one schema, and inline snippets are parts of it. */
import { type Analysed, meant, type TextBlock } from "../analysis/index.ts";
import { type Cddl, type Group, parseCddl, prelude, type Rule, type Type } from "../cddl/index.ts";
import { sentencesOf } from "../reading/index.ts";
import type { CheckContext } from "./context.ts";

interface SchemaBlock extends TextBlock {
  readonly cddl: Cddl;
}

interface Defined {
  readonly rule: Rule;
  readonly block: SchemaBlock;
}

/** More undefined names than these: the schema goes with another document's. */
const mostUndefined = 4;

export function checkCddl(context: CheckContext): void {
  for (const analysed of context.drafts) {
    const blocks = schemaBlocks(analysed);
    if (blocks.length === 0) continue;
    const defined = definedIn(blocks);
    for (const block of blocks) tellFaults(block, context);
    // Without all of its files, nobody knows what the schema lacks.
    const isWhole = analysed.draft.problems.every(({ kind }) => kind !== "missingInclude");
    const lacks = isWhole && tellUndefined(blocks, defined, analysed, context) > 0;
    const isBroken = blocks.some(({ cddl }) => cddl.faults.length > 0);
    for (const [name, all] of defined) {
      tellDrift(name, all, context);
      // What is misspelt is unused, too.
      if (!lacks && !isBroken) tellUnused(name, all, analysed, context);
    }
  }
}

/** The draft's blocks of CDDL, parsed. */
export function schemaBlocks(analysed: Analysed): SchemaBlock[] {
  return analysed.blocks("cddl").map((block) => ({ ...block, cddl: parseCddl(block.text) }));
}

function definedIn(blocks: readonly SchemaBlock[]): Map<string, Defined[]> {
  const byName = new Map<string, Defined[]>();
  for (const block of blocks) {
    for (const rule of block.cddl.rules)
      byName.set(rule.name, [...(byName.get(rule.name) ?? []), { rule, block }]);
  }
  return byName;
}

function tellFaults({ block, cddl, placeAt }: SchemaBlock, { report }: CheckContext): void {
  // Where nothing says that it is CDDL, many mistakes mean that it is not.
  if (block.language === "" && cddl.faults.length > Math.max(1, cddl.rules.length / 2)) return;
  for (const { offset, token, message } of cddl.faults) {
    report("cddl-syntax", placeAt(offset), token, message, { section: block.section });
  }
}

function tellUndefined(
  blocks: readonly SchemaBlock[],
  defined: ReadonlyMap<string, unknown>,
  analysed: Analysed,
  { report }: CheckContext,
): number {
  const imported = importedNames(analysed, blocks);
  const begun = begunRules(blocks);
  let told = 0;
  const missing = blocks.flatMap((block) =>
    block.cddl.rules.flatMap((rule) =>
      namesIn(rule.type)
        .filter(({ name }) => !defined.has(name) && !prelude.has(name) && !rule.parameters.includes(name))
        // Extension points, other modules, and values that IANA has yet to assign.
        .filter(({ name }) => !/^(?:\$|TBD)/.test(name) && !name.includes(".") && !begun.has(name))
        .map((each) => ({ ...each, block, near: meant(each.name, [...defined.keys(), ...prelude]) })),
    ),
  );
  const unknown = new Set(
    missing.filter(({ near, name }) => near === undefined && !imported.has(name)).map(({ name }) => name),
  );
  for (const { name, offset, block, near } of missing) {
    if (near === undefined && (imported.has(name) || unknown.size > mostUndefined)) continue;
    told++;
    report("cddl-undefined", block.placeAt(offset), name, `${name} is not defined`, {
      section: block.block.section,
      ...(near !== undefined && { fix: `did you mean ${near}?` }),
    });
  }
  return told;
}

/** Rules that a mistake in them keeps from being read: that is told where it stands. */
function begunRules(blocks: readonly SchemaBlock[]): Set<string> {
  const broken = blocks.filter(({ cddl }) => cddl.faults.length > 0);
  const rules = broken.flatMap(({ text }) => [...text.matchAll(/^\s*([A-Za-z@_$][\w.$@-]*)\s*=/gm)]);
  return new Set(rules.map((match) => match[1] ?? ""));
}

/** Names that a sentence or a comment mentions with another document. */
function importedNames({ draft }: Analysed, blocks: readonly SchemaBlock[]): Set<string> {
  const sentences = draft.prose.flatMap(sentencesOf).map(({ text }) => text);
  const comments = blocks.flatMap(({ text }) => text.match(/;[^\n]*/g) ?? []);
  const names = new Set<string>();
  for (const text of [...sentences, ...comments]) {
    if (!/\{\{|\[@|\[(?:RFC|I-D)|RFC ?\d{4}|import|defined in/i.test(text)) continue;
    for (const [name] of text.matchAll(/[A-Za-z][\w-]*/g)) names.add(name);
  }
  return names;
}

function namesIn(type: Type): { name: string; offset: number }[] {
  switch (type.kind) {
    case "name":
      return [{ name: type.name, offset: type.offset }, ...type.args.flatMap(namesIn)];
    case "choice":
      return type.of.flatMap(namesIn);
    case "array":
    case "map":
    case "group":
      return namesInGroup(type.group);
    case "range":
      return [...namesIn(type.from), ...namesIn(type.to)];
    case "control":
      return [...namesIn(type.target), ...namesIn(type.argument)];
    case "tag":
    case "unwrap":
    case "among":
      return namesIn(type.of);
    default:
      return [];
  }
}

function namesInGroup(group: Group): { name: string; offset: number }[] {
  return group
    .flat()
    .flatMap(({ key, type }) => [...(key === undefined ? [] : namesIn(key)), ...namesIn(type)]);
}

function tellDrift(name: string, [first, ...others]: readonly Defined[], { report }: CheckContext): void {
  if (first === undefined) return;
  const words = wordsOf(first);
  for (const other of others) {
    if (first.rule.extends || other.rule.extends) continue;
    const own = wordsOf(other);
    const index = own.findIndex(({ text }, i) => text !== words[i]?.text);
    if (index === -1 && own.length === words.length) continue;
    const here = own[index === -1 ? own.length : index];
    const there = words[index === -1 ? own.length : index];
    const { block } = other;
    const original = first.block.placeAt(there?.offset ?? first.rule.offset);
    const where =
      original.file === block.block.opened.file
        ? `line ${original.line}`
        : `${original.file}, line ${original.line}`;
    const message = `${name} differs from its other definition: ${here?.text ?? "nothing"} here, ${there?.text ?? "nothing"} in ${where}`;
    report("cddl-drift", block.placeAt(here?.offset ?? other.rule.offset), name, message, {
      section: block.block.section,
    });
  }
}

/** The rule's words; commas say nothing in CDDL. */
function wordsOf({ rule, block }: Defined): { text: string; offset: number }[] {
  const next = block.cddl.rules[block.cddl.rules.indexOf(rule) + 1]?.offset ?? block.text.length;
  const text = block.text
    .slice(rule.offset, next)
    .replace(/;[^\n]*/g, (comment) => " ".repeat(comment.length));
  const words = text.matchAll(/"[^"]*"|'[^']*'|[\w$@.-]+|=>|\/\/|[^\s,\w]/g);
  return [...words].map((match) => ({ text: match[0], offset: rule.offset + match.index }));
}

function tellUnused(
  name: string,
  all: readonly Defined[],
  analysed: Analysed,
  { report }: CheckContext,
): void {
  const [first] = all;
  if (first === undefined || name.startsWith("$") || name.includes("-") || name.includes(".")) return;
  const isRoot = first.block.cddl.rules[0] === first.rule;
  if (isRoot || first.rule.extends || analysed.uses(name) > all.length) return;
  report("cddl-unused", first.block.placeAt(first.rule.offset), name, `nothing uses ${name}`, {
    section: first.block.block.section,
  });
}
