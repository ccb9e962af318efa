/** Ladder diagrams in ASCII, in the style of the figures of protocol-06 §3, ready for a kramdown `~~~ aasvg` block. */
import type { Trace } from "../../trace/index.ts";
import type { Column } from "../ladder/columns.ts";
import { type Ladder, laddersOf, type Unit } from "../ladder/plan.ts";
import { drawLadder } from "./draw.ts";
import { type Layout, layOut, needsOf } from "./layout.ts";
import { stepsOf } from "./steps.ts";
import { ascii, wrap } from "./text.ts";

export interface FigureOptions {
  /** No line is wider. At least 40; 72 is what a draft has. */
  readonly width?: number;
  /** Whether the list of steps stands under the ladder. */
  readonly steps?: boolean;
}

/** One chapter of a trace as text. */
export interface Figure {
  /** The phase's title; empty for what came before the first phase. */
  readonly title: string;
  /** The section that the phase follows. */
  readonly draft?: string;
  /** Lines of printable ASCII, the last one without a line feed. */
  readonly text: string;
}

const draftWidth = 72;
const leastWidth = 40;

/** A figure for each chapter of `trace` in which anything happens. Throws RangeError for a width below 40. */
export function asciiFigures(trace: Trace, options: FigureOptions = {}): readonly Figure[] {
  const { width = draftWidth, steps = true } = options;
  if (!(width >= leastWidth))
    throw new RangeError(`a ladder needs a width of at least ${leastWidth}, not ${width}`);
  const actors = new Map(trace.header.actors.map((actor) => [actor.id, actor]));
  return laddersOf(trace).map((ladder) => {
    const { title, draft } = ladder;
    const list = steps ? stepsOf(ladder, actors, width) : [];
    const lines = [...drawParts(ladder, width), ...(list.length > 0 ? ["", ...list] : [])];
    while (lines[0] === "") lines.shift();
    return { title, ...(draft === undefined ? {} : { draft }), text: lines.join("\n") };
  });
}

/** `figure` as a block that pastes into a kramdown source. `anchor` names it there. */
export function kramdownFigure({ title, text }: Figure, anchor: string): string {
  const name = ascii(title).replaceAll("\\", "").replaceAll('"', "'");
  return `~~~ aasvg\n${text}\n~~~\n{: #${anchor} title="${name}" }\n`;
}

/** The whole ladder where it fits, otherwise as few ladders below each other as fit, each with its own participants. */
function drawParts({ columns, units }: Ladder, width: number): readonly string[] {
  const arrows = units.filter((unit) => unit.type === "arrows");
  const lines: string[] = [];
  for (let start = 0; start < arrows.length; ) {
    const { layout, units: part } = longestPart(columns, arrows.slice(start), width);
    start += part.length;
    const more = start < arrows.length ? ["", "(continued)", ""] : [];
    const legend = layout.legend.length > 0 ? ["", ...wrap(layout.legend.join(", "), width)] : [];
    lines.push(...drawLadder(part, layout), ...legend, ...more);
  }
  return lines;
}

interface Part {
  readonly layout: Layout;
  readonly units: readonly Unit[];
}

/** The longest beginning of `units` whose participants fit into `width`; a single unit always does. */
function longestPart(columns: readonly Column[], units: readonly Unit[], width: number): Part {
  const whole = fitting(columns, units, width);
  if (whole !== undefined) return whole;
  let longest: Part | undefined;
  for (let count = 1; count < units.length; count++) {
    const part = fitting(columns, units.slice(0, count), width);
    if (part === undefined) break;
    longest = part;
  }
  return longest ?? { layout: { lifelines: [], header: [], legend: [] }, units: units.slice(0, 1) };
}

function fitting(columns: readonly Column[], units: readonly Unit[], width: number): Part | undefined {
  const used = new Set<number>();
  for (const unit of units) {
    if (unit.type === "arrows") for (const { from, to } of unit.arrows) used.add(from).add(to);
  }
  const kept = columns.flatMap((column, i) => (used.has(i) ? [{ column, i }] : []));
  const place = new Map(kept.map(({ i }, at) => [i, at]));
  const moved = units.map((unit): Unit => {
    if (unit.type !== "arrows") return unit;
    return {
      type: "arrows",
      arrows: unit.arrows.map((arrow) => ({
        ...arrow,
        from: place.get(arrow.from) ?? 0,
        to: place.get(arrow.to) ?? 0,
      })),
    };
  });
  const needs = needsOf(
    kept.map(({ column }) => column),
    moved,
  );
  const layout = layOut(needs, width);
  return layout && { layout, units: moved };
}
