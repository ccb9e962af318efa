/**
 * The rows of a chapter's ladder, from top to bottom.
 *
 * A message is drawn as one straight arrow wherever that is honest: where some order of rows agrees with the order in
 * which every lifeline saw what happened to it. Only where messages truly cross does one get two rows, its departure
 * and its arrival. What one actor sends at one instant has no order among itself.
 */
import type { Chapter, Message, Note, Occurrence } from "./chapter.ts";

export type Row =
  /** A message that departs and arrives, or departs and is lost, with nothing between. */
  | { readonly type: "message"; readonly message: Message }
  /** A message departs; it arrives in a row further down, in a later chapter or not before the end of the trace. */
  | { readonly type: "departure"; readonly message: Message }
  | { readonly type: "arrival"; readonly message: Message }
  | { readonly type: "note"; readonly note: Note; readonly actor: string | undefined };

/** A row that could come next, the occurrences it shows, and its place in the order of the trace. */
interface Candidate {
  readonly row: Row;
  readonly shows: readonly Occurrence[];
  readonly place: number;
}

/**
 * The rows of `chapter`: in the order of arrival, as near as causality allows. `kinship` says how much a row wants to
 * stand right below another: of rows that could come next, the nearest of kin to the one above it does.
 */
export function rowsOf(chapter: Chapter, kinship: (above: Row, below: Row) => number): readonly Row[] {
  const lifelines = lifelinesOf(chapter);
  const inChapter = flightsOf(chapter);
  const departed = new Set<Message>();
  const rows: Row[] = [];
  for (;;) {
    const heads = lifelines.flatMap(([slot]) => slot ?? []);
    if (heads.length === 0) return rows;
    const above = rows.at(-1);
    const kin = ({ row }: Candidate) => (above === undefined ? 0 : kinship(above, row));
    const ready = heads.flatMap((head) => candidate(head, heads, inChapter, departed) ?? []);
    const next = ready.sort((a, b) => kin(b) - kin(a) || a.place - b.place)[0] ?? crossing(heads, inChapter);
    if (next.row.type === "departure") departed.add(next.row.message);
    rows.push(next.row);
    for (const slots of lifelines) strike(slots, next.shows);
  }
}

/** What is left of a lifeline: slots in order; what is in one slot happened at one instant, in no order. */
type Lifeline = Occurrence[][];

function lifelinesOf({ occurrences }: Chapter): readonly Lifeline[] {
  const lifelines = new Map<string | undefined, Lifeline>();
  for (const one of occurrences) {
    const lifeline = lifelines.get(one.actor) ?? [];
    lifelines.set(one.actor, lifeline);
    const slot = lifeline.at(-1);
    const before = slot?.[0];
    const together =
      one.type === "departure" &&
      before?.type === "departure" &&
      one.message.sentAt === before.message.sentAt;
    if (together) slot?.push(one);
    else lifeline.push([one]);
  }
  return [...lifelines.values()];
}

function strike(slots: Lifeline, shown: readonly Occurrence[]): void {
  const [slot] = slots;
  if (!slot?.some((one) => shown.includes(one))) return;
  const left = slot.filter((one) => !shown.includes(one));
  if (left.length > 0) slots[0] = left;
  else slots.shift();
}

/** The two ends of a message, as far as they are in one chapter. */
interface Ends {
  readonly departure?: Occurrence;
  readonly arrival?: Occurrence;
}

function flightsOf({ occurrences }: Chapter): ReadonlyMap<Message, Ends> {
  const flights = new Map<Message, Ends>();
  for (const one of occurrences) {
    if (one.type === "note") continue;
    flights.set(one.message, { ...flights.get(one.message), [one.type]: one });
  }
  return flights;
}

/** The row that `head` can be drawn in now, if any: what stands first on its lifeline, or on both of its lifelines. */
function candidate(
  head: Occurrence,
  heads: readonly Occurrence[],
  flights: ReadonlyMap<Message, Ends>,
  departed: ReadonlySet<Message>,
): Candidate | undefined {
  const place = head.seq;
  if (head.type === "note")
    return { row: { type: "note", note: head.note, actor: head.actor }, shows: [head], place };
  const { message } = head;
  const { departure, arrival } = flights.get(message) ?? {};
  if (head.type === "arrival") {
    const alone = departure === undefined || departed.has(message);
    return alone ? { row: { type: "arrival", message }, shows: [head], place } : undefined;
  }
  if (message.lost !== undefined) return { row: { type: "message", message }, shows: [head], place };
  if (arrival === undefined) return { row: { type: "departure", message }, shows: [head], place };
  if (!heads.includes(arrival)) return undefined;
  return { row: { type: "message", message }, shows: [head, arrival], place: arrival.seq };
}

/**
 * Where no row can be drawn, messages cross, and one of them needs two rows: the one that arrives last. There always
 * is one: the earliest occurrence left is a departure, since an arrival or a note could be drawn.
 */
function crossing(heads: readonly Occurrence[], flights: ReadonlyMap<Message, Ends>): Candidate {
  const candidates = heads.flatMap((head) => {
    if (head.type !== "departure") return [];
    const row: Row = { type: "departure", message: head.message };
    return [{ row, shows: [head], place: flights.get(head.message)?.arrival?.seq ?? head.seq }];
  });
  return candidates.reduce((latest, other) => (other.place > latest.place ? other : latest));
}
