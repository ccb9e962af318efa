/** Where the lifelines of a ladder stand in a given number of columns of text, and how their names are written. */
import type { Column } from "../ladder/columns.ts";
import type { Arrow, Unit } from "../ladder/plan.ts";
import { ascii, wrap } from "./text.ts";

export interface Layout {
  /** The text column of each lifeline. */
  readonly lifelines: readonly number[];
  /** The names as they stand above the lifelines, each in as many lines as the others. */
  readonly header: readonly (readonly HeaderName[])[];
  /** What the names above stand for, where they are not the participants' own. */
  readonly legend: readonly string[];
}

export interface HeaderName {
  readonly text: string;
  readonly at: number;
}

/** The columns from `from` to `to` lifelines further are drawn; a gap is the distance of neighbouring lifelines. */
export interface Participants {
  readonly columns: readonly Column[];
  /** For each gap, the labels that are written in it. */
  readonly labels: readonly (readonly string[])[];
  /** For each gap, whether an arrow's start or end with its number is drawn in it. */
  readonly stubs: readonly boolean[];
}

const usualGap = 16;
const unlabelledGap = 10;
const widestGap = 28;
const narrowestGap = 6;
/** "- (12)" */
const stubGap = 9;
/** A label that is not wrapped. */
const shortLabel = 8;
/** A longer word of a label is broken. */
const longestWord = 14;
const nameOffset = 2;

/** A layout at most `width` wide: with whole names where they fit, else on two lines, else short ones; or undefined. */
export function layOut(participants: Participants, width: number): Layout | undefined {
  const names = participants.columns.map(({ name }) => ascii(name));
  const short = abbreviations(names);
  const legend = names.flatMap((name, i) => (short[i] === name ? [] : [`${short[i]}=${name}`]));
  return (
    tryNames(
      participants,
      width,
      names.map((name) => [name]),
      [],
    ) ??
    tryNames(participants, width, names.map(inTwoLines), []) ??
    tryNames(
      participants,
      width,
      short.map((name) => [name]),
      legend,
    )
  );
}

/** The gap in which the label of `arrow` is written: the one beside the column where the arrow begins. */
export function labelGap({ from, to }: Arrow): number {
  return to > from ? from : from - 1;
}

/** What `units` need in the gaps between `columns`, of which there is one less. */
export function needsOf(columns: readonly Column[], units: readonly Unit[]): Participants {
  const labels: string[][] = columns.slice(1).map(() => []);
  const stubs = labels.map(() => false);
  for (const arrow of units.flatMap((unit) => (unit.type === "arrows" ? unit.arrows : []))) {
    const { from, to, drawn } = arrow;
    if (drawn !== "end") labels[labelGap(arrow)]?.push(ascii(arrow.label));
    if (drawn === "start") stubs[labelGap(arrow)] = true;
    if (drawn === "end") stubs[to > from ? to - 1 : to] = true;
  }
  return { columns, labels, stubs };
}

type Names = readonly (readonly string[])[];

function tryNames({ labels, stubs }: Participants, width: number, names: Names, legend: readonly string[]) {
  const lengths = names.map((lines) => Math.max(...lines.map((line) => line.length)));
  const offsets = lengths.map((length, i) =>
    names[i]?.length === 1 ? Math.min(nameOffset, length >> 1) : 0,
  );
  const nameGap = (i: number) => (offsets[i + 1] ?? 0) - (offsets[i] ?? 0) + (lengths[i] ?? 0) + 1;
  const wordGap = (i: number) => {
    const words = (labels[i] ?? []).flatMap((label) =>
      label.length <= shortLabel ? label : label.split(" "),
    );
    return Math.max(0, ...words.map((word) => Math.min(word.length, longestWord) + 3));
  };
  const wish = (i: number) =>
    Math.max(usualGap, ...(labels[i] ?? []).map(({ length }) => Math.min(length + 3, widestGap)));
  const least = labels.map((_, i) => Math.max(nameGap(i), wordGap(i), stubs[i] ? stubGap : narrowestGap));
  const usual = labels.map((own, i) => Math.max(least[i] ?? 0, own.length === 0 ? unlabelledGap : usualGap));
  const wished = least.map((gap, i) => Math.max(gap, wish(i)));
  const room = width - (offsets[0] ?? 0) - (lengths.at(-1) ?? 0) + (offsets.at(-1) ?? 0);
  const gaps = shrunk(shrunk(wished, usual, room), least, room);
  if (sum(gaps) > room) return undefined;
  const lifelines = names.map((_, i) => (offsets[0] ?? 0) + sum(gaps.slice(0, i)));
  return { lifelines, header: headerOf(names, lifelines, offsets), legend };
}

/** `gaps` made smaller, the widest first, until they fit into `room` or none is wider than its floor. */
function shrunk(gaps: readonly number[], floors: readonly number[], room: number): readonly number[] {
  const result = [...gaps];
  for (let excess = sum(gaps) - room; excess > 0; excess--) {
    let widest = -1;
    for (const [i, gap] of result.entries()) {
      if (gap > (floors[i] ?? 0) && gap > (result[widest] ?? 0)) widest = i;
    }
    if (widest < 0) break;
    result[widest] = (result[widest] ?? 0) - 1;
  }
  return result;
}

function headerOf(names: Names, lifelines: readonly number[], offsets: readonly number[]): Layout["header"] {
  const height = Math.max(...names.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    names.flatMap((lines, i) => {
      const text = lines[row - (height - lines.length)];
      return text === undefined ? [] : [{ text, at: (lifelines[i] ?? 0) - (offsets[i] ?? 0) }];
    }),
  );
}

/** "ClientA1" as "Client" above "A1"; names of another make where they are longest in the middle. */
function inTwoLines(name: string): readonly string[] {
  const [, start, end] = /^([A-Z]?[a-z]{3,})([A-Z0-9].*)$/.exec(name) ?? [];
  if (start !== undefined && end !== undefined && end.length <= start.length) return [start, end];
  return name.length > 9 ? wrap(name, Math.ceil(name.length / 2)).slice(0, 2) : [name];
}

/** "CA1" for "ClientA1"; numbers where capitals and digits do not tell the names apart. */
function abbreviations(names: readonly string[]): readonly string[] {
  const short = names.map((name) => (name.match(/[A-Z0-9*]/g) ?? []).slice(0, 4).join(""));
  const distinct = new Set(short).size === short.length && short.every((name) => name !== "");
  return distinct ? short : names.map((_, i) => `P${i + 1}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
