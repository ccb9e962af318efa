/** Checks of tables of requirements: their numbers, their keywords, and that text and table say the same. */
import type { Cell, Draft, Place, Section, Table } from "../document/index.ts";
import { type Sentence, sentencesOf } from "../reading/index.ts";
import type { CheckContext } from "./context.ts";

interface Requirement {
  readonly id: string;
  readonly number: number;
  readonly says: string;
  readonly place: Place;
  readonly section: Section;
  /** What the columns say of it; undefined where none is marked, or both. */
  readonly isMandatory: boolean | undefined;
}

interface RequirementTable {
  /** What all ids begin with: the `R` of R1. */
  readonly prefix: string;
  readonly requirements: readonly Requirement[];
}

/** Where the text states a requirement: a paragraph that begins with its id. */
interface Statement {
  readonly id: string;
  readonly sentence: Sentence;
}

const fewestRows = 3;
const strong = /\b(?:MUST|SHALL|REQUIRED)\b/;
const weak = /\b(?:SHOULD|RECOMMENDED|MAY|OPTIONAL)\b/;

export function checkRequirements(context: CheckContext): void {
  for (const { draft } of context.drafts) {
    for (const found of tablesIn(draft)) {
      const isNumbered = checkNumbers(found, context);
      for (const requirement of found.requirements) checkKeyword(requirement, context);
      // Where a number is wrong, it is not what the text calls the requirement either.
      if (isNumbered) checkText(found, draft, context);
    }
  }
}

function tablesIn({ tables }: Draft): RequirementTable[] {
  return tables.flatMap((table) => {
    const texts = table.header.map(({ text }) => plain(text));
    const ids = texts.findIndex((text) =>
      /^(?:#|id|no\.?|nr\.?|number|req\.?(?:uirement)? ?(?:id|no\.?|#))$/i.test(text),
    );
    const says = texts.findIndex((text, i) => i !== ids && /^requirements?$/i.test(text));
    if (ids === -1 || says === -1) return [];
    const requirements = table.rows.flatMap((row) => requirementIn(row[ids], row[says], row, table));
    const prefix = prefixOf(requirements[0]?.id ?? "");
    const isOne = requirements.every(({ id }) => prefixOf(id) === prefix);
    return requirements.length < fewestRows || !isOne ? [] : [{ prefix, requirements }];
  });
}

function requirementIn(
  id: Cell | undefined,
  says: Cell | undefined,
  row: readonly Cell[],
  { header, section }: Table,
): Requirement[] {
  const name = plain(id?.text ?? "");
  const number = /^[A-Z][A-Z-]{0,7}(\d+)$/.exec(name)?.[1];
  if (id === undefined || says === undefined || number === undefined) return [];
  const isMarked = (column: RegExp) =>
    row.some(
      ({ text }, i) => column.test(header[i]?.text ?? "") && /^(?:x|yes|y|\u2713|\u2714)$/i.test(text),
    );
  const mandatory = isMarked(/^(?:mandatory|required|must)$/i);
  const optional = isMarked(/^(?:optional|recommended|should|may)$/i);
  const isMandatory = mandatory === optional ? undefined : mandatory;
  return [
    { id: name, number: Number(number), says: plain(says.text), place: id.place, section, isMandatory },
  ];
}

function prefixOf(id: string): string {
  return id.replace(/\d+$/, "");
}

/** Without emphasis. */
function plain(text: string): string {
  return text.replace(/^[*_`\s]+|[*_`\s]+$/g, "");
}

/** Whether each number is there once, in order, and none left out: a reference has to find its requirement. */
function checkNumbers({ requirements }: RequirementTable, { report }: CheckContext): boolean {
  let isRight = true;
  const tell = ({ id, place, section }: Requirement, message: string) => {
    isRight = false;
    report("requirement-number", place, id, message, { section });
  };
  const seen = new Set<string>();
  let before: Requirement | undefined;
  for (const each of requirements) {
    const { id, number } = each;
    if (seen.has(id)) tell(each, `${id} is there twice`);
    else if (before !== undefined && number !== before.number + 1) tell(each, `${id} follows ${before.id}`);
    seen.add(id);
    before = each;
  }
  return isRight;
}

function checkKeyword(
  { id, says, isMandatory, place, section }: Requirement,
  { report }: CheckContext,
): void {
  if (isMandatory === undefined || strong.test(says) === weak.test(says)) return;
  if (strong.test(says) === isMandatory) return;
  const keyword = (strong.exec(says) ?? weak.exec(says))?.[0] ?? "";
  const marked = isMandatory ? "mandatory" : "optional";
  report("requirement-keyword", place, id, `${id} has the keyword ${keyword} and is marked ${marked}`, {
    section,
  });
}

function checkText({ prefix, requirements }: RequirementTable, draft: Draft, { report }: CheckContext): void {
  const byId = new Map(requirements.map((each) => [each.id, each]));
  const statements = statementsIn(draft, prefix);
  for (const { id, sentence } of statements) {
    const requirement = byId.get(id);
    if (requirement === undefined) continue;
    const difference = firstDifference(requirement.says, sentence.text.replace(/^\S+\s*/, ""));
    if (difference === undefined) continue;
    const message = `${id} says ${difference.text} in the text and ${difference.table} in the table`;
    report("requirement-differs", sentence.place, id, message, { section: sentence.section });
  }
  const stated = new Set(statements.map(({ id }) => id));
  const unstated = requirements.filter(({ id }) => !stated.has(id));
  if (unstated.length * 2 <= requirements.length) {
    for (const { id, place, section } of unstated)
      report("requirement-unknown", place, id, `the text does not state ${id}, as it does the others`, {
        section,
      });
  }
  tellUnknown(prefix, byId, draft, report);
}

function statementsIn({ prose }: Draft, prefix: string): Statement[] {
  const pattern = new RegExp(`^[*_\`]*(${prefix}\\d+)[*_\`]*\\s*[:.]`);
  return prose.flatMap((each) => {
    const id = pattern.exec(each.lines[0]?.text ?? "")?.[1];
    const [sentence] = sentencesOf(each);
    return id === undefined || sentence === undefined ? [] : [{ id, sentence }];
  });
}

/** The first words that the table and the text do not share; marks and a full stop do not count. */
function firstDifference(table: string, text: string): { table: string; text: string } | undefined {
  const [a, b] = [wordsOf(table), wordsOf(text)];
  const index = a.findIndex((word, i) => word !== b[i]);
  if (index === -1 && a.length === b.length) return undefined;
  const at = index === -1 ? a.length : index;
  const shown = (words: readonly string[]) => (words[at] === undefined ? "no more" : `"${words[at]}"`);
  return { table: shown(a), text: shown(b) };
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}'\u2019-]+/gu)?.map((word) => word.replaceAll("\u2019", "'")) ?? [];
}

/** `R12` or `requirement 12` where the table ends with R10. */
function tellUnknown(
  prefix: string,
  known: ReadonlyMap<string, Requirement>,
  { prose }: Draft,
  report: CheckContext["report"],
): void {
  const reference = new RegExp(
    `(?<![\\w-])(${prefix}\\d+)(?![\\w-])|\\brequirements?\\s+(\\d+)(?![\\w.-])`,
    "gi",
  );
  for (const { lines, section } of prose) {
    for (const line of lines) {
      for (const match of line.text.matchAll(reference)) {
        const id = match[1] ?? `${prefix}${match[2]}`;
        if (known.has(id) || !id.startsWith(prefix)) continue;
        const place = { file: line.file, line: line.line, column: line.column + match.index };
        report("requirement-unknown", place, match[0], `the table has no requirement ${id}`, { section });
      }
    }
  }
}
