/** Text as a draft's figure can hold it: printable ASCII, in lines of a given width. */

const spelledOut: ReadonlyMap<string, string> = new Map([
  ["§", "Section "],
  ["–", "-"],
  ["—", "-"],
  ["‘", "'"],
  ["’", "'"],
  ["“", '"'],
  ["”", '"'],
  ["…", "..."],
  ["→", "->"],
  ["×", "x"],
]);

/** `text` in printable ASCII on one line: common signs are spelled out, others become a question mark. */
export function ascii(text: string): string {
  const spelled = [...text].map(
    (sign) => spelledOut.get(sign) ?? (/^[\x21-\x7e]$/.test(sign) ? sign : blankOr(sign)),
  );
  return spelled.join("").replace(/ +/g, " ").trim();
}

/** The words of `text` in lines of at most `width`, of which the second and later ones begin with `indent`. */
export function wrap(text: string, width: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  // A closing bracket stays with the word before it.
  for (const word of text.split(/ (?!\]\])/).flatMap((word) => broken(word, width - indent.length))) {
    const longer = line === "" || line === indent ? `${line}${word}` : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line];
}

function blankOr(sign: string): string {
  return /^\s$/.test(sign) ? " " : "?";
}

function broken(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at === 0 || at < word.length; at += width) parts.push(word.slice(at, at + width));
  return parts;
}
