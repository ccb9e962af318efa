/** Draws what an SVG ladder tells in words: a box over the lifeline of who it is about, or over all of them. */
import type { Column } from "../ladder/columns.ts";
import type { NoteUnit } from "../ladder/plan.ts";
import { linesOf, widthOf } from "./measure.ts";
import { smallSize } from "./style.ts";
import { element, escapeXml } from "./xml.ts";

/** A note's lines, and the left edge, width and height of its box. */
export interface NoteBox {
  readonly lines: readonly string[];
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

const widest = 216;
const lineHeight = 14;
const padding = 8;

/** The colours of the kinds of notes, as the style sheet names them. */
const looks = {
  intention: "wish",
  decision: "note",
  shown: "seen",
  noticed: "trouble",
  failed: "trouble",
} as const;

/** Fits a note into a ladder that is `width` wide. `label` gives an actor's name. */
export function fitNote(
  { note, actors, column }: NoteUnit,
  columns: readonly Column[],
  lifelines: readonly number[],
  width: number,
  label: (actor: string) => string,
): NoteBox {
  const own = column === undefined ? undefined : columns[column];
  const named = own === undefined || own.members.length !== actors.length;
  const names = named && actors.length > 0 ? `${actors.map(label).join(", ")}: ` : "";
  const most = (own === undefined ? width : Math.min(widest, width)) - 2 * padding;
  const lines = linesOf(names + note.text, most, smallSize);
  const inner = Math.max(0, ...lines.map((line) => widthOf(line, smallSize)));
  const boxWidth = own === undefined ? width : Math.ceil(inner) + 2 * padding;
  const middle = column === undefined ? width / 2 : (lifelines[column] ?? 0);
  const x = Math.max(0, Math.min(width - boxWidth, middle - boxWidth / 2));
  return { lines, x, width: boxWidth, height: lines.length * lineHeight + padding };
}

/** The note with its upper edge at `y`. */
export function drawNote(
  { note }: NoteUnit,
  { lines, x, width, height }: NoteBox,
  y: number,
): readonly string[] {
  return [
    element("rect", { class: `box ${looks[note.kind]}`, x, y, width, height, rx: 3 }),
    ...lines.map((line, i) =>
      element(
        "text",
        { class: "small", x: x + padding, y: y + padding + 7 + i * lineHeight },
        escapeXml(line),
      ),
    ),
  ];
}
