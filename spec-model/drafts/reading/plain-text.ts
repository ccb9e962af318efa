/** Plain text as xml2rfc writes it: pages, indentation, numbered sections, code that only its look tells from prose. */
import { type Builder, builder, cellsOf, type Draft, type Line, type Resolve } from "../document/index.ts";

const footer = /\[Page \d+\]\s*$/;
const sectionHead = /^(\d+(?:\.\d+)*)\.\s+(\S.*)$/;
const appendixHead = /^(?:Appendix ([A-Z])|([A-Z](?:\.\d+)+))\.\s+(\S.*)$/;
const unnumberedHead =
  /^(Abstract|Acknowledg\w+|Contributors|Authors?'? Addresses|Author's Address|Table of Contents|Status of This Memo|Copyright Notice)\s*$/;
const itemMark = /^(\s*)(?:[*o+-]|\d{1,3}\.|\([a-z0-9]\))\s{1,3}(?=\S)/;
const caption = /^\s*(?:Figure|Table) (\d+)(?::\s*(.*))?$/;
const requestLine = /^\s*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) \/\S*\s*$/;
const rule = /^\s*\+[-=+]+\+\s*$/;

/** `source` (its lines) as a draft. */
export function readPlainText(file: string, source: readonly string[], resolve: Resolve): Draft {
  const build = builder(file, "text", source, resolve);
  const name =
    source.slice(0, 80).flatMap((text) => /\b(draft-[a-z0-9-]+-\d\d)\b/.exec(text)?.[1] ?? [])[0] ?? "";
  const lines = withoutPages(source.map((text, i) => ({ text, file, line: i + 1, column: 1 })));
  let chunk: Line[] = [];
  const reader = new TextReader(build);
  for (const line of lines) {
    if (line.text.trim() === "") {
      reader.chunk(chunk);
      chunk = [];
    } else chunk.push(line);
  }
  reader.chunk(chunk);
  reader.end();
  return build.draft(name);
}

/** Without form feeds, footers and headers of pages, and the blank lines that they bring. */
function withoutPages(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) continue;
    if (!footer.test(line.text)) {
      kept.push(line.text.includes("\f") ? { ...line, text: line.text.replaceAll("\f", "") } : line);
      continue;
    }
    while (kept.at(-1)?.text.trim() === "") kept.pop();
    let next = i + 1;
    while (next < lines.length && (lines[next]?.text.replaceAll("\f", "").trim() ?? "") === "") next++;
    // The page's header follows, unless this was the last page.
    i = next < lines.length && /\d{4}\s*$/.test(lines[next]?.text ?? "") ? next : next - 1;
    const after = lines[i + 1];
    if (after !== undefined && after.text.trim() === "") kept.push(after);
  }
  return kept;
}

class TextReader {
  private readonly build: Builder;
  private code: Line[] = [];
  private indents: number[] = [];
  private started = false;
  private inContents = false;

  constructor(build: Builder) {
    this.build = build;
  }

  chunk(lines: readonly Line[]): void {
    const [first] = lines;
    if (first === undefined) return;
    if (this.head(first, lines)) return;
    if (this.inContents) return;
    const title = caption.exec(first.text);
    if (title !== null)
      this.endCode([title[2] ?? "", ...lines.slice(1).map(({ text }) => text.trim())].join(" "));
    else if (rule.test(first.text) && lines.length > 2) this.table(lines);
    else if (looksLikeCode(lines, this.code)) this.addCode(lines);
    else this.prose(lines);
  }

  end(): void {
    this.endCode();
  }

  private head(line: Line, lines: readonly Line[]): boolean {
    const section = sectionHead.exec(line.text);
    const appendix = appendixHead.exec(line.text);
    const other = unnumberedHead.exec(line.text);
    if (section === null && appendix === null && other === null) return false;
    this.endCode();
    if (section !== null && !this.started) this.build.startMiddle();
    this.started ||= section !== null;
    this.inContents = /^(?:Table of|Status of|Copyright|Author)/.test(other?.[1] ?? "");
    const number = section?.[1] ?? appendix?.[1] ?? appendix?.[2] ?? "";
    // A long title goes on in the next line, indented to where it began.
    const rest = lines.slice(1).filter(({ text }) => /^\s{3,}\S/.test(text));
    const written = section?.[2] ?? appendix?.[3] ?? other?.[1] ?? "";
    const title = [written, ...rest.map(({ text }) => text.trim())].join(" ");
    this.build.openSection({ title, anchor: "", level: number.split(".").length, place: line, number });
    this.indents = [];
    return true;
  }

  private table(lines: readonly Line[]): void {
    this.endCode();
    const groups: Line[][] = [[]];
    for (const line of lines) {
      if (rule.test(line.text)) groups.push([]);
      else groups.at(-1)?.push(line);
    }
    const rows = groups.filter((group) => group.length > 0).map((group) => joinedRow(group));
    const [header, ...body] = rows;
    const [first] = lines;
    if (header !== undefined && first !== undefined) {
      this.build.addTable({ title: "", header, rows: body, place: first });
    }
  }

  private addCode(lines: readonly Line[]): void {
    if (this.code.length > 0 && this.code.every(({ text }) => requestLine.test(text))) this.endCode();
    const last = this.code.at(-1);
    const [first] = lines;
    if (last !== undefined && first !== undefined) {
      this.code.push({ text: "", file: first.file, line: first.line - 1, column: 1 });
    }
    this.code.push(...lines);
  }

  private endCode(title = ""): void {
    const lines = this.code;
    this.code = [];
    const [first] = lines;
    if (first === undefined) return;
    const indent = Math.min(
      ...lines
        .filter(({ text }) => text.trim() !== "")
        .map(({ text }) => text.length - text.trimStart().length),
    );
    const outdented = lines.map((line) => ({
      ...line,
      text: line.text.slice(indent),
      column: line.column + indent,
    }));
    this.build.addBlock({ language: "", title, opened: first, lines: outdented, included: undefined });
  }

  private prose(lines: readonly Line[]): void {
    this.endCode();
    let open: Line[] = [];
    let depth = this.depthAt(lines[0]?.text ?? "");
    const close = () => {
      if (open.length > 0) this.build.addProse({ depth, lines: open });
      open = [];
    };
    for (const line of lines) {
      const mark = itemMark.exec(line.text);
      if (mark !== null) {
        close();
        const indent = (mark[1] ?? "").length;
        while ((this.indents.at(-1) ?? -1) >= indent) this.indents.pop();
        this.indents.push(indent);
        depth = this.indents.length;
      }
      const cut = mark?.[0].length ?? line.text.length - line.text.trimStart().length;
      open.push({ ...line, text: line.text.slice(cut), column: line.column + cut });
    }
    close();
  }

  private depthAt(text: string): number {
    const indent = text.length - text.trimStart().length;
    while (this.indents.length > 0 && (this.indents.at(-1) ?? 0) >= indent) this.indents.pop();
    return this.indents.length;
  }
}

/** Cells that go on in the next line are put together. */
function joinedRow(lines: readonly Line[]) {
  const [first, ...others] = lines.map(cellsOf);
  return (first ?? []).map((cell, i) => ({
    ...cell,
    text: [cell.text, ...others.map((row) => row[i]?.text ?? "")].join(" ").replace(/\s+/g, " ").trim(),
  }));
}

const codeSigns: readonly RegExp[] = [
  /[;{}]\s*(?:\/\*.*\*\/)?\s*$/,
  /^\s*\/\*|\*\/\s*$|^\s*;\s/,
  /^\s*[\w-]*\s*\([\dxa-fA-F.]+\)\s*[,;]?\s*$/,
  /^\s*[|+].*[|+>]\s*$|[-~=:]{3,}[>+|]|<[-~=:]{3,}/,
  /^\s*[\w*]+->[\w*]+:|^\s*(?:Server|Client|Hub)\w*\*?:/,
  /^\s*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) \/|^\s*HTTP\/[\d.]+ \d/,
  /^\s*(?:[0-9a-f]{2}\s*)+\s*(?:#.*)?$/,
  /^\s*(?:[0-9a-f]{2} )?(?:[0-9a-f]{8,})\s*(?:#.*)?$|^\s*[0-9a-f ]{2,12}\s+# /,
  /^\s*"[^"]*"\s*:|^\s*[[\]{}()],?\s*$|^\s*[\]})]+[,;]?\s*$/,
  /^\s*[\w$.-]+\s*(?:=|\/=|\/\/=)\s*(?:\S|$)|^\s*\??\s*[\w"&()-]+\s*(?:=>|:)\s*(?:tstr|bstr|uint|int|bool|null|any|\[|\{|&)/,
  /^\s*(?:[?*+]\s+)?[\w"&$():^ -]*=>\s*\S|^\s*\w+: \d+,?\s*$/,
  /^\s*(?:h'|'[^']*'|"[^"]*",|#|null,|true,|false,|-?\d+,|\/ .* \/\s*$)/,
  /^\s*(?:struct|enum|select|case|default)\b.*[{(:]|^\s*(?:uint(?:8|16|24|32|64)|opaque|optional)\b/,
  /^(?:\s+\|)+\s*$|\S(?:\s{2,}\|\s*\S.*)\|\s*$|\s\|\s{2,}\||^\s*\|\s/,
  /^\s*\w+(?:\s{4,}\w+\*?)+\s*$/,
];

/** Whether these lines stand in a block: by their signs, or because the block before them is not complete. */
function looksLikeCode(lines: readonly Line[], before: readonly Line[]): boolean {
  const signs = lines.filter(({ text }) => codeSigns.some((sign) => sign.test(text))).length;
  if (itemMark.test(lines[0]?.text ?? "") && signs < lines.length) return false;
  const share = signs / lines.length;
  if (share >= 0.5) return true;
  return before.length > 0 && (share > 0.2 || openBrackets(before) > 0);
}

/** How many lines back an open bracket makes the next lines code. */
const farthestBracket = 200;

function openBrackets(lines: readonly Line[]): number {
  let open = 0;
  for (const { text } of lines.slice(-farthestBracket)) {
    if (/^\s*(?:#|\/\*)/.test(text)) continue;
    for (const character of text) {
      if (character === "{" || character === "[") open++;
      else if (character === "}" || character === "]") open--;
    }
  }
  return open;
}
