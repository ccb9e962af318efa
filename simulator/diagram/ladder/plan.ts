/** What a ladder shows, before any drawing: columns, and units from top to bottom, each one or two arrows or a note. */
import type { Trace } from "../../trace/index.ts";
import { type Chapter, chaptersOf, type Message, type Note } from "./chapter.ts";
import { type Column, columnsOf } from "./columns.ts";
import { type Row, rowsOf } from "./rows.ts";

/** An arrow between two columns. It stands for several messages where clients drawn as one receive the same octets. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly kind: "request" | "response" | "local";
  readonly label: string;
  /** Whether the arrow right above says the same, so that the label need not be repeated. */
  readonly labelAbove: boolean;
  readonly messages: readonly Message[];
  /** A whole arrow; one that ends on its way; the start, or the end, of one whose other end is elsewhere. */
  readonly drawn: "whole" | "lost" | "start" | "end";
  /** The number that joins the start and the end of an arrow. */
  readonly tag?: number;
  readonly tampered: boolean;
}

export interface NoteUnit {
  readonly type: "note";
  readonly note: Note;
  readonly actors: readonly string[];
  readonly column: number | undefined;
}

/** What stands in one row: one arrow, or two that leave one column at one instant to either side; or a note. */
export type Unit = { readonly type: "arrows"; readonly arrows: readonly Arrow[] } | NoteUnit;

/** One chapter's ladder. */
export interface Ladder {
  readonly title: string;
  readonly draft?: string;
  readonly columns: readonly Column[];
  readonly units: readonly Unit[];
}

/** A ladder for each chapter of `trace` in which anything happens. */
export function laddersOf(trace: Trace): readonly Ladder[] {
  const tags = new Map<Message, number>();
  return chaptersOf(trace).map((chapter) => ladderOf(chapter, tags));
}

function ladderOf(chapter: Chapter, tags: Map<Message, number>): Ladder {
  const columns = columnsOf(chapter);
  const columnOf = new Map(columns.flatMap(({ members }, i) => members.map(({ id }) => [id, i])));
  const place = (actor: string) => columnOf.get(actor) ?? 0;
  const units: Unit[] = [];
  for (const row of rowsOf(chapter, (above, below) => kinship(above, below, place))) {
    const unit = row.type === "note" ? noteUnit(row, columnOf) : arrowUnit(row, place, tags);
    const joined = join(units.at(-1), unit);
    if (joined === undefined) units.push(underLabel(units.at(-1), unit));
    else units[units.length - 1] = joined;
  }
  const { title, draft } = chapter;
  return { title, ...(draft === undefined ? {} : { draft }), columns, units };
}

/** 2 for rows that say the same of one column, 1 for messages that leave one actor at once to either side, or 0. */
function kinship(above: Row, below: Row, place: (actor: string) => number): number {
  if (above.type === "note" || below.type === "note") {
    return above.type === "note" && below.type === "note" && above.note.text === below.note.text ? 2 : 0;
  }
  if (above.type !== "message" || below.type !== "message") return 0;
  const [a, b] = [above.message, below.message];
  const [span, other] = [place(a.to) - place(a.from), place(b.to) - place(b.from)];
  if (place(a.from) === place(b.from) && span === other && a.label === b.label) return 2;
  return a.from === b.from && a.sentAt === b.sentAt && span * other < 0 ? 1 : 0;
}

function noteUnit({ note, actor }: Row & { type: "note" }, columnOf: ReadonlyMap<string, number>): NoteUnit {
  const column = actor === undefined ? undefined : columnOf.get(actor);
  return { type: "note", note, actors: actor === undefined ? [] : [actor], column };
}

function arrowUnit(
  { type, message }: Exclude<Row, { type: "note" }>,
  place: (actor: string) => number,
  tags: Map<Message, number>,
): Unit {
  if (type === "departure") tags.set(message, tags.size + 1);
  const tag = type === "message" ? undefined : tags.get(message);
  const drawn = {
    message: message.lost === undefined ? "whole" : "lost",
    departure: "start",
    arrival: "end",
  } as const;
  const { kind, label, copyOf, from, to, tampered } = message;
  const arrow: Arrow = {
    from: place(from),
    to: place(to),
    kind,
    label: copyOf === undefined ? label : `${label} (copy)`,
    labelAbove: false,
    messages: [message],
    drawn: drawn[type],
    ...(tag === undefined ? {} : { tag }),
    tampered: tampered.length > 0,
  };
  return { type: "arrows", arrows: [arrow] };
}

/** `above` and `below` as one unit, where they are the same to be seen or can share a row; otherwise undefined. */
function join(above: Unit | undefined, below: Unit): Unit | undefined {
  if (above === undefined) return undefined;
  if (above.type === "note" || below.type === "note") {
    if (above.type !== "note" || below.type !== "note") return undefined;
    const same =
      above.column !== undefined && above.column === below.column && above.note.text === below.note.text;
    return same ? { ...above, actors: [...above.actors, ...below.actors] } : undefined;
  }
  const [arrow] = below.arrows;
  if (arrow === undefined) return undefined;
  const same = above.arrows.find((other) => showsTheSame(other, arrow));
  if (same !== undefined) {
    const merged = { ...same, messages: [...same.messages, ...arrow.messages] };
    return { type: "arrows", arrows: above.arrows.map((other) => (other === same ? merged : other)) };
  }
  const [beside] = above.arrows;
  const paired = beside !== undefined && above.arrows.length === 1 && leaveAtOnce(beside, arrow);
  return paired ? { type: "arrows", arrows: [beside, arrow] } : undefined;
}

/** Whether two arrows carry the same octets from one actor at one instant to clients that are drawn as one. */
function showsTheSame(a: Arrow, b: Arrow): boolean {
  const [first, second] = [a.messages[0], b.messages[0]];
  return (
    sameToBeSeen(a, b) &&
    first?.from === second?.from &&
    first?.sentAt === second?.sentAt &&
    first?.sha256 === second?.sha256 &&
    a.messages.every(({ to }) => to !== second?.to)
  );
}

function sameToBeSeen(a: Arrow, b: Arrow): boolean {
  const plain = a.drawn === "whole" && b.drawn === "whole" && !a.tampered && !b.tampered;
  return plain && a.from === b.from && a.to === b.to && a.label === b.label && a.kind === b.kind;
}

function leaveAtOnce(a: Arrow, b: Arrow): boolean {
  const [first, second] = [a.messages[0], b.messages[0]];
  const bothDrawn = [a, b].every(({ drawn }) => drawn === "whole" || drawn === "lost");
  const apart = (a.to - a.from) * (b.to - b.from) < 0;
  return bothDrawn && apart && first?.from === second?.from && first?.sentAt === second?.sentAt;
}

/** `below`, without its label where the arrow right above says the same. */
function underLabel(above: Unit | undefined, below: Unit): Unit {
  if (above?.type !== "arrows" || below.type !== "arrows") return below;
  const arrows = below.arrows.map((arrow) => ({
    ...arrow,
    labelAbove: above.arrows.some((other) => sameToBeSeen(other, arrow)),
  }));
  return { type: "arrows", arrows };
}
