/** Draws one chapter's ladder as SVG: boxes with names, lifelines, and its rows from top to bottom. */
import type { Ladder, NoteUnit, Unit } from "../ladder/plan.ts";
import { drawArrow, type LateRows, labelLineHeight } from "./arrows.ts";
import { drawHeader, headerHeight, labelLines, placeColumns, remarkOf } from "./columns.ts";
import { drawNote, fitNote, type NoteBox } from "./notes.ts";
import { smallSize } from "./style.ts";
import { element } from "./xml.ts";

/** A drawing whose upper left corner is at (0, 0). */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: readonly string[];
}

const leastWidth = 420;
/** Room for the frames that stand behind a box of several clients. */
const stackRoom = 8;

/** The ladder, its upper left corner at (0, 0). `label` gives an actor's name. */
export function drawSvgLadder(ladder: Ladder, label: (actor: string) => string): Drawing {
  const columns = placeColumns(ladder);
  const width = Math.max(leastWidth, columns.width + stackRoom);
  const top = columns.boxes.length === 0 ? 0 : headerHeight(columns) + stackRoom;
  const boxOf = (unit: NoteUnit) => fitNote(unit, ladder.columns, columns.lifelines, width, label);
  const { rows, height } = placeRows(ladder.units, boxOf, top);
  const late = lateRows(rows);
  const lifelines = columns.lifelines.map((x) =>
    element("line", { class: "lifeline", x1: x, y1: top, x2: x, y2: height }),
  );
  const drawn = rows.flatMap((row) =>
    row.unit.type === "note"
      ? drawNote(row.unit, row.box ?? boxOf(row.unit), row.y)
      : row.unit.arrows.map((arrow) => drawArrow(arrow, columns.lifelines, row.y, late)),
  );
  return { width, height, body: [...lifelines, ...drawHeader(columns, top), ...drawn] };
}

/** A unit, and the y of its arrow, or of a note's upper edge. */
interface PlacedRow {
  readonly unit: Unit;
  readonly y: number;
  readonly box?: NoteBox;
}

function placeRows(units: readonly Unit[], boxOf: (unit: NoteUnit) => NoteBox, top: number) {
  let y = top + 6;
  const rows = units.map((unit): PlacedRow => {
    if (unit.type === "note") {
      const box = boxOf(unit);
      const placed = { unit, y: y + 10, box };
      y = placed.y + box.height;
      return placed;
    }
    const labels = unit.arrows.map(({ labelAbove, drawn, label }) =>
      labelAbove || drawn === "end" ? 0 : labelLines(label).length,
    );
    const remark = unit.arrows.some((arrow) => remarkOf(arrow) !== undefined) ? smallSize + 3 : 0;
    const placed = { unit, y: y + 14 + Math.max(...labels) * labelLineHeight };
    y = placed.y + remark;
    return placed;
  });
  return { rows, height: y + 18 };
}

function lateRows(rows: readonly PlacedRow[]): LateRows {
  const of = (drawn: "start" | "end") =>
    new Map(
      rows.flatMap(({ unit, y }) => {
        const arrows = unit.type === "arrows" ? unit.arrows : [];
        return arrows.flatMap((arrow) =>
          arrow.drawn === drawn && arrow.tag !== undefined ? [[arrow.tag, y]] : [],
        );
      }) as [number, number][],
    );
  return { starts: of("start"), ends: of("end") };
}
