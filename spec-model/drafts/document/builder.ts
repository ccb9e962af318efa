/** Collects a draft's parts in the order in which a reader meets them, numbering the sections. */
import { textOf } from "../../bytes.ts";
import type {
  Block,
  Cell,
  Draft,
  Form,
  Line,
  Place,
  Prose,
  ReadingProblem,
  Resolve,
  Section,
  Table,
} from "./document.ts";

export interface Builder {
  readonly section: () => Section;
  readonly openSection: (given: {
    title: string;
    anchor: string;
    level: number;
    place: Place;
    /** A number that the draft itself states; undefined: it is counted. */
    number?: string;
    unnumbered?: boolean;
  }) => void;
  /** What follows are the numbered sections, or the appendices. */
  readonly startMiddle: () => void;
  readonly startBack: () => void;
  readonly addBlock: (block: Omit<Block, "section">) => void;
  readonly addTable: (table: Omit<Table, "section">) => void;
  readonly addProse: (prose: Omit<Prose, "section">) => void;
  readonly problem: (kind: ReadingProblem["kind"], place: Place, detail: string) => void;
  /** The lines of an included file; undefined, and a problem is noted, where there is none. */
  readonly include: (path: string, place: Place) => readonly Line[] | undefined;
  readonly draft: (name: string) => Draft;
}

export function builder(file: string, form: Form, source: readonly string[], resolve: Resolve): Builder {
  const front: Section = {
    number: "",
    title: "",
    anchor: "",
    level: 0,
    appendix: false,
    place: { file, line: 1, column: 1 },
  };
  const sections: Section[] = [front];
  const blocks: Block[] = [];
  const tables: Table[] = [];
  const prose: Prose[] = [];
  const problems: ReadingProblem[] = [];
  const includes = new Map<string, readonly string[]>();
  let counters: number[] = [];
  let part: "front" | "middle" | "back" = "front";
  const section = () => sections.at(-1) ?? front;

  const nextNumber = (level: number): string => {
    if (part === "front") return "";
    counters = [...counters.slice(0, level)];
    while (counters.length < level) counters.push(0);
    counters[level - 1] = (counters[level - 1] ?? 0) + 1;
    const [first = 0, ...others] = counters;
    const top = part === "back" ? String.fromCharCode(64 + Math.min(26, Math.max(1, first))) : String(first);
    return [top, ...others].join(".");
  };

  return {
    section,
    openSection: ({ title, anchor, level, place, number, unnumbered }) => {
      const counted = number ?? (unnumbered ? "" : nextNumber(level));
      const appendix = number === undefined ? part === "back" : /^[A-Z]/.test(number);
      sections.push({ number: counted, title, anchor, level, appendix, place });
    },
    startMiddle: () => {
      part = "middle";
      counters = [];
    },
    startBack: () => {
      part = "back";
      counters = [];
    },
    addBlock: (block) => void blocks.push({ ...block, section: section() }),
    addTable: (table) => void tables.push({ ...table, section: section() }),
    addProse: (given) => {
      if (given.lines.some(({ text }) => text.trim() !== "")) prose.push({ ...given, section: section() });
    },
    problem: (kind, place, detail) => void problems.push({ kind, place, detail }),
    include: (path, place) => {
      const bytes = resolve(path);
      const text = bytes === undefined ? undefined : textOf(bytes);
      if (text === undefined) {
        problems.push({ kind: "missingInclude", place, detail: path });
        return undefined;
      }
      const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
      includes.set(path, lines);
      return lines.map((each, i) => ({ text: each, file: path, line: i + 1, column: 1 }));
    },
    draft: (name) => ({ file, form, name, sections, blocks, tables, prose, problems, source, includes }),
  };
}

/** The cells of a row that bars separate; `\|` is a bar in a cell. */
export function cellsOf(line: Line): Cell[] {
  const cells: Cell[] = [];
  const { text } = line;
  let start = /^\s*\|/.exec(text)?.[0].length ?? 0;
  const end = text.length - (/(?<!\\)\|\s*$/.exec(text)?.[0].length ?? 0);
  for (let i = start; i <= end; i++) {
    if (i < end && (text[i] !== "|" || text[i - 1] === "\\")) continue;
    const raw = text.slice(start, i);
    const lead = raw.length - raw.trimStart().length;
    const place = { file: line.file, line: line.line, column: line.column + start + lead };
    cells.push({ text: raw.trim().replaceAll("\\|", "|"), place });
    start = i + 1;
  }
  return cells;
}
