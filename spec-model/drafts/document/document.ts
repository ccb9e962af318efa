/** What a draft is made of, whatever form it comes in: sections, blocks, tables and prose, each with its exact place. */

/** Where something stands: lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One line of a draft, without what its form puts in front of it; the place is that of its first character. */
export interface Line extends Place {
  readonly text: string;
}

export type Form = "markdown" | "xml" | "text";

export interface Section {
  /** e.g. `5.2` or `A.1`; empty for the abstract and for sections without a number. */
  readonly number: string;
  readonly title: string;
  /** Empty where it has none. */
  readonly anchor: string;
  /** 1 for a top-level section. */
  readonly level: number;
  readonly appendix: boolean;
  readonly place: Place;
}

/** A code block or an artwork. */
export interface Block {
  /** As the draft declares it, in lower case; empty where it does not. */
  readonly language: string;
  readonly title: string;
  readonly section: Section;
  /** Where its fence or tag stands. */
  readonly opened: Place;
  readonly lines: readonly Line[];
  /** The path of the file that its lines were included from. */
  readonly included: string | undefined;
}

export interface Cell {
  readonly text: string;
  readonly place: Place;
}

export interface Table {
  readonly title: string;
  readonly section: Section;
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  readonly place: Place;
}

/** A paragraph, or an item of a list. Names in a typewriter face stand between backticks in Markdown and XML. */
export interface Prose {
  readonly section: Section;
  /** 0 for a paragraph, 1 for an item of a list, 2 for an item of a list in it, and so on. */
  readonly depth: number;
  readonly lines: readonly Line[];
}

/** Something that could not be read as it was meant; the rest of the draft was read all the same. */
export interface ReadingProblem {
  readonly kind: "unclosedBlock" | "missingInclude" | "malformedXml" | "tooDeep";
  readonly place: Place;
  readonly detail: string;
}

export interface Draft {
  readonly file: string;
  readonly form: Form;
  /** e.g. `draft-ietf-mimi-protocol-06`, `draft-ietf-mimi-protocol-latest`, or empty. */
  readonly name: string;
  readonly sections: readonly Section[];
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
  readonly prose: readonly Prose[];
  readonly problems: readonly ReadingProblem[];
  /** The whole text, line by line, for excerpts. */
  readonly source: readonly string[];
  /** The texts of included files, for excerpts. */
  readonly includes: ReadonlyMap<string, readonly string[]>;
}

/** Gives the octets of a file that a draft names, or undefined: there is no such file. */
export type Resolve = (path: string) => Uint8Array | undefined;

/** Where the character at `index` of a line stands. */
export function placeIn(line: Line, index = 0): Place {
  return { file: line.file, line: line.line, column: line.column + index };
}

/** The lines' texts, one below the other. */
export function textOfLines(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join("\n");
}

/** Turns an offset in `textOfLines(lines)` into a place, in time that grows with the logarithm of their number. */
export function placesOf(lines: readonly Line[]): (offset: number) => Place {
  const starts: number[] = [];
  let offset = 0;
  for (const { text } of lines) {
    starts.push(offset);
    offset += text.length + 1;
  }
  return (wanted) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    const line = lines[low];
    if (line === undefined) return { file: "", line: 1, column: 1 };
    return placeIn(line, Math.max(0, wanted - (starts[low] ?? 0)));
  };
}
