/** A trace cut into chapters, one a phase: what each lifeline saw, in order, and what became of each message. */
import type { Actor, Trace, TraceEvent } from "../../trace/index.ts";

/** A message on its way, or a copy of one. */
export interface Message {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly kind: "request" | "response" | "local";
  readonly label: string;
  /** What the step list says of it: method and endpoint, the structures in it. */
  readonly says: string;
  readonly sentAt: number;
  readonly sha256: string;
  readonly copyOf?: number;
  /** Why it was lost. Where it was neither lost nor delivered, it was still under way at the end of the trace. */
  lost?: string;
  delivered?: true;
  readonly tampered: string[];
}

/** Something that is told in words: what an actor did on its own, or a property that failed. */
export interface Note {
  readonly kind: "intention" | "decision" | "shown" | "noticed" | "failed";
  readonly text: string;
}

/** One thing on one lifeline (or, for a note without an actor, on none), in the order of the trace. */
export type Occurrence =
  | { readonly type: "departure"; readonly seq: number; readonly actor: string; readonly message: Message }
  | { readonly type: "arrival"; readonly seq: number; readonly actor: string; readonly message: Message }
  | { readonly type: "note"; readonly seq: number; readonly actor: string | undefined; readonly note: Note };

/** The events from one phase event to the next. `title` is empty for what comes before the first. */
export interface Chapter {
  readonly title: string;
  readonly draft?: string;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly occurrences: readonly Occurrence[];
}

/** The chapters of `trace` in which anything happens that a diagram shows. */
export function chaptersOf(trace: Trace): readonly Chapter[] {
  const actors = new Map(trace.header.actors.map((actor) => [actor.id, actor]));
  const messages = new Map<number, Message>();
  let occurrences: Occurrence[] = [];
  const chapters: Chapter[] = [{ title: "", actors, occurrences }];
  for (const event of trace.events) {
    if (event.type === "phase") {
      occurrences = [];
      const draft = event.draft === undefined ? {} : { draft: event.draft };
      chapters.push({ title: event.title, ...draft, actors, occurrences });
      continue;
    }
    const occurrence = occurrenceOf(event, messages);
    if (occurrence !== undefined) occurrences.push(occurrence);
  }
  return chapters.filter((chapter) => chapter.occurrences.length > 0);
}

function occurrenceOf(event: TraceEvent, messages: Map<number, Message>): Occurrence | undefined {
  const { seq } = event;
  switch (event.type) {
    case "send":
      if (event.from === event.to) return toItself(event);
      return depart(seq, messageOf(event), messages);
    case "duplicate": {
      const original = messages.get(event.copyOf);
      return original && depart(seq, copyOf(original, event), messages);
    }
    case "deliver": {
      const message = messages.get(event.id);
      if (message === undefined) return undefined;
      message.delivered = true;
      return { type: "arrival", seq, actor: message.to, message };
    }
    case "drop": {
      const message = messages.get(event.id);
      if (message !== undefined) message.lost = event.reason;
      return undefined;
    }
    case "tamper":
      messages.get(event.id)?.tampered.push(event.what);
      return undefined;
    default: {
      const note = noteOf(event);
      return note && { type: "note", seq, actor: "actor" in event ? event.actor : undefined, note };
    }
  }
}

function depart(seq: number, message: Message, messages: Map<number, Message>): Occurrence {
  messages.set(message.id, message);
  return { type: "departure", seq, actor: message.from, message };
}

/** What an actor sends to itself crosses no network: it is told as a note. */
function toItself({ seq, from, label }: TraceEvent<"send">): Occurrence {
  return { type: "note", seq, actor: from, note: { kind: "decision", text: `sends itself ${label}` } };
}

function messageOf(send: TraceEvent<"send">): Message {
  const { id, from, to, kind, label, at: sentAt, sha256 } = send;
  return { id, from, to, kind, label, says: saysOf(send), sentAt, sha256, tampered: [] };
}

function copyOf(original: Message, { id, at }: TraceEvent<"duplicate">): Message {
  const { from, to, kind, label, says, sha256, tampered } = original;
  return {
    id,
    from,
    to,
    kind,
    label,
    says,
    sha256,
    sentAt: at,
    copyOf: original.id,
    tampered: [...tampered],
  };
}

/** "POST /keyMaterial KeyMaterialRequest", "200 OK KeyMaterialResponse", "Commit, Welcome". */
function saysOf({ kind, label, method, path, summary }: TraceEvent<"send">): string {
  // The endpoint as the drafts name it; the whole path is in the trace.
  const endpoint = label.startsWith("/") ? label : path;
  const parts = kind === "request" ? [method, endpoint, summary] : [label, summary];
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

function noteOf(event: TraceEvent): Note | undefined {
  switch (event.type) {
    case "intention":
    case "decision":
      return { kind: event.type, text: event.text };
    case "shown":
      return { kind: "shown", text: `shows ${event.text}` };
    case "noticed": {
      const { type, code, where, text } = event.error;
      const place = [code === undefined ? "" : ` ${code}`, where === undefined ? "" : ` at ${where}`].join(
        "",
      );
      return { kind: "noticed", text: `notices ${type}${place}: ${text}` };
    }
    case "check": {
      if (event.holds) return undefined;
      const detail = event.detail === undefined ? "" : ` (${event.detail})`;
      return { kind: "failed", text: `${event.property} does not hold: ${event.says}${detail}` };
    }
    default:
      return undefined;
  }
}
