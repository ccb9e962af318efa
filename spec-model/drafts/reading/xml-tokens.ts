/** XML as tags and texts with their places. Tolerant: a draft being edited is read as far as it goes. XML 1.0 */
import type { Place } from "../document/index.ts";

export type XmlToken =
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly empty: boolean;
      readonly place: Place;
    }
  | { readonly kind: "close"; readonly name: string; readonly place: Place }
  /** Entities are replaced; `lines` are its lines as the source has them, each with the place of its start. */
  | { readonly kind: "text"; readonly lines: readonly { readonly text: string; readonly place: Place }[] }
  | { readonly kind: "error"; readonly detail: string; readonly place: Place };

const named = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["zwsp", ""],
  ["nbhy", "-"],
  ["wj", ""],
]);

/** The tokens of `text`, one after the other; an error is a token, and reading goes on behind it. */
export function* xmlTokens(file: string, text: string): Generator<XmlToken> {
  const placeAt = places(file, text);
  const entities = new Map(named);
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf("<", at);
    const end = tag === -1 ? text.length : tag;
    if (end > at) yield textToken(text.slice(at, end), at, placeAt, entities);
    if (tag === -1) return;
    const markup = markupAt(text, tag);
    const place = placeAt(tag);
    if (markup.end === -1) {
      yield { kind: "error", detail: `${markup.what} that begins here does not end`, place };
      return;
    }
    if (markup.what === "the CDATA section") {
      yield textToken(text.slice(tag + 9, markup.end - 3), tag + 9, placeAt, undefined);
    } else if (markup.what === "the document type") {
      for (const [, name = "", value = ""] of text
        .slice(tag, markup.end)
        .matchAll(/<!ENTITY\s+(\w+)\s+"([^"]*)"/g)) {
        entities.set(name, decoded(value, named));
      }
    } else if (markup.what === "the tag") {
      yield tagToken(text.slice(tag + 1, markup.end - 1), place, entities);
    }
    at = markup.end;
  }
}

function markupAt(text: string, tag: number): { what: string; end: number } {
  const upTo = (what: string, closing: string) => {
    const found = text.indexOf(closing, tag);
    return { what, end: found === -1 ? -1 : found + closing.length };
  };
  if (text.startsWith("<!--", tag)) return upTo("the comment", "-->");
  if (text.startsWith("<![CDATA[", tag)) return upTo("the CDATA section", "]]>");
  if (text.startsWith("<?", tag)) return upTo("the processing instruction", "?>");
  if (text.startsWith("<!", tag)) {
    const end = text.indexOf(">", tag);
    const bracket = text.indexOf("[", tag);
    return bracket !== -1 && bracket < end ? upTo("the document type", "]>") : upTo("the document type", ">");
  }
  return upTo("the tag", ">");
}

function tagToken(inside: string, place: Place, entities: ReadonlyMap<string, string>): XmlToken {
  const name = /^\/?\s*([\w:.-]+)/.exec(inside)?.[1];
  if (name === undefined) return { kind: "error", detail: "a < that begins no tag", place };
  if (inside.startsWith("/")) return { kind: "close", name, place };
  const attributes = new Map<string, string>();
  for (const [, key = "", double, single] of inside.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(key, decoded(double ?? single ?? "", entities));
  }
  return { kind: "open", name, attributes, empty: inside.endsWith("/"), place };
}

function textToken(
  raw: string,
  start: number,
  placeAt: (offset: number) => Place,
  entities: ReadonlyMap<string, string> | undefined,
): XmlToken {
  const lines: { text: string; place: Place }[] = [];
  let offset = start;
  for (const line of raw.split("\n")) {
    const place = lines.length === 0 ? placeAt(offset) : { ...placeAt(offset), column: 1 };
    lines.push({ text: entities === undefined ? line : decoded(line, entities), place });
    offset += line.length + 1;
  }
  return { kind: "text", lines };
}

function decoded(text: string, entities: ReadonlyMap<string, string>): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return entities.get(name) ?? whole;
    const code =
      name[1] === "x" || name[1] === "X" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Offsets are asked for in ascending order. */
function places(file: string, text: string): (offset: number) => Place {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (let next = text.indexOf("\n", lineStart); next !== -1 && next < offset; ) {
      line++;
      lineStart = next + 1;
      next = text.indexOf("\n", lineStart);
    }
    return { file, line, column: offset - lineStart + 1 };
  };
}
