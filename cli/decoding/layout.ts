/** Text for terminals: what fits in a line, and what colour it has. */

import type { Part, Value } from "../../spec-model/formats/index.ts";
import { green, red, yellow } from "../colours.ts";

export const columns = 110;

/** `text` in lines of at most `width`, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  return word.match(new RegExp(`.{1,${Math.max(1, width)}}`, "gsu")) ?? [""];
}

/** The value in at most `width` columns: bytes lose their middle, texts their end. */
export function shortened({ kind, text }: Value, width: number): string {
  if (kind === "bytes") {
    const most = Math.min(width, 26);
    if (text.length <= most) return text === "" ? "empty" : text;
    const tail = text.endsWith("'") ? 9 : 8;
    return `${text.slice(0, most - tail - 1)}\u2026${text.slice(-tail)}`;
  }
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join("")}\u2026`;
}

/** `text`, which shows `part`'s value, in the colour of its kind. */
export function coloured(part: Part, text: string): string {
  if (!part.complete && part.children.length === 0) return red(text);
  if (part.value.kind === "text") return green(text);
  return part.value.kind === "bytes" ? yellow(text) : text;
}
