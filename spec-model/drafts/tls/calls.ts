/** What formulas and comments say is signed, encrypted or hashed under a label. RFC 9420 §5.1.2 and §5.1.3 */
import type { Lexed } from "./lexer.ts";
import type { LabelledCall } from "./syntax.ts";

const call = /\b(?:Safe)?(?:Sign|Verify|Encrypt|Decrypt)WithLabel\s*\(([^()"]*)"([^"]+)"\s*(,?)([^()]*)\)/g;

/** The calls whose label is a string, wherever they stand in the text of a block. */
export function callsIn(text: string, { comments }: Lexed): LabelledCall[] {
  // A comment of several lines has marks between the arguments.
  const plain = comments.reduce((before, { text: comment, offset }) => {
    const blank = comment.replace(/\/\*|\*\/|\/\/|(?<=\n)\s*\*/g, (mark) => " ".repeat(mark.length));
    return before.slice(0, offset) + blank + before.slice(offset + comment.length);
  }, text);
  return [...plain.matchAll(call)].map((match) => {
    const [whole, before = "", label = "", comma = "", after = ""] = match;
    const content = after.split(",")[0]?.trim() ?? "";
    const lacksComma = /[^,\s]\s*$/.test(before) || (comma === "" && content !== "");
    return { name: label, offset: match.index + whole.indexOf('"'), label, content, lacksComma };
  });
}
