/** Checks of references within a draft: the sections, figures and tables that it refers to are there. */
import { type Draft, type Line, type Place, type Prose, placeIn, type Section } from "../document/index.ts";
import type { CheckContext } from "./context.ts";

export function checkReferences({ drafts, report }: CheckContext): void {
  for (const { draft } of drafts) {
    // Without all of its files, nobody knows what a draft lacks.
    if (draft.problems.some(({ kind }) => kind !== "unclosedBlock")) continue;
    checkNumbers(draft, report);
    if (draft.form === "xml") checkTargets(draft, xmlTargets, xmlAnchors, report);
    if (draft.form === "markdown") checkTargets(draft, markdownTargets, markdownAnchors, report);
  }
}

const numbered = /\b([Ss]ection|[Aa]ppendix)\s+(\d+(?:\.\d+)*|[A-Z](?:\.\d+)*)(?![\w-])/g;
/** A paragraph with one of these may be about another document's sections. */
const elsewhere =
  /\b(?:RFC|BCP|STD|ISO|ITU|FIPS|NIST|SP|X\.\d|draft-|I-D)|\[[A-Za-z@!?]|\{\{(?![a-z][\w-]*\}\})|[Ss]ection\s+\S+,?\s+(?:of|in)\b|\b(?:Act|Regulation|Law|Code)\b/;

/** `Section 9.9`, of a draft that has eight. */
function checkNumbers({ sections, prose }: Draft, report: CheckContext["report"]): void {
  const numbers = new Set(sections.map(({ number }) => number));
  if (sections.filter(({ number }) => number !== "").length < 2) return;
  for (const [i, paragraph] of prose.entries()) {
    if (!paragraph.section.number || !paragraph.lines.some(({ text }) => /ection|ppendix/.test(text)))
      continue;
    // What is quoted stands behind the paragraph that says whence.
    const around = prose
      .slice(Math.max(0, i - 1), i + 1)
      .filter(({ section }) => section === paragraph.section);
    if (around.some((each) => elsewhere.test(textOf(each)))) continue;
    for (const line of paragraph.lines) {
      for (const match of line.text.matchAll(numbered)) {
        const [whole, kind = "", number = ""] = match;
        if (numbers.has(number) || (/^s/i.test(kind) && /^[A-Z]$/.test(number))) continue;
        const message = `there is no ${kind.toLowerCase()} ${number} here`;
        report("reference-unknown", placeIn(line, match.index), whole, message, {
          section: paragraph.section,
        });
      }
    }
  }
}

function textOf({ lines }: Prose): string {
  return lines.map(({ text }) => text).join(" ");
}

interface Target {
  readonly anchor: string;
  readonly index: number;
}

function checkTargets(
  draft: Draft,
  targetsIn: (text: string) => Target[],
  anchorsOf: (draft: Draft) => ReadonlySet<string>,
  report: CheckContext["report"],
): void {
  let anchors: ReadonlySet<string> | undefined;
  for (const { line, section } of linesOf(draft)) {
    for (const { anchor, index } of targetsIn(line.text)) {
      anchors ??= anchorsOf(draft);
      if (anchors.has(anchor) || anchors.has(anchor.replace(/^sec-/, ""))) continue;
      report("reference-unknown", placeIn(line, index), anchor, `nothing has the anchor ${anchor}`, {
        section,
      });
    }
  }
}

/** Prose and tables of Markdown; of XML the source itself, as its prose has words in the place of references. */
function* linesOf({
  form,
  source,
  file,
  prose,
  tables,
  sections,
}: Draft): Generator<{ line: Line; section: Section }> {
  const [front] = sections;
  if (form === "xml" && front !== undefined) {
    for (const [i, text] of source.entries())
      yield { line: { text, file, line: i + 1, column: 1 }, section: front };
    return;
  }
  for (const { lines, section } of prose) for (const line of lines) yield { line, section };
  for (const { header, rows, section } of tables)
    for (const { text, place } of [header, ...rows].flat()) yield { line: lineAt(text, place), section };
}

function lineAt(text: string, { file, line, column }: Place): Line {
  return { text, file, line, column };
}

function xmlTargets(text: string): Target[] {
  if (!text.includes("<")) return [];
  return [...text.matchAll(/<(?:xref|relref)\b[^>]*?\btarget=["']([^"']+)["']/g)]
    .map((match) => ({
      anchor: match[1] ?? "",
      index: match.index + match[0].length - (match[1] ?? "").length - 1,
    }))
    .filter(({ anchor }) => !isDocument(anchor));
}

/** References to other documents may be included or come from a list that their tools have. */
function isDocument(anchor: string): boolean {
  return (
    /^(?:RFC|BCP|STD|FYI|I-D|IANA|ISO|IEEE|W3C|NIST|FIPS|REST|ANSI|CCITT|PKCS|OASIS|3GPP|ECMA|DOI|ITU|SP)\b/i.test(
      anchor,
    ) || /^(?:RFC|BCP|STD|FYI)\d/i.test(anchor)
  );
}

function xmlAnchors({ source }: Draft): Set<string> {
  const found = source.flatMap((text) => [
    ...text.matchAll(/\b(?:anchor|pn|slugifiedName)\s*=\s*["']([^"']+)["']/g),
  ]);
  return new Set(found.map((match) => match[1] ?? ""));
}

/** `{{anchor}}` of kramdown-rfc, `(#anchor)` of mmark. */
function markdownTargets(text: string): Target[] {
  if (!text.includes("{{") && !text.includes("(#")) return [];
  const found = text.replace(/`[^`]*`|<!--.*?-->/g, (code) => " ".repeat(code.length));
  const targets = [...found.matchAll(/\{\{([^{}]*)\}\}|(?<=[\w\s])\(#([A-Za-z][\w.:-]*)\)/g)];
  return targets.flatMap((match) => {
    const anchor = match[2] ?? /^[?!-]*([A-Za-z][\w:-]*)$/.exec(match[1] ?? "")?.[1];
    return anchor === undefined || isDocument(anchor)
      ? []
      : [{ anchor, index: match.index + match[0].indexOf(anchor) }];
  });
}

/** `{#anchor}`, `{: #anchor}`, `anchor="..."`, and names that references get where they are first used: `{{!NAME=RFC9420}}`. */
const anchorMarks = /[{:\s]#([\w.:-]+)|\banchor=["']([^"']+)["']|\{\{[^{}]*?([\w.-]+)=/g;

/** Those that are given, those that headings get by themselves, and the references that the front matter has. */
function markdownAnchors({ source, includes, sections }: Draft): Set<string> {
  const anchors = new Set(
    sections.flatMap(({ anchor, title }) => [anchor, slug(title), slug(title).replace(/^[^a-z]+/, "")]),
  );
  for (const text of [source, ...includes.values()].flat()) {
    if (!/[#=]/.test(text)) continue;
    for (const match of text.matchAll(anchorMarks)) anchors.add(match.slice(1).find(Boolean) ?? "");
  }
  const begins = source.find((text) => text.trim() !== "")?.startsWith("---")
    ? /^--- *(?:abstract|middle)/
    : /^\.# |^# /;
  const start = source.findIndex((text) => begins.test(text));
  for (const text of source.slice(0, start === -1 ? 0 : start)) {
    // `  RFC8610: cddl` gives a reference another name.
    for (const word of text.match(/[A-Za-z][\w.-]*/g) ?? []) anchors.add(word);
  }
  return anchors;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .trim()
    .replace(/[ -]+/g, "-");
}
