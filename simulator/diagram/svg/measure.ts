/** How wide a text will be, without a font at hand: shares of the font size close to those of Arial and its kin, a little wider. */

const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!]/, 0.26],
  [/[ftr/()[\] *-]/, 0.33],
  [/[mwMW@%]/, 0.86],
  [/[A-Z&]/, 0.7],
  [/[\x20-\x7e]/, 0.56],
];
/** Of signs outside ASCII some are as wide as they are high. */
const widest = 1;
/** For fonts that run wider than those measured. */
const allowance = 1.04;

/** The width of `text` in a sans-serif font of `size`. */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const sign of text) ems += widths.find(([signs]) => signs.test(sign))?.[1] ?? widest;
  return ems * size * allowance;
}

/** The words of `text` in lines no wider than `width`, a longer word broken where it must be. */
export function linesOf(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((long) => broken(long, width, size))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer, size) <= width) {
      line = longer;
    } else {
      if (line !== "") lines.push(line);
      line = word;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function broken(word: string, width: number, size: number): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (const sign of word) {
    if (part !== "" && widthOf(part + sign, size) > width) {
      parts.push(part);
      part = "";
    }
    part += sign;
  }
  return part === "" ? parts : [...parts, part];
}
