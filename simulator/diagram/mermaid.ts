/** Ladder diagrams as Mermaid sequenceDiagram text. */
import type { Trace } from "../trace/index.ts";
import { type Arrow, type Ladder, laddersOf, type NoteUnit } from "./ladder/plan.ts";

/** One chapter of a trace as Mermaid text. */
export interface MermaidFigure {
  /** The phase's title; empty for what came before the first phase. */
  readonly title: string;
  /** The section that the phase follows. */
  readonly draft?: string;
  /** A sequenceDiagram, the last line without a line feed. */
  readonly text: string;
}

/**
 * A sequence diagram for each chapter of `trace` in which anything happens. Mermaid has no sign for a message that
 * arrives late: its departure is a note there, and its arrival the arrow.
 */
export function mermaidFigures(trace: Trace): readonly MermaidFigure[] {
  const labels = new Map(trace.header.actors.map(({ id, label }) => [id, label]));
  return laddersOf(trace).map((ladder) => {
    const { title, draft, columns, units } = ladder;
    const lines = [
      "sequenceDiagram",
      ...(title === "" ? [] : [`  title: ${escapeText(title)}`]),
      ...columns.map(({ name }, i) => `  participant ${id(i)} as ${escapeText(name)}`),
      ...units.flatMap((unit) =>
        unit.type === "note"
          ? noteLines(unit, ladder, labels)
          : unit.arrows.map((arrow) => `  ${arrowLine(arrow)}`),
      ),
    ];
    return { title, ...(draft === undefined ? {} : { draft }), text: lines.join("\n") };
  });
}

function id(column: number): string {
  return `p${column}`;
}

/** A solid line for requests, a dotted one for responses, an open head within a provider. */
const lines = { request: "->>", response: "-->>", local: "-)" } as const;
const lostLines = { request: "-x", response: "--x", local: "-x" } as const;

function arrowLine(arrow: Arrow): string {
  const { from, to, kind, drawn, tag, messages } = arrow;
  const [message] = messages;
  const label = [
    arrow.label,
    ...(message?.tampered.map((what) => `changed: ${what}`) ?? []),
    ...(message?.lost === undefined ? [] : [`lost: ${message.lost}`]),
  ].join(", ");
  switch (drawn) {
    case "whole":
      return `${id(from)}${lines[kind]}${id(to)}: ${escapeText(label)}`;
    case "lost":
      return `${id(from)}${lostLines[kind]}${id(to)}: ${escapeText(label)}`;
    case "start": {
      const later = message?.delivered ? `(${tag}) departs` : "still under way at the end";
      return `Note over ${id(from)}: ${escapeText(`${label}, ${later}`)}`;
    }
    case "end":
      return `${id(from)}${lines[kind]}${id(to)}: ${escapeText(`(${tag}) ${label}`)}`;
  }
}

function noteLines(
  { note, actors, column }: NoteUnit,
  { columns }: Ladder,
  labels: ReadonlyMap<string, string>,
) {
  const drawn = column === undefined ? undefined : columns[column];
  const isWhole = drawn !== undefined && drawn.members.length === actors.length;
  const names =
    isWhole || actors.length === 0 ? "" : `${actors.map((actor) => labels.get(actor) ?? actor).join(", ")}: `;
  const text = escapeText(names + note.text);
  if (column !== undefined) return [`  Note over ${id(column)}: ${text}`];
  // Without a lifeline to stand over, a note stands over all of them; where there are none, nothing can be drawn.
  if (columns.length === 0) return [`  %% ${text}`];
  return [`  Note over ${columns.length > 1 ? `${id(0)},${id(columns.length - 1)}` : id(0)}: ${text}`];
}

/** Text that Mermaid takes for nothing but text: signs and words that it might read otherwise become entities. */
function escapeText(text: string): string {
  const escaped = [...text].map((sign) => {
    if (/[\s\p{Cc}\u2028\u2029]/u.test(sign)) return " ";
    return /[A-Za-z0-9 /.,_()?=*+-]/.test(sign) || /[\p{L}\p{N}]/u.test(sign)
      ? sign
      : `#${sign.codePointAt(0)};`;
  });
  const words = escaped.join("").replace(/ +/g, " ").trim();
  return words.replace(/\bend\b/gi, (word) => `#${word.codePointAt(0)};${word.slice(1)}`) || "#160;";
}
