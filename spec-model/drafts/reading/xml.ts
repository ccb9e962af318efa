/** RFCXML version 3 (RFC 7991), and of version 2 what drafts still have, as a draft. */
import {
  type Builder,
  builder,
  type Cell,
  type Draft,
  type Line,
  type Place,
  type Resolve,
} from "../document/index.ts";
import { type XmlToken, xmlTokens } from "./xml-tokens.ts";

type Opening = Extract<XmlToken, { kind: "open" }>;
const listElements = new Set(["ul", "ol", "dl", "list"]);
const textElements = new Set(["t", "li", "dt", "dd", "blockquote", "name"]);
const cellElements = new Set(["th", "td", "c", "ttcol"]);
const deepest = 200;

/** `source` (its lines) as a draft. */
export function readXml(file: string, source: readonly string[], resolve: Resolve): Draft {
  const build = builder(file, "xml", source, resolve);
  const reader = new XmlReader(build);
  for (const token of xmlTokens(file, source.join("\n"))) reader.take(token);
  reader.end();
  return build.draft(reader.name);
}

class XmlReader {
  name = "";
  private readonly build: Builder;
  private readonly open: Opening[] = [];
  private text: Line[] = [];
  private level = 0;
  private lists = 0;
  private block: { opening: Opening; lines: Line[]; path: string | undefined } | undefined;
  private table:
    | { header: Cell[]; rows: Cell[][]; row: Cell[]; columns: number; place: Place; title: string }
    | undefined;
  private cell: Line[] | undefined;
  private section: { opening: Opening; opened: boolean } | undefined;
  private figureTitle = "";
  /** References and the rendering of diagrams have nothing to check. */
  private skipped: string | undefined;
  private tooDeep = false;

  constructor(build: Builder) {
    this.build = build;
  }

  take(token: XmlToken): void {
    if (token.kind === "error") this.build.problem("malformedXml", token.place, token.detail);
    else if (token.kind === "text") this.takeText(token);
    else if (token.kind === "open") this.takeOpening(token);
    else this.takeClosing(token.name, token.place);
  }

  end(): void {
    this.endProse();
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      this.build.problem("malformedXml", unclosed.place, `the element ${unclosed.name} is not closed`);
      if (this.block !== undefined) this.endBlock();
    }
  }

  private takeOpening(token: Opening): void {
    const { name, attributes, place } = token;
    if (!token.empty) this.open.push(token);
    if (this.open.length > deepest && !this.tooDeep) {
      this.tooDeep = true;
      this.build.problem("tooDeep", place, `elements are nested more than ${deepest} deep`);
    }
    if (this.skipped !== undefined) return;
    if (name === "rfc") this.name = attributes.get("docName") ?? "";
    else if (name === "middle") this.build.startMiddle();
    else if (name === "back") this.build.startBack();
    else if (name === "section") this.openSection(token);
    else if (name === "references" || name === "svg" || isDrawing(token)) this.skip(token);
    else if (name === "sourcecode" || name === "artwork") this.openBlock(token);
    else if (name === "table" || name === "texttable") this.openTable(token);
    else if (name === "tr") this.endRow();
    else if (name === "figure") this.figureTitle = attributes.get("title") ?? "";
    else if (name === "xi:include") this.include(token);
    else this.openText(token);
  }

  private skip({ name, empty }: Opening): void {
    if (!empty) this.skipped = name;
  }

  private openText(token: Opening): void {
    const { name, attributes, place } = token;
    if (listElements.has(name)) {
      this.endProse();
      if (!token.empty) this.lists++;
    } else if (cellElements.has(name)) this.cell = [];
    else if (textElements.has(name)) {
      if (name !== "name") this.startSection();
      this.endProse();
    } else if (name === "tt" || attributes.get("style") === "verb") this.append("`", place);
    else if (name === "xref" || name === "relref") {
      const section = attributes.get("section");
      const target = `{{${section === undefined ? "" : `Section ${section} of `}${attributes.get("target") ?? ""}}}`;
      this.append(target, place);
    } else if (name === "br") this.append(" ", place);
  }

  private takeClosing(name: string, place: Place): void {
    this.closeElement(name, place);
    if (this.skipped !== undefined) {
      if (this.skipped === name) this.skipped = undefined;
      return;
    }
    if (name === "sourcecode" || name === "artwork") this.endBlock();
    else if (name === "table" || name === "texttable") this.endTable();
    else if (name === "tr" || name === "thead") this.endRow(name === "thead");
    else if (cellElements.has(name)) this.endCell(name);
    else if (name === "section") {
      this.startSection();
      this.endProse();
      this.level = Math.max(0, this.level - 1);
    } else if (name === "name") this.endName();
    else if (name === "tt" || name === "spanx") this.append("`", place);
    else if (textElements.has(name)) this.endProse();
    else if (listElements.has(name)) {
      this.endProse();
      this.lists = Math.max(0, this.lists - 1);
    }
  }

  private closeElement(name: string, place: Place): void {
    const found = this.open.findLastIndex((each) => each.name === name);
    if (found === -1) {
      this.build.problem("malformedXml", place, `</${name}> closes nothing`);
      return;
    }
    const left = this.open.at(-1);
    if (found !== this.open.length - 1 && left !== undefined) {
      this.build.problem(
        "malformedXml",
        left.place,
        `the element ${left.name} is not closed before </${name}>`,
      );
    }
    this.open.length = found;
  }

  private takeText({ lines }: Extract<XmlToken, { kind: "text" }>): void {
    if (this.skipped !== undefined) return;
    for (const { text, place } of lines) {
      if (this.block !== undefined) addTo(this.block.lines, text, place);
      else this.append(text, place);
    }
  }

  /** Adds to the cell or the text that is open; on a new line of the source, a new line. */
  private append(text: string, place: Place): void {
    if (this.cell !== undefined) addTo(this.cell, text, place);
    else addTo(this.text, text, place);
  }

  private openSection(token: Opening): void {
    this.startSection();
    this.endProse();
    this.level++;
    this.section = { opening: token, opened: false };
    if (token.attributes.has("title")) this.startSection(token.attributes.get("title"));
  }

  /** A section's title comes as an element inside it. */
  private startSection(title = ""): void {
    if (this.section === undefined || this.section.opened) return;
    const { attributes, place } = this.section.opening;
    this.section.opened = true;
    const anchor = attributes.get("anchor") ?? "";
    const unnumbered = attributes.get("numbered") === "false";
    this.build.openSection({ title, anchor, level: this.level, place, ...(unnumbered && { unnumbered }) });
  }

  private endName(): void {
    const title = flat(this.text);
    this.text = [];
    const parent = this.open.at(-1)?.name;
    if (parent === "section") this.startSection(title);
    else if (parent === "figure") this.figureTitle = title;
    else if (this.table !== undefined) this.table.title = title;
  }

  private openBlock(token: Opening): void {
    this.startSection();
    this.endProse();
    const path = token.attributes.get("src");
    this.block = { opening: token, lines: [], path };
    if (token.empty) this.endBlock();
  }

  private endBlock(): void {
    if (this.block === undefined) return;
    const { opening, lines, path } = this.block;
    this.block = undefined;
    const included =
      path === undefined || path.startsWith("data:") ? undefined : this.build.include(path, opening.place);
    this.build.addBlock({
      language: (opening.attributes.get("type") ?? "").toLowerCase(),
      title: this.figureTitle,
      opened: opening.place,
      lines: included ?? withoutBlankEnds(lines),
      included: included === undefined ? undefined : path,
    });
  }

  private include({ attributes, place }: Opening): void {
    const path = attributes.get("href");
    if (path === undefined || /^https?:|reference\./.test(path)) return;
    const lines = this.build.include(path, place);
    for (const line of lines ?? []) {
      if (this.block === undefined) this.append(line.text, line);
      else this.block.lines.push(line);
    }
  }

  private openTable({ place, attributes }: Opening): void {
    this.startSection();
    this.endProse();
    const title = attributes.get("title") ?? "";
    this.table = { header: [], rows: [], row: [], columns: 0, place, title };
  }

  private endCell(name: string): void {
    const lines = this.cell ?? [];
    this.cell = undefined;
    if (this.table === undefined) return;
    const first = lines.find(({ text }) => text.trim() !== "") ?? lines[0];
    const lead = first === undefined ? 0 : first.text.length - first.text.trimStart().length;
    const place = first === undefined ? this.table.place : { ...first, column: first.column + lead };
    const cell = { text: flat(lines), place: { file: place.file, line: place.line, column: place.column } };
    if (name === "ttcol") this.table.header.push(cell);
    else this.table.row.push(cell);
    if (name === "c" && this.table.row.length === this.table.header.length) this.endRow();
  }

  private endRow(isHeader = false): void {
    const { table } = this;
    if (table === undefined) return;
    if (table.row.length > 0) {
      const inHead = this.open.some(({ name }) => name === "thead");
      if ((isHeader || inHead) && table.header.length === 0) table.header = table.row;
      else table.rows.push(table.row);
    }
    table.row = [];
  }

  private endTable(): void {
    this.endRow();
    const { table } = this;
    this.table = undefined;
    if (table === undefined) return;
    this.build.addTable({ title: table.title, header: table.header, rows: table.rows, place: table.place });
  }

  private endProse(): void {
    const lines = trimmed(this.text);
    this.text = [];
    if (this.section !== undefined && !this.section.opened) return;
    if (lines.length > 0 && this.table === undefined) this.build.addProse({ depth: this.lists, lines });
  }
}

function isDrawing({ name, attributes }: Opening): boolean {
  return name === "artwork" && /^(?:svg|binary-art)$/.test(attributes.get("type") ?? "");
}

/** One source line is one line, whatever elements it is made of. */
function addTo(lines: Line[], text: string, place: Place): void {
  const last = lines.at(-1);
  if (last !== undefined && last.line === place.line && last.file === place.file) {
    lines[lines.length - 1] = { ...last, text: last.text + text };
  } else lines.push({ text, file: place.file, line: place.line, column: place.column });
}

function trimmed(lines: readonly Line[]): Line[] {
  return lines
    .filter(({ text }) => text.trim() !== "")
    .map((line) => {
      const lead = line.text.length - line.text.trimStart().length;
      return { ...line, text: line.text.trim(), column: line.column + lead };
    });
}

function withoutBlankEnds(lines: readonly Line[]): Line[] {
  const first = lines.findIndex(({ text }) => text.trim() !== "");
  const last = lines.findLastIndex(({ text }) => text.trim() !== "");
  return first === -1 ? [] : lines.slice(first, last + 1);
}

function flat(lines: readonly Line[]): string {
  return lines
    .map(({ text }) => text.trim())
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}
