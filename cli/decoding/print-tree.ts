/** The annotated tree: offset, length, name, value and meaning of every part. */

import type { Part } from "../../spec-model/formats/index.ts";
import { bold, cyan, dim, red } from "../colours.ts";
import { coloured, columns, shortened, wrapped } from "./layout.ts";
import { labelWidth, type Row, rowsOf } from "./rows.ts";

const numberWidth = 8;
const numbers = 2 * numberWidth + 2;
const widestLabel = 36;
const valueColumn = 28;

/** Lines for the tree under `part`. `total` are the octets of the input, `fault` is where it stopped being right. */
export function treeLines(part: Part, total: number, fault: number | undefined): string[] {
  const rows = rowsOf(withListsInOneLine(part));
  const width = labelWidth(rows, widestLabel);
  const faulty = rows.findLast((row) => row.part.offset === fault);
  const lines = rows.flatMap((row) => rowLines(row, width, row === faulty));
  const read = part.offset + part.length;
  const left = read < total ? [`${position(read, total - read)}${red("not read")}`] : [];
  return [dim("  offset  length"), ...lines, ...left];
}

/** Short numbers and codes stand behind one another. */
function withListsInOneLine(part: Part): Part {
  const { children } = part;
  const isList =
    part.complete &&
    children.length > 0 &&
    children.every(
      ({ name, value, children: inner }) => name.startsWith("[") && isShort(value) && inner.length === 0,
    );
  if (!isList) return { ...part, children: children.map(withListsInOneLine) };
  const text = children.map(({ value }) => value.text).join(", ");
  return { ...part, value: { kind: "plain", text: `[${text}]` }, children: [] };
}

function isShort({ kind, text }: Part["value"]): boolean {
  return kind === "plain" && text.length <= 24;
}

function rowLines(row: Row, width: number, isFaulty: boolean): string[] {
  const { part, guide, label, under } = row;
  const padding = " ".repeat(Math.max(0, width - guide.length - label.length));
  const name = dim(guide) + (part.children.length > 0 ? bold(label) : label) + padding;
  const room = columns - numbers - width - 2;
  const ownRoom = room - Math.max(0, guide.length + label.length - width);
  const { plain, shown } = shownValue(row, ownRoom);
  const start = `${position(part.offset, part.length)}${name}  ${shown}`;
  const paint = (line: string) => (isFaulty ? red : dim)(line.replaceAll("\u00a0", " "));
  const note = noteOf(row, isFaulty);
  // Notes stand in a column of their own; behind what is too long for that, or below it.
  const column = valueColumn - (room - ownRoom);
  const isNarrow = plain.length <= column - 2;
  if (!isNarrow && plain.length + 2 + note.length <= ownRoom) return [`${start}  ${paint(note)}`.trimEnd()];
  const lines = wrapped(note, room - valueColumn).map(paint);
  const first = isNarrow && lines.length > 0 ? " ".repeat(column - plain.length) + lines.shift() : "";
  const margin = " ".repeat(numbers) + dim(under) + " ".repeat(Math.max(0, width - under.length) + 2);
  return [(start + first).trimEnd(), ...lines.map((line) => margin + " ".repeat(valueColumn) + line)];
}

function shownValue({ part, label }: Row, room: number): { readonly plain: string; readonly shown: string } {
  if (part.value.kind === "none" || part.value.text === "") {
    const type = part.value.kind === "bytes" ? "empty" : part.type === label ? "" : part.type;
    return { plain: type, shown: part.value.kind === "bytes" ? type : cyan(type) };
  }
  const plain = shortened(part.value, room);
  return { plain, shown: coloured(part, plain) };
}

function noteOf({ part, label }: Row, isFaulty: boolean): string {
  const isSaid =
    part.value.kind === "none" ||
    part.value.text === "" ||
    part.type === label ||
    /^(opaque|vector)/.test(part.type);
  const type = isSaid ? "" : part.type;
  const size = part.value.kind === "bytes" ? octets(part.value.text) : "";
  const here = isFaulty ? "the error is here" : "";
  // A point stays with what is in front of it.
  return [here, size, type, part.meaning].filter(Boolean).join("\u00a0\u00b7 ");
}

function octets(text: string): string {
  const count = text.replace(/^h'|'$/g, "").length / 2;
  if (count === 0) return "";
  return count === 1 ? "1 octet" : `${count} octets`;
}

function position(offset: number, length: number): string {
  return `${dim(String(offset).padStart(numberWidth))}${String(length).padStart(numberWidth)}  `;
}
