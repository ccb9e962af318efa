/** The words of the TLS presentation language; comments are set aside. RFC 8446 §3.1 */
import type { SyntaxFault } from "./syntax.ts";

export interface Token {
  readonly kind: "name" | "number" | "mark" | "dots" | "string" | "end";
  readonly text: string;
  readonly offset: number;
  /** Whether a line break stands before it, and whether a blank line does. */
  readonly newLine: boolean;
  readonly newParagraph: boolean;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly { readonly text: string; readonly offset: number }[];
  readonly faults: readonly SyntaxFault[];
}

const word =
  /[A-Za-z_](?:\w|-(?=[A-Za-z]))*(?:'(?!\w))?|\d[\dxA-Fa-f]*|\.{2,}|\u2026|"[^"\n]*"|\/\*|\/\/|\*\/|\*\*|\s+|[\s\S]/gy;

export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  const comments: { text: string; offset: number }[] = [];
  const faults: SyntaxFault[] = [];
  let breaks = 2;
  word.lastIndex = 0;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const [found] = match;
    const offset = match.index;
    if (/^\s/.test(found)) {
      breaks = Math.max(breaks, found.split("\n").length - 1);
    } else if (found === "/*" || found === "//") {
      const end = commentEnd(text, offset, found);
      if (end.fault !== undefined) faults.push(end.fault);
      comments.push({ text: text.slice(offset, end.at), offset });
      word.lastIndex = end.at;
    } else if (found === "*/") {
      faults.push(strayEnd(text, offset));
      const after = text.indexOf("\n", offset);
      // The rest of such a line is the comment's text.
      if (/\*\/\s*$/.test(text.slice(offset + 2, after === -1 ? undefined : after))) {
        word.lastIndex = after === -1 ? text.length : after;
      }
    } else {
      tokens.push({
        kind: kindOf(found),
        text: found,
        offset,
        newLine: breaks > 0,
        newParagraph: breaks > 1,
      });
      breaks = 0;
    }
  }
  tokens.push({ kind: "end", text: "", offset: text.length, newLine: true, newParagraph: true });
  return { tokens, comments, faults };
}

function kindOf(found: string): Token["kind"] {
  if (/^[A-Za-z_]/.test(found)) return "name";
  if (/^\d/.test(found)) return "number";
  if (found.startsWith('"')) return "string";
  return found === "\u2026" || /^\.{3,}$/.test(found) ? "dots" : "mark";
}

function commentEnd(text: string, offset: number, opening: string): { at: number; fault?: SyntaxFault } {
  const lineEnd = text.indexOf("\n", offset);
  const endOfLine = lineEnd === -1 ? text.length : lineEnd;
  if (opening === "//") return { at: endOfLine };
  const end = text.indexOf("*/", offset + 2);
  const next = text.indexOf("/*", offset + 2);
  if (end !== -1 && (next === -1 || next > end)) return { at: end + 2 };
  const fault: SyntaxFault = {
    rule: "tls-comment",
    offset,
    token: "/*",
    message: "this comment does not end",
    fix: "end it with */",
  };
  return { at: endOfLine, fault };
}

function strayEnd(text: string, offset: number): SyntaxFault {
  const startsLine = /(?:^|\n)[ \t]*$/.test(text.slice(0, offset));
  return {
    rule: "tls-comment",
    offset,
    token: "*/",
    message: "*/ ends a comment that is not open here",
    fix: startsLine ? "begin the line with /*" : "remove it, or open the comment with /*",
  };
}
