/** Markdown as drafts are written in it: kramdown-rfc (YAML in front, `--- middle`) and mmark (TOML, `{mainmatter}`). */
import { type Builder, builder, cellsOf, type Draft, type Line, type Resolve } from "../document/index.ts";

/** Also as the first thing of a definition or an item. */
const fence = /^(\s*(?:(?::|[-*+]|\d{1,3}\.)\s+)?)(~{3,}|`{3,})\s*([^`]*)$/;
const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const item = /^(\s*)(?:[-*+]|\d{1,3}[.)]|[a-z][.)])(\s+)(?=\S)/;
const separator = /^\s*\|?\s*:?-{1,}:?\s*(?:[|+]\s*:?-+:?\s*)*[|+]?\s*$/;
const attributes = /^\s*\{:?\s*([^{}]*)\}\s*$/;
const includeCode = /^\s*<\{\{([^{}]+)\}\}(?:\[[^\]]*\])?\s*$/;
const includeText = /^\s*\{\{([^{}!?\s]+\.[a-z0-9]+)\}\}(?:\[[^\]]*\])?\s*$/i;
const includeKramdown = /\{::include(?:-[a-z0-9]+)*\s+([^}\s]+)\s*\}/;
const mostIncludes = 200;
/** In lines. */
const longestComment = 2000;

/** `source` (its lines) as a draft. */
export function readMarkdown(file: string, source: readonly string[], resolve: Resolve): Draft {
  const build = builder(file, "markdown", source, resolve);
  const lines = source.map((text, i) => ({ text, file, line: i + 1, column: 1 }));
  const { start, name } = frontMatter(lines, build);
  new MarkdownReader(lines, build).readFrom(start);
  return build.draft(name);
}

/** The name in the YAML or TOML in front, and the line after it. */
function frontMatter(lines: readonly Line[], build: Builder): { start: number; name: string } {
  const first = lines.findIndex(({ text }) => text.trim() !== "");
  const mark = lines[first]?.text.trim();
  if (mark !== "---" && mark !== "%%%") {
    build.startMiddle();
    return { start: 0, name: "" };
  }
  let end = first + 1;
  while (end < lines.length && !(lines[end]?.text.startsWith(mark) ?? false)) end++;
  const head = lines.slice(first + 1, end).map(({ text }) => text);
  const named = /^\s*(?:docname\s*:|value\s*=)\s*["']?([\w.-]*draft-[\w.-]+)/;
  const name = head.flatMap((text) => named.exec(text)?.[1] ?? [])[0] ?? "";
  return { start: mark === "---" ? end : end + 1, name };
}

class MarkdownReader {
  private readonly lines: readonly Line[];
  private readonly build: Builder;
  private paragraph: Line[] = [];
  private depth = 0;
  /** The indentations of the lists around. */
  private indents: number[] = [];
  private inMiddle = false;
  private includes = 0;

  constructor(lines: readonly Line[], build: Builder) {
    this.lines = lines;
    this.build = build;
  }

  readFrom(start: number): void {
    let i = start;
    while (i < this.lines.length) i = this.readAt(i);
    this.endParagraph();
  }

  /** Reads what stands at line `i`; gives the line after it. */
  private readAt(i: number): number {
    const line = this.lines[i];
    if (line === undefined) return i + 1;
    const { text } = line;
    if (text.trim() === "") {
      this.endParagraph();
      return i + 1;
    }
    return (
      this.marker(line, i) ??
      this.comment(line, i) ??
      this.fenced(line, i) ??
      this.included(line, i) ??
      this.title(line, i) ??
      this.table(i) ??
      this.indentedCode(i) ??
      this.text(line, i)
    );
  }

  private marker({ text }: Line, i: number): number | undefined {
    const part = /^(?:--- *(abstract|middle|back|note_.*)|\{(frontmatter|mainmatter|backmatter)\})\s*$/.exec(
      text,
    );
    if (part !== null) {
      this.endParagraph();
      const name = part[1] ?? part[2] ?? "";
      if (name === "middle" || name === "mainmatter") this.startMiddle();
      if (name === "back" || name === "backmatter") this.build.startBack();
      return i + 1;
    }
    // References of mmark, in XML.
    if (/^<reference\b/.test(text)) {
      let end = i;
      while (end < this.lines.length && !/<\/reference>/.test(this.lines[end]?.text ?? "")) end++;
      return end + 1;
    }
    return attributes.test(text) && !includeText.test(text) && !/^\s*\{::/.test(text) ? i + 1 : undefined;
  }

  private startMiddle(): void {
    this.inMiddle = true;
    this.build.startMiddle();
  }

  private comment({ text }: Line, i: number): number | undefined {
    const isBlock = /^\s*\{::comment\}/.test(text);
    if (!isBlock && !/^\s*<!--/.test(text)) return undefined;
    const closing = isBlock ? /\{:\/(?:comment)?\}/ : /-->/;
    let end = i;
    const last = Math.min(this.lines.length, i + longestComment);
    while (end < last && !closing.test(this.lines[end]?.text ?? "")) end++;
    // An unclosed comment would swallow the draft.
    if (end === last) return i + 1;
    this.endParagraph();
    return end + 1;
  }

  private fenced(line: Line, i: number): number | undefined {
    const opening = fence.exec(line.text);
    if (opening === null) return undefined;
    this.endParagraph();
    const [, indent = "", mark = "~~~", info = ""] = opening;
    const closing = new RegExp(`^\\s*${mark[0]}{${mark.length},}\\s*$`);
    let end = i + 1;
    // A fence with a language opens a block: the one before it was never closed.
    const reopening = new RegExp(`^${mark[0]}{${mark.length}}\\s*[a-z][\\w-]*\\s*$`);
    while (
      end < this.lines.length &&
      !closing.test(this.lines[end]?.text ?? "") &&
      !reopening.test(this.lines[end]?.text ?? "")
    )
      end++;
    if (end === this.lines.length || reopening.test(this.lines[end]?.text ?? "")) {
      this.build.problem("unclosedBlock", line, mark);
      end = this.endOfUnclosed(i + 1, end);
    }
    const body = this.lines.slice(i + 1, end).map((each) => outdented(each, indent.length));
    this.addBlock(line, info, body, end);
    return end + 1;
  }

  /** An unclosed block ends before the next section, so that the rest of the draft is still read. */
  private endOfUnclosed(from: number, to: number): number {
    for (let i = from; i < to; i++) {
      if (/^#{1,6} |^--- (?:middle|back)/.test(this.lines[i]?.text ?? "")) return i - 1;
    }
    return to - 1;
  }

  private addBlock(opened: Line, info: string, body: readonly Line[], end: number): void {
    const after = this.attributesAt(end + 1);
    const language = (after.type || (/^\s*([\w.+-]+)/.exec(info)?.[1] ?? "")).toLowerCase();
    const paths: string[] = [];
    const lines = body.flatMap((each) => {
      const path = includeOf(each.text);
      if (path === undefined) return [each];
      paths.push(path.trim());
      return this.include(path, each) ?? [];
    });
    if (paths.length > 0 && lines.every(({ text }) => text.trim() === "")) return;
    const [path] = paths;
    this.build.addBlock({
      language: language || languageOfFile(path ?? ""),
      title: after.title,
      opened,
      lines,
      included: paths.length === 1 ? path : undefined,
    });
  }

  private include(path: string, at: Line): readonly Line[] | undefined {
    if (this.includes++ >= mostIncludes) return undefined;
    return this.build.include(path.trim(), at);
  }

  private attributesAt(i: number): { title: string; type: string } {
    const text = attributes.exec(this.lines[i]?.text ?? "")?.[1] ?? "";
    const title = /title=(?:"([^"]*)"|'([^']*)')/.exec(text);
    const type = /(?:sourcecode-type|\btype|\blang(?:uage)?)="?([\w.+-]+)/.exec(text);
    return { title: title?.[1] ?? title?.[2] ?? "", type: type?.[1] ?? "" };
  }

  private included(line: Line, i: number): number | undefined {
    const path =
      includeCode.exec(line.text)?.[1] ?? includeText.exec(line.text)?.[1] ?? ownInclude(line.text);
    if (path === undefined) return undefined;
    this.endParagraph();
    const lines = this.include(path, line);
    if (lines === undefined) return i + 1;
    if (includeCode.test(line.text) || languageOfFile(path) !== "") {
      const language = languageOfFile(path);
      this.build.addBlock({ language, title: "", opened: line, lines, included: path.trim() });
    } else if (/\.(?:md|mkd)$/i.test(path)) {
      new MarkdownReader(lines, this.build).readFrom(0);
    }
    return i + 1;
  }

  private title(line: Line, i: number): number | undefined {
    const opening = heading.exec(line.text);
    const below = this.lines[i + 1]?.text ?? "";
    const isSetext =
      this.paragraph.length === 0 && /^(?:={3,}|-{4,})\s*$/.test(below) && /^\w/.test(line.text);
    if (opening === null && !isSetext) return undefined;
    this.endParagraph();
    const level = opening?.[1]?.length ?? (below.startsWith("=") ? 1 : 2);
    const written = opening?.[2] ?? line.text.trim();
    const anchor = /\{:?\s*(?:[^{}]*\s)?#([\w.:-]+)[^{}]*\}/.exec(written)?.[1] ?? "";
    const next = this.lines[i + 1]?.text ?? "";
    const unnumbered = /numbered="?false/.test(written) || /^\{:[^}]*numbered="?false/.test(next);
    const title = written.replace(/\s*\{[:#][^{}]*\}\s*$/, "").replace(/\s*\{#[^{}]*\}/, "");
    // `.# Abstract` and the like are not matched; headings in the abstract's part are none of the middle.
    this.build.openSection({ title, anchor, level, place: line, ...(unnumbered && { unnumbered }) });
    return opening === null ? i + 2 : i + 1;
  }

  private table(i: number): number | undefined {
    const head = this.lines[i];
    const next = this.lines[i + 1]?.text ?? "";
    if (head === undefined || !head.text.includes("|") || !separator.test(next) || !/[|+]/.test(next))
      return undefined;
    this.endParagraph();
    let end = i + 2;
    const rows: Line[] = [];
    while (end < this.lines.length && (this.lines[end]?.text ?? "").includes("|")) {
      const row = this.lines[end];
      if (row !== undefined && !separator.test(row.text)) rows.push(row);
      end++;
    }
    const { title } = this.attributesAt(end);
    this.build.addTable({ title, header: cellsOf(head), rows: rows.map(cellsOf), place: head });
    return end;
  }

  private indentedCode(i: number): number | undefined {
    const isCode = (line: Line | undefined) => line !== undefined && /^(?: {4}|\t)/.test(line.text);
    const first = this.lines[i];
    if (first === undefined || !isCode(first) || this.paragraph.length > 0 || this.indents.length > 0)
      return undefined;
    let end = i;
    for (let j = i; j < this.lines.length; j++) {
      if (isCode(this.lines[j])) end = j + 1;
      else if (this.lines[j]?.text.trim() !== "") break;
    }
    const lines = this.lines.slice(i, end).map((each) => outdented(each, 4));
    const { title, type } = this.attributesAt(end);
    this.build.addBlock({ language: type.toLowerCase(), title, opened: first, lines, included: undefined });
    return end;
  }

  private text(line: Line, i: number): number {
    const mark = item.exec(line.text);
    if (mark !== null) {
      this.endParagraph();
      this.openItem((mark[1] ?? "").length);
      this.paragraph.push(outdented(line, mark[0].length));
      return i + 1;
    }
    if (this.paragraph.length === 0 && !/^\s/.test(line.text)) {
      this.indents = [];
      this.depth = 0;
    }
    const quote = /^\s*(?:>\s?)*(?::\s+)?/.exec(line.text)?.[0].length ?? 0;
    this.paragraph.push(outdented(line, quote));
    return i + 1;
  }

  private openItem(indent: number): void {
    while ((this.indents.at(-1) ?? -1) >= indent) this.indents.pop();
    this.indents.push(indent);
    this.depth = this.indents.length;
  }

  private endParagraph(): void {
    if (this.paragraph.length === 0) return;
    const lines = this.paragraph;
    this.paragraph = [];
    if (!this.inMiddle && this.build.section().level === 0 && lines.length > 400) return;
    this.build.addProse({ depth: this.depth, lines });
  }
}

function includeOf(text: string): string | undefined {
  return includeKramdown.exec(text)?.[1] ?? includeCode.exec(text)?.[1] ?? includeText.exec(text)?.[1];
}

function ownInclude(text: string): string | undefined {
  return /^\s*\{::include/.test(text) ? includeKramdown.exec(text)?.[1] : undefined;
}

/** The language of an included file, by its name. */
export function languageOfFile(path: string): string {
  const ending = /\.(\w+)\s*$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const languages: Readonly<Record<string, string>> = {
    edn: "edn",
    diag: "edn",
    cddl: "cddl",
    json: "json",
    pretty: "cbor-pretty",
    tls: "tls",
    http: "http",
    abnf: "abnf",
  };
  return languages[ending] ?? "";
}

function outdented(line: Line, most: number): Line {
  const blank = /^\s*/.exec(line.text.slice(0, most))?.[0].length ?? 0;
  const cut =
    most > blank && !/^\s*$/.test(line.text.slice(0, most)) ? markerWidth(line.text, most, blank) : blank;
  return { ...line, text: line.text.slice(cut), column: line.column + cut };
}

/** What is cut off is blank, or the mark of an item or a quotation. */
function markerWidth(text: string, most: number, blank: number): number {
  return /^\s*(?:[-*+]|\d{1,3}[.)]|[a-z][.)]|>|:)/.test(text) ? most : blank;
}
