/**
 * The Markdown variant GFM-MIMI: the one rule of it that a machine can check is that no HTML tag is left in a text.
 * content-09 §7.1.1, GFM §6.10
 *
 * An HTML tag counts outside code spans, fenced code blocks and backslash escapes, where Markdown sees none. GFM's
 * HTML blocks (§4.6) can start with less than a tag (`<div` and a line's end); the draft's rule does not reach those.
 */

/** Where an HTML tag stands in a text, in UTF-16 code units. */
export interface HtmlTag {
  readonly position: number;
  readonly tag: string;
}

const attribute = String.raw`\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>${"`"}]+|'[^']*'|"[^"]*"))?`;
const htmlTag = new RegExp(
  [
    `<[A-Za-z][A-Za-z0-9-]*(?:${attribute})*\\s*/?>`, // open tag
    "</[A-Za-z][A-Za-z0-9-]*\\s*>", // closing tag
    "<!---->|<!--(?!-?>)(?:(?!--)[\\s\\S])*(?<!-)-->", // comment
    "<\\?[\\s\\S]*?\\?>", // processing instruction
    "<![A-Z]+\\s[^>]*>", // declaration
    "<!\\[CDATA\\[[\\s\\S]*?\\]\\]>", // CDATA section
  ].join("|"),
  "y",
);
const fence = /^ {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})[^\n]*(?:\n|$)/my;
const backticks = /`+/y;

/** The HTML tags in `markdown`, which is not GFM-MIMI where there are any. */
export function htmlTagsIn(markdown: string): readonly HtmlTag[] {
  const tags: HtmlTag[] = [];
  for (let at = 0; at < markdown.length; ) {
    const tag = markdown[at] === "<" ? matchAt(htmlTag, markdown, at) : undefined;
    if (tag !== undefined) tags.push({ position: at, tag });
    at += tag?.length ?? lengthOfOther(markdown, at);
  }
  return tags;
}

/** `markdown` with the opening bracket of every HTML tag written as `&lt;`, as a sender has to do. */
export function escapeHtmlTags(markdown: string): string {
  let text = markdown;
  // Taking a tag away can uncover another: one that started within a code span which the first tag had opened.
  for (let tags = htmlTagsIn(text); tags.length > 0; tags = htmlTagsIn(text)) {
    for (const { position } of tags.toReversed()) {
      text = `${text.slice(0, position)}&lt;${text.slice(position + 1)}`;
    }
  }
  return text;
}

/** How much to step over at `at`, where no tag starts: a code block, a code span, an escape, or one character. */
function lengthOfOther(markdown: string, at: number): number {
  const startsLine = at === 0 || markdown[at - 1] === "\n";
  const block = startsLine ? lengthOfFencedCode(markdown, at) : 0;
  if (block > 0) return block;
  if (markdown[at] === "`") return lengthOfCodeSpan(markdown, at);
  return markdown[at] === "\\" ? 2 : 1;
}

function lengthOfFencedCode(markdown: string, at: number): number {
  const opening = matchAt(fence, markdown, at);
  if (opening === undefined) return 0;
  const marks = opening.trim().match(/^(?:`+|~+)/)?.[0] ?? "";
  const closing = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`, "gm");
  closing.lastIndex = at + opening.length;
  const found = closing.exec(markdown);
  return (found === null ? markdown.length : found.index + found[0].length) - at;
}

function lengthOfCodeSpan(markdown: string, at: number): number {
  const run = matchAt(backticks, markdown, at) ?? "`";
  const closing = new RegExp(`(?<!\`)${run}(?!\`)`, "g");
  closing.lastIndex = at + run.length;
  const found = closing.exec(markdown);
  return found === null ? run.length : found.index + run.length - at;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
