/** All octets beside the parts that they are. */

import { hex } from "../../spec-model/bytes.ts";
import type { Part } from "../../spec-model/formats/index.ts";
import { bold, cyan, dim, red } from "../colours.ts";
import { coloured, columns, shortened } from "./layout.ts";
import { labelWidth, type Row, rowsOf } from "./rows.ts";

const perLine = 8;
const widestLabel = 38;

/** A part with the octets that are its own and not those of a part within. */
interface Stretch {
  readonly offset: number;
  readonly end: number;
  readonly row: Row | undefined;
}

/** Lines of up to eight octets, each octet once; what they are beside the first of them. */
export function hexdumpLines(part: Part, bytes: Uint8Array): string[] {
  const rows = rowsOf(part);
  const width = labelWidth(rows, widestLabel);
  const stretches = stretchesOf(part, rows, bytes.length);
  return [dim("  offset"), ...stretches.flatMap((stretch) => stretchLines(stretch, bytes, width))];
}

/** From the start of each row to the start of the next: parts stand in the order of their bytes. */
function stretchesOf(whole: Part, rows: readonly Row[], total: number): Stretch[] {
  const read = whole.offset + whole.length;
  const stretches: Stretch[] = rows.map((row, index) => ({
    offset: row.part.offset,
    end: rows[index + 1]?.part.offset ?? read,
    row,
  }));
  return read < total ? [...stretches, { offset: read, end: total, row: undefined }] : stretches;
}

function stretchLines({ offset, end, row }: Stretch, bytes: Uint8Array, width: number): string[] {
  const what = row === undefined ? red("not read") : described(row, width);
  const lines = [hexLine(bytes, offset, Math.min(end, offset + perLine)) + what];
  for (let at = offset + perLine; at < end; at += perLine) {
    lines.push((hexLine(bytes, at, Math.min(end, at + perLine)) + dim(row?.under ?? "")).trimEnd());
  }
  return lines;
}

function hexLine(bytes: Uint8Array, from: number, to: number): string {
  const pairs = Array.from(bytes.subarray(from, to), (octet) => hex(Uint8Array.of(octet)));
  return `${dim(String(from).padStart(8))}  ${pairs.join(" ").padEnd(3 * perLine)} ${dim("\u2502")} `;
}

function described({ part, guide, label }: Row, width: number): string {
  const padding = " ".repeat(Math.max(0, width - guide.length - label.length));
  const room = columns - 8 - 2 - 3 * perLine - 3 - Math.max(width, guide.length + label.length) - 2;
  const isBare = part.value.kind === "none" || part.value.text === "";
  const type = part.type === label ? "" : part.type;
  const value = isBare
    ? cyan(part.value.kind === "bytes" ? "empty" : type)
    : coloured(part, shortened(part.value, room));
  return `${dim(guide)}${part.children.length > 0 ? bold(label) : label}${padding}  ${value}`.trimEnd();
}
