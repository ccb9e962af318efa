/** Draws a ladder's arrows and labels between its lifelines, packed as the drafts' figures are. */
import type { Arrow, Unit } from "../ladder/plan.ts";
import { type Canvas, createCanvas } from "./canvas.ts";
import { type Layout, labelGap } from "./layout.ts";
import { ascii, wrap } from "./text.ts";

/** The lines of the ladder: names, lifelines, arrows. */
export function drawLadder(units: readonly Unit[], layout: Layout): readonly string[] {
  const canvas = createCanvas();
  let last = 0;
  for (const unit of units) {
    if (unit.type === "arrows") last = drawUnit(canvas, unit.arrows, layout.lifelines, last);
  }
  canvas.write(last + 1, 0, "");
  const header = layout.header.map((names) => {
    const line = createCanvas();
    for (const { text, at } of names) line.write(0, at, text);
    return line.lines([])[0] ?? "";
  });
  return [...header, ...canvas.lines(layout.lifelines)];
}

/** A label's lines, and the text columns that are its own. */
interface Label {
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly right: boolean;
}

/** Draws arrows that share a row as high as they and their labels fit below row `last`; gives their row. */
function drawUnit(
  canvas: Canvas,
  arrows: readonly Arrow[],
  lifelines: readonly number[],
  last: number,
): number {
  const labels = arrows.flatMap((arrow) => labelOf(arrow, lifelines) ?? []);
  let row = last + 1;
  while (!labels.every((label) => fits(canvas, label, row))) row++;
  for (const { lines, start, end, right } of labels) {
    for (const [i, line] of lines.entries()) {
      canvas.write(row - lines.length + i, right ? end - line.length : start, line);
    }
  }
  for (const arrow of arrows) drawArrow(canvas, row, arrow, lifelines);
  return row;
}

/** Row 0 stays empty, and a label has its rows between two arrows for itself. */
function fits(canvas: Canvas, { lines, start, end }: Label, row: number): boolean {
  if (row - lines.length < 1) return false;
  return lines.every((_, i) => canvas.isFree(row - lines.length + i, start - 1, end + 1));
}

function labelOf(arrow: Arrow, lifelines: readonly number[]): Label | undefined {
  if (arrow.labelAbove || arrow.drawn === "end" || arrow.label === "") return undefined;
  const gap = labelGap(arrow);
  const [left = 0, right = 0] = [lifelines[gap], lifelines[gap + 1]];
  const lines = wrap(ascii(arrow.label), right - left - 3);
  return { lines, start: left + 2, end: right - 1, right: arrow.to < arrow.from };
}

function drawArrow(canvas: Canvas, row: number, arrow: Arrow, lifelines: readonly number[]): void {
  const [from = 0, to = 0] = [lifelines[arrow.from], lifelines[arrow.to]];
  const forward = to > from;
  const { start, parts } = partsOf(arrow, from, to, lifelines);
  const text = (forward ? parts : parts.map((part) => (part === ">" ? "<" : part)).reverse()).join("");
  canvas.write(row, forward ? start : start - text.length + 1, text);
}

/** An arrow's parts from its start to its end, and the text column of the first. */
function partsOf(arrow: Arrow, from: number, to: number, lifelines: readonly number[]): ArrowParts {
  const step = to > from ? 1 : -1;
  const length = Math.abs(to - from);
  const firstGap = Math.abs((lifelines[arrow.from + step] ?? to) - from);
  const lastGap = Math.abs((lifelines[arrow.to - step] ?? from) - to);
  const tag = `(${arrow.tag ?? ""})`;
  switch (arrow.drawn) {
    case "whole":
      return { start: from, parts: ["+", shaftOf(arrow, length - 2), ">"] };
    case "lost":
      return {
        start: from,
        parts: ["+", shaftOf(arrow, Math.max(2, length - Math.max(4, lastGap >> 1))), "x"],
      };
    case "start": {
      const shaft = shaftOf(arrow, Math.max(1, (firstGap - tag.length - 3) >> 1));
      return { start: from, parts: ["+", shaft, " ", tag] };
    }
    case "end": {
      const shaft = shaftOf(arrow, Math.max(1, (lastGap - tag.length - 3) >> 1));
      return { start: to - step * (tag.length + shaft.length + 2), parts: [tag, " ", shaft, ">"] };
    }
  }
}

interface ArrowParts {
  readonly start: number;
  readonly parts: readonly string[];
}

/** "~" between a client and its provider, "-" between providers; a "!" in the middle where octets were changed. */
function shaftOf({ kind, tampered }: Arrow, length: number): string {
  const line = kind === "local" ? "~" : "-";
  if (!tampered || length < 5) return line.repeat(length);
  const half = (length - 3) >> 1;
  return `${line.repeat(half)} ! ${line.repeat(length - 3 - half)}`;
}
