/** Small drafts for tests, written in all three forms that authors have. */
import type { Draft, Resolve } from "../../../spec-model/drafts/index.ts";
import { readDraft } from "../../../spec-model/drafts/index.ts";

export type Piece =
  | { readonly heading: string }
  /** All that follows is appendices. */
  | { readonly appendix: string }
  /** As it is, whatever the form. */
  | { readonly raw: string }
  | { readonly text: string }
  | { readonly language: string; readonly code: string }
  /** One item a line, indented by three blanks for each level. */
  | { readonly items: string }
  | { readonly table: readonly (readonly string[])[] };

export const heading = (title: string): Piece => ({ heading: title });
export const appendix = (title: string): Piece => ({ appendix: title });
export const raw = (source: string): Piece => ({ raw: source });
export const text = (words: string): Piece => ({ text: words });
export const code = (language: string, lines: string): Piece => ({ language, code: lines });
export const tls = (lines: string): Piece => code("tls", lines);
export const items = (lines: string): Piece => ({ items: lines });
export const table = (...rows: readonly (readonly string[])[]): Piece => ({ table: rows });

export const forms = ["markdown", "xml", "text"] as const;
export type FormName = (typeof forms)[number];

const endings: Readonly<Record<FormName, string>> = { markdown: "md", xml: "xml", text: "txt" };

/** The pieces as the source of a draft called `name`. */
export function written(form: FormName, pieces: readonly Piece[], name = "draft-test"): string {
  return { markdown, xml, text: plain }[form](pieces).replace("draft-test", name);
}

export function draftOf(form: FormName, source: string, resolve?: Resolve): Draft {
  return readDraft({ file: `draft.${endings[form]}`, bytes: new TextEncoder().encode(source) }, resolve);
}

function markdown(pieces: readonly Piece[]): string {
  const parts = pieces.map((piece) => {
    if ("heading" in piece) return `# ${piece.heading}`;
    if ("appendix" in piece) return `--- back\n\n# ${piece.appendix}`;
    if ("raw" in piece) return piece.raw;
    if ("text" in piece) return piece.text;
    if ("code" in piece) return `~~~ ${piece.language}\n${piece.code}\n~~~`;
    if ("items" in piece) return piece.items.replace(/^(\s*)(?=\S)/gm, "$1- ");
    const [head = [], ...rows] = piece.table;
    const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
  });
  return `---\ntitle: A\ndocname: draft-test-latest\n--- middle\n\n# Start\n\n${parts.join("\n\n")}\n`;
}

function escaped(words: string): string {
  return words
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/`([^`]*)`/g, "<tt>$1</tt>");
}

function xml(pieces: readonly Piece[]): string {
  let open = "<section><name>Start</name>\n";
  for (const piece of pieces) {
    if ("heading" in piece) open += `</section>\n<section><name>${escaped(piece.heading)}</name>\n`;
    else if ("appendix" in piece)
      open += `</section>\n</middle>\n<back>\n<section><name>${escaped(piece.appendix)}</name>\n`;
    else if ("raw" in piece) open += `${piece.raw}\n`;
    else if ("text" in piece) open += `<t>${escaped(piece.text)}</t>\n`;
    else if ("code" in piece)
      open += `<sourcecode type="${piece.language}"><![CDATA[\n${piece.code}\n]]></sourcecode>\n`;
    else if ("items" in piece) open += xmlItems(piece.items);
    else open += xmlTable(piece.table);
  }
  const last = pieces.some((piece) => "appendix" in piece) ? "back" : "middle";
  return `<?xml version="1.0"?>\n<rfc docName="draft-test-00" version="3">\n<middle>\n${open}</section>\n</${last}>\n</rfc>\n`;
}

function xmlItems(lines: string): string {
  let depth = 0;
  let out = "";
  for (const line of lines.split("\n")) {
    const level = (line.length - line.trimStart().length) / 3 + 1;
    if (level > depth) out += "<ul>".repeat(level - depth);
    else out += `${"</li></ul>".repeat(depth - level)}</li>`;
    out += `\n<li><t>${escaped(line.trim())}</t>`;
    depth = level;
  }
  return `${out}${"</li></ul>".repeat(depth)}\n`;
}

function xmlTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], name: string) =>
    `<tr>${cells.map((cell) => `<${name}>${escaped(cell)}</${name}>`).join("")}</tr>`;
  return `<table><thead>${row(head, "th")}</thead><tbody>\n${rows.map((cells) => row(cells, "td")).join("\n")}\n</tbody></table>\n`;
}

function plain(pieces: readonly Piece[]): string {
  let number = 1;
  const parts = pieces.map((piece) => {
    if ("heading" in piece) return `${++number}.  ${piece.heading}`;
    if ("appendix" in piece) return `Appendix A.  ${piece.appendix}`;
    if ("raw" in piece) return piece.raw;
    if ("text" in piece) return indented(piece.text.replaceAll("`", ""), 3);
    if ("code" in piece) return indented(piece.code, 3);
    if ("items" in piece)
      return piece.items
        .split("\n")
        .map((line) => indented(line.replace(/^(\s*)(?=\S)/, "$1*  ").replaceAll("`", ""), 3))
        .join("\n\n");
    const widths = (piece.table[0] ?? []).map((_, i) =>
      Math.max(...piece.table.map((row) => (row[i] ?? "").length)),
    );
    const rule = `+${widths.map((width) => "=".repeat(width + 2)).join("+")}+`;
    const rows = piece.table.map(
      (cells) => `|${cells.map((cell, i) => ` ${cell.padEnd(widths[i] ?? 0)} `).join("|")}|`,
    );
    return indented([rule, ...rows.flatMap((row) => [row, rule])].join("\n"), 3);
  });
  return `Network Working Group\nInternet-Draft\ndraft-test-00\n\n1.  Start\n\n${parts.join("\n\n")}\n`;
}

function indented(lines: string, by: number): string {
  return lines.replace(/^(?=.)/gm, " ".repeat(by));
}
