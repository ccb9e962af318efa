/** Where the lifelines of an SVG ladder stand, and the boxes with the names above them. */
import type { Column } from "../ladder/columns.ts";
import type { Arrow, Ladder } from "../ladder/plan.ts";
import { linesOf, widthOf } from "./measure.ts";
import { fontSize, smallSize } from "./style.ts";
import { element, escapeXml } from "./xml.ts";

export interface SvgColumns {
  /** The x of each lifeline. */
  readonly lifelines: readonly number[];
  /** From the left edge of the first box to the right edge of the last. */
  readonly width: number;
  readonly boxes: readonly Box[];
}

interface Box {
  readonly lines: readonly string[];
  readonly subtitle: readonly string[];
  readonly width: number;
  readonly stacked: boolean;
}

const leastBox = 78;
const widestName = 150;
const leastGap = 96;
/** A slanted arrow needs room to be told from what it crosses. */
const lateGap = 190;
const widestLabel = 220;
/** Between a label and the lifelines beside it. */
const labelPadding = 26;
const boxPadding = 18;
const betweenBoxes = 14;
const lineHeight = 16;

/** The lines of an arrow's label, as wide as they may be in a gap. */
export function labelLines(label: string): readonly string[] {
  return linesOf(label, widestLabel, fontSize);
}

export function placeColumns({ columns, units }: Ladder): SvgColumns {
  const boxes = columns.map(boxOf);
  const gaps = columns.slice(1).map((_, i) => {
    const names = ((boxes[i]?.width ?? 0) + (boxes[i + 1]?.width ?? 0)) / 2 + betweenBoxes;
    return Math.max(leastGap, names);
  });
  for (const unit of units) {
    if (unit.type !== "arrows") continue;
    for (const arrow of unit.arrows) {
      const gap = arrow.to > arrow.from ? arrow.from : arrow.from - 1;
      const least = arrow.drawn === "start" || arrow.drawn === "end" ? lateGap : 0;
      gaps[gap] = Math.max(gaps[gap] ?? 0, textWidth(arrow) + labelPadding, least);
    }
  }
  let x = (boxes[0]?.width ?? 0) / 2;
  const lifelines = boxes.map((_, i) => {
    x += i === 0 ? 0 : Math.ceil(gaps[i - 1] ?? 0);
    return x;
  });
  return { lifelines, width: x + (boxes.at(-1)?.width ?? 0) / 2, boxes };
}

/** The height of the highest of `boxes`. */
export function headerHeight({ boxes }: SvgColumns): number {
  return Math.max(0, ...boxes.map(boxHeight));
}

/** The boxes with their lower edges at `bottom`. */
export function drawHeader({ boxes, lifelines }: SvgColumns, bottom: number): readonly string[] {
  return boxes.flatMap((box, i) => {
    const height = boxHeight(box);
    const [x, y] = [(lifelines[i] ?? 0) - box.width / 2, bottom - height];
    const frame = (shift: number) =>
      element("rect", { class: "box", x: x + shift, y: y - shift, width: box.width, height, rx: 5 });
    const text = (line: string, at: number, look: string) =>
      element("text", { class: `middle ${look}`, x: lifelines[i], y: y + at }, escapeXml(line));
    return [
      ...(box.stacked ? [frame(6), frame(3)] : []),
      frame(0),
      ...box.lines.map((line, row) => text(line, 18 + row * lineHeight, "name")),
      ...box.subtitle.map((line, row) =>
        text(line, 18 + box.lines.length * lineHeight + row * 14 - 1, "small muted"),
      ),
    ];
  });
}

/** A label, and what is said below the arrow, may be as wide as this. */
function textWidth(arrow: Arrow): number {
  const below = remarkOf(arrow);
  return Math.max(
    ...[0, ...labelLines(arrow.label).map((line) => widthOf(line, fontSize))],
    below === undefined ? 0 : Math.min(widestLabel, widthOf(below, smallSize)),
  );
}

/** What is written below an arrow with which something went wrong. */
export function remarkOf({ drawn, messages: [message] }: Arrow): string | undefined {
  if (message === undefined) return undefined;
  const changed = message.tampered.map((what) => `changed: ${what}`);
  const lost = message.lost === undefined ? [] : [`lost: ${message.lost}`];
  const late = drawn === "start" && !message.delivered ? ["still under way"] : [];
  const all = drawn === "end" ? [] : [...changed, ...lost, ...late];
  return all.length > 0 ? all.join(", ") : undefined;
}

function boxOf({ name, kind, members }: Column): Box {
  const lines = linesOf(name, widestName, fontSize);
  const user = members[0]?.user?.split("/").at(-1);
  const whose = kind === "provider" ? (members[0]?.domain ?? "") : (user ?? "");
  const group = members.length > 1 ? [members.map(({ label }) => label).join(", ")] : [whose];
  const subtitle = linesOf(group.join(""), widestName, smallSize);
  const widths = [
    ...lines.map((line) => widthOf(line, fontSize)),
    ...subtitle.map((line) => widthOf(line, smallSize)),
  ];
  const width = 2 * Math.ceil((Math.max(leastBox, ...widths) + boxPadding) / 2);
  return { lines, subtitle, width, stacked: members.length > 1 };
}

function boxHeight({ lines, subtitle }: Box): number {
  return 12 + lines.length * lineHeight + subtitle.length * 14;
}
