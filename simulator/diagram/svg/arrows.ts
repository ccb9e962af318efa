/** Draws the arrows of an SVG ladder: whole, lost on the way, late, copied, tampered with. */
import type { Arrow } from "../ladder/plan.ts";
import { labelLines, remarkOf } from "./columns.ts";
import { smallSize } from "./style.ts";
import { element, escapeXml } from "./xml.ts";

/** The y of the rows in which late arrows of this ladder start and end, by their numbers. */
export interface LateRows {
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
}

export const labelLineHeight = 15;
const headLength = 9;
const headWidth = 4;
const stubLength = 44;
const labelAt = 13;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The arrow in the row at `y`, with what is written at it, as a group that names the messages' ids. */
export function drawArrow(arrow: Arrow, lifelines: readonly number[], y: number, late: LateRows): string {
  const ids = arrow.messages.map(({ id }) => id).join(" ");
  const name = arrow.drawn === "end" ? "data-arrival" : "data-message";
  return element("g", { [name]: ids }, ...parts(arrow, lifelines, y, late));
}

function parts(arrow: Arrow, lifelines: readonly number[], y: number, late: LateRows): readonly string[] {
  const start = { x: lifelines[arrow.from] ?? 0, y };
  const goal = { x: lifelines[arrow.to] ?? 0, y };
  const step = Math.sign(goal.x - start.x);
  const colour = colourOf(arrow);
  const tag = arrow.tag ?? 0;
  const texts = [...label(arrow, start, step, colour), ...remark(arrow, start, step)];
  switch (arrow.drawn) {
    case "whole":
      return [...pointed(arrow, colour, start, goal), ...flaw(arrow, start, goal), ...texts];
    case "lost": {
      const end = { x: goal.x - step * Math.min(40, Math.abs(goal.x - start.x) / 3), y };
      return [line(arrow, colour, start, end), cross(end), ...flaw(arrow, start, end), ...texts];
    }
    case "start": {
      const endRow = late.ends.get(tag);
      if (endRow !== undefined) {
        const end = { x: goal.x, y: endRow };
        return [...pointed(arrow, `${colour} late`, start, end), ...flaw(arrow, start, end), ...texts];
      }
      const end = { x: start.x + step * stubLength, y };
      const arrives = arrow.messages.some(({ delivered }) => delivered);
      return [
        line(arrow, `${colour} late`, start, end),
        ...(arrives ? [number(tag, end, step)] : []),
        ...texts,
      ];
    }
    case "end": {
      // Where the arrow starts in this ladder, it was drawn from there.
      if (late.starts.has(tag)) return [];
      const begin = { x: goal.x - step * stubLength, y };
      return [...pointed(arrow, `${colour} late`, begin, goal), number(tag, begin, -step)];
    }
  }
}

function colourOf({ drawn, tampered, kind }: Arrow): string {
  if (drawn === "lost") return "alarm";
  return tampered ? "warning" : kind;
}

function line({ kind }: Arrow, colour: string, from: Point, to: Point): string {
  const dashes = kind === "local" ? " local" : "";
  return element("line", { class: `arrow ${colour}${dashes}`, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
}

/** A line with a head at its end. */
function pointed(arrow: Arrow, colour: string, from: Point, to: Point): readonly string[] {
  const length = Math.sqrt((to.x - from.x) ** 2 + (to.y - from.y) ** 2) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const neck = { x: to.x - dx * headLength, y: to.y - dy * headLength };
  const corners = [
    to,
    { x: neck.x - dy * headWidth, y: neck.y + dx * headWidth },
    { x: neck.x + dy * headWidth, y: neck.y - dx * headWidth },
  ];
  const points = corners.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`).join(" ");
  return [
    line(arrow, colour, from, neck),
    element("polygon", { class: `head ${colour.replace(" late", "")}`, points }),
  ];
}

/** The label above the start of the arrow, on the arrow's side of the lifeline. */
function label(arrow: Arrow, { x, y }: Point, step: number, colour: string): readonly string[] {
  if (arrow.labelAbove) return [];
  const lines = labelLines(arrow.label);
  return lines.map((text, i) => {
    const above = y - 6 - (lines.length - 1 - i) * labelLineHeight;
    return written(text, x + step * labelAt, above, step, `halo ${colour}`);
  });
}

function remark(arrow: Arrow, { x, y }: Point, step: number): readonly string[] {
  const text = remarkOf(arrow);
  if (text === undefined) return [];
  const colour = arrow.drawn === "lost" ? "alarm" : arrow.tampered ? "warning" : "muted";
  return [written(text, x + step * labelAt, y + smallSize + 2, step, `halo small ${colour}`)];
}

function written(text: string, x: number, y: number, step: number, look: string): string {
  return element("text", { class: step < 0 ? `end ${look}` : look, x, y }, escapeXml(text));
}

function cross({ x, y }: Point): string {
  const size = 5;
  const path = `M${Math.round(x - size)} ${y - size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`;
  return element("path", { class: "arrow alarm", d: path });
}

/** A lightning on an arrow whose octets were changed, towards its end: what was changed is written at its start. */
function flaw({ tampered }: Arrow, from: Point, to: Point): readonly string[] {
  if (!tampered) return [];
  const x = Math.round(to.x - (to.x - from.x) / 5);
  const y = Math.round(to.y - (to.y - from.y) / 5);
  return [element("path", { class: "arrow warning", d: `M${x + 3} ${y - 8}l-7 9h8l-7 9` })];
}

/** The number of an arrow whose other end is not in this ladder. */
function number(tag: number, { x, y }: Point, step: number): string {
  return element("text", { class: "middle halo small muted", x: x + step * 14, y: y + 4 }, `(${tag})`);
}
