/** The lines of a trace after the first: what happened, in the order in which it did, each at its virtual time. */
import {
  boolean,
  hexText,
  integer,
  json,
  list,
  name,
  type ObjectOf,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  text,
} from "./shape.ts";

/** What an event's line says, by the event's type, besides its place and time. */
const bodies = {
  /** A chapter begins; diagrams are drawn a chapter at a time. */
  phase: { title: name, draft: optional(name) },
  /** What a user wants. */
  intention: { actor: name, text },
  /** Something that an actor did or verified on its own. */
  decision: { actor: name, text, draft: optional(name) },
  /**
   * An actor hands something to the network: a request or response between providers, or something between a client
   * and its own provider (`local`). `id` names it from here on; `size` and `sha256` are those of its octets, which
   * `body` gives where the run was told to keep them; `summary` names the structures in it.
   */
  send: {
    id: integer(1),
    kind: oneOf("request", "response", "local"),
    from: name,
    to: name,
    label: text,
    operation: optional(name),
    method: optional(name),
    path: optional(name),
    status: optional(integer(100, 599)),
    inReplyTo: optional(integer(1)),
    summary: optional(text),
    size: integer(0),
    sha256: hexText(32),
    body: optional(hexText()),
  },
  /** The network hands it to its receiver. */
  deliver: { id: integer(1) },
  /** The network loses it: it will not be delivered. */
  drop: { id: integer(1), reason: text },
  /** The network makes a copy, which is under way from here on, too. */
  duplicate: { id: integer(1), copyOf: integer(1) },
  /** The network changes its octets; `sha256` and `body` are as for `send`, of the changed octets. */
  tamper: { id: integer(1), what: text, size: integer(0), sha256: hexText(32), body: optional(hexText()) },
  /** A machine took an event. `instance` is what the machine is one of (a room), `effects` the types of its effects. */
  transition: {
    actor: name,
    machine: name,
    instance: text,
    event: name,
    from: text,
    to: text,
    effects: list(name),
  },
  /** A client or hub entered an epoch. `context` is the SHA-256 of the GroupContext. */
  epoch: { actor: name, room: name, epoch: integer(0), context: hexText(32), authenticator: hexText() },
  /** A client shows a message on its timeline. `sender` is a user. */
  shown: { actor: name, room: name, messageId: hexText(), sender: optional(name), text },
  /** A property was checked: `says` in words what it says, `detail` where it was or was not so. */
  check: { property: name, holds: boolean, says: text, detail: optional(text) },
  /** An actor detected something wrong; `of` is the id of the message it was in. */
  noticed: {
    actor: name,
    of: optional(integer(1)),
    error: object({ type: name, code: optional(name), where: optional(text), text }),
  },
  /** The last line: why the run ended, and the state in which it left the actors. */
  end: { reason: text, states: list(object({ actor: name, state: record(json) })) },
};

type Bodies = typeof bodies;
export type EventType = keyof Bodies;

type EventOf<T extends EventType> = {
  readonly [K in T]: { readonly seq: number; readonly at: number; readonly type: K } & ObjectOf<Bodies[K]>;
}[T];

/** One line of a trace: `seq` counts from 0, `at` is virtual time in integer microseconds and never goes back. */
export type TraceEvent<T extends EventType = EventType> = EventOf<T>;

type BodyOf<T extends EventType> = { readonly [K in T]: { readonly type: K } & ObjectOf<Bodies[K]> }[T];

/** What a recorder is told of an event: all but its place and time. */
export type TraceEventBody<T extends EventType = EventType> = BodyOf<T>;

/** The shape of each type of event, by type. */
export const eventShapes: ReadonlyMap<string, Shape<TraceEvent>> = new Map(
  Object.entries(bodies).map(([type, fields]) => [
    type,
    object({
      seq: integer(0),
      at: integer(0),
      type: oneOf(type),
      ...fields,
    }) as Shape<unknown> as Shape<TraceEvent>,
  ]),
);
