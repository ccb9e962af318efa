/** What a block holds: what it declares, or, where it declares nothing, what it looks like. */
import { type Block, textOfLines } from "../document/index.ts";

export type Content = "tls" | "cddl" | "edn" | "hexdump" | "json" | "http" | "figure" | "other";

const declared: Readonly<Record<string, Content>> = {
  tls: "tls",
  "tls-presentation": "tls",
  "tls-syntax": "tls",
  "tls-msg": "tls",
  cddl: "cddl",
  edn: "edn",
  "cbor-diag": "edn",
  "cbor-edn": "edn",
  diag: "edn",
  "cbor-pretty": "hexdump",
  pretty: "hexdump",
  json: "json",
  "json-from-yaml": "json",
  "http-message": "http",
  http: "http",
  "http-exchange": "http",
  aasvg: "figure",
  goat: "figure",
  ditaa: "figure",
};

const open = new Set([
  "",
  "ascii-art",
  "artwork",
  "example",
  "text",
  "txt",
  "text/plain",
  "plain",
  "pseudocode",
]);

/** The kind of content of `block`. */
export function contentOf(block: Block): Content {
  const known = declared[block.language];
  // Grammar of the presentation language, with optional parts in double brackets.
  if (known === "tls" && block.lines.some(({ text }) => text.includes("[["))) return "other";
  if (known !== undefined) return known;
  return open.has(block.language) ? guessed(textOfLines(block.lines.slice(0, 400))) : "other";
}

function guessed(text: string): Content {
  if (
    /\/\*\s*NOTE: '\\'|typedef|#define|\bchar\s*\*|\bint main\b|[=(,]\s*\([\w\s,]*\)\s*=>\s*\{|\bfn \w+\(/.test(
      text,
    )
  )
    return "other";
  if (text.includes("[[") && /^\s*(?:struct|enum)\s*\{/m.test(text)) return "other";
  if (/^\s*(?:struct|enum)\s*\{/m.test(text) && /\}\s*\w+(?:<T>)?\s*;?\s*$/m.test(text)) return "tls";
  if (isHexdump(text)) return "hexdump";
  if (
    /^\s*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT) (?:\/|https?:)\S*/.test(text) ||
    /^\s*HTTP\/\d/.test(text)
  )
    return "http";
  if (isFigure(text)) return "figure";
  if (isCddl(text)) return "cddl";
  if (isEdn(text)) return "edn";
  if (/^\s*[[{]/.test(text) && /"[^"\n]*"\s*:/.test(text) && /[\]}]\s*$/.test(text)) return "json";
  return "other";
}

/** Hexadecimal in the form of cbor.me: octets on the left, indented, and what they are on the right. */
function isHexdump(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const dump = lines.filter((line) => /^\s*(?:[0-9a-f]{2})(?:\s?[0-9a-f]{2})*\s*(?:#.*)?$|^\s*#/i.test(line));
  return (
    dump.length >= 2 &&
    dump.length * 10 >= lines.length * 9 &&
    /#\s*(?:array|map|bytes|text|unsigned|tag|negative|primitive)\(/i.test(text)
  );
}

function isFigure(text: string): boolean {
  const arrows = text.match(/[-~=:]{3,}>|<[-~=:]{3,}/g)?.length ?? 0;
  return arrows >= 2 && (text.match(/\|/g)?.length ?? 0) > 6;
}

function isCddl(text: string): boolean {
  const rules = text.match(/^\s*[A-Za-z$][\w$.@-]*\s*(?:=|\/=|\/\/=)\s*\S/gm)?.length ?? 0;
  const types = text.match(/\b(?:tstr|bstr|uint|nint|float16|float32|float64|#6\.\d+)\b/g)?.length ?? 0;
  return rules >= 1 && types >= 1 && !/;\s*$/m.test(withoutComments(text));
}

/** A semicolon that ends a line of something else is left. */
function withoutComments(text: string): string {
  return text
    .replace(/^\s*;\s*$/gm, "")
    .replace(/;[^\n]*$/gm, (comment) => (comment.length > 1 ? "" : comment));
}

function isEdn(text: string): boolean {
  if (!/^\s*(?:[#/][^\n]*\n\s*)*[[{]/.test(text)) return false;
  return (
    /h'[0-9a-f\s]*'/i.test(text) || /^\s*-?\d+\s*:/m.test(text) || /^\s*#\s|,\s*#\s|\/ [^/\n]* \//m.test(text)
  );
}
