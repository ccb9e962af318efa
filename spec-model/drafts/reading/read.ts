/** Reads a draft in whatever form its author has it. */
import { textOf } from "../../bytes.ts";
import type { Draft, Form, Resolve } from "../document/index.ts";
import { readMarkdown } from "./markdown.ts";
import { readPlainText } from "./plain-text.ts";
import { readXml } from "./xml.ts";

/** A draft as a file of octets; `file` is what findings call it. */
export interface DraftFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** What was given is no text at all. */
export class ReadError extends Error {
  override readonly name = "ReadError";
}

/**
 * The draft in `bytes`; what it includes is asked of `resolve`. Throws ReadError where it is not UTF-8 text; anything
 * else that is wrong with it is among the draft's problems.
 */
export function readDraft({ file, bytes }: DraftFile, resolve: Resolve = () => undefined): Draft {
  const text = hasControls(bytes) ? undefined : (textOf(bytes) ?? utf8But(bytes));
  if (text === undefined) throw new ReadError("this is not UTF-8 text");
  const source = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  return readers[formOf(file, source)](file, source, resolve);
}

const readers: Readonly<Record<Form, (file: string, source: readonly string[], resolve: Resolve) => Draft>> =
  {
    markdown: readMarkdown,
    xml: readXml,
    text: readPlainText,
  };

/** One in a hundred octets being a control character means that it is no text. */
function hasControls(bytes: Uint8Array): boolean {
  const controls = bytes.reduce((sum, octet) => sum + (octet < 9 || (octet > 13 && octet < 32) ? 1 : 0), 0);
  return controls * 100 > bytes.length;
}

/** A few octets that are not UTF-8, as old drafts and cut files have them, do not make a text binary. */
function utf8But(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  const unreadable = text.split("\uFFFD").length - 1;
  return unreadable * 100 <= text.length ? text : undefined;
}

/** By what it begins with, and by the file's name where that is not enough. */
export function formOf(file: string, source: readonly string[]): Form {
  const first = source.find((line) => line.trim() !== "")?.trim() ?? "";
  if (/^<(?:\?xml|!DOCTYPE|rfc\b|!--)/.test(first)) return "xml";
  if (first === "---" || first === "%%%") return "markdown";
  if (/\.(?:md|mkd|markdown)(?:\.\w+)?$/i.test(file)) return "markdown";
  if (/\.xml$/i.test(file)) return "xml";
  if (/\.txt$/i.test(file)) return "text";
  const headings = source.filter((line) => /^#{1,5} \S/.test(line)).length;
  const fences = source.filter((line) => /^(?:~~~|```)/.test(line)).length;
  return headings + fences > 2 ? "markdown" : "text";
}
