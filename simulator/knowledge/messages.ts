/** The messages of MLS in a run: who has sent them, who has had them, and since when. */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../../spec-model/bytes.ts";
import { MLSMessage } from "../../spec-model/mls/index.ts";
import { type ClientState, readableText } from "../../spec-model/participant/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { type Carried, fannedOutIn, messagesIn } from "./carried.ts";
import type { Fact, Moment } from "./fact.ts";
import type { Names } from "./names.ts";
import { changed, isClient } from "./seen-by-clients.ts";

/** A message, from the moment it was first on its way. */
export interface KnownMessage {
  readonly message: MLSMessage;
  readonly since: Moment;
  /** Whoever has had it, and since when. */
  readonly by: ReadonlyMap<string, Moment>;
  /** Where it is an application message: who has sent it, what it is called, and what it says. */
  readonly sent: Sent | undefined;
  /** Whether a hub has handed it on. */
  readonly isAccepted: boolean;
}

export interface Sent {
  readonly author: string;
  /** e.g. `ClientA1's message 2` */
  readonly called: string;
  readonly text: string;
  /** Hexadecimal; empty where the message was made in another's place. */
  readonly messageId: string;
}

/** By what they are on the wire. */
export type Messages = ReadonlyMap<string, KnownMessage>;

interface Heard {
  readonly actor: string;
  readonly state: unknown;
  readonly moment: Moment;
}

/** The messages with those that somebody has had in its hands now. */
export function hear(messages: Messages, carried: Carried, heard: Heard, names: Names): Messages {
  const fresh = messagesIn(carried);
  if (fresh.length === 0) return messages;
  const isAccepted = fannedOutIn(carried).length > 0;
  const all = new Map(messages);
  for (const message of fresh) {
    const octets = MLSMessage.encode(message);
    const name = hex(octets);
    const before = all.get(name);
    const by = before?.by ?? new Map<string, Moment>();
    all.set(name, {
      message: before?.message ?? message,
      since: before?.since ?? heard.moment,
      by: by.has(heard.actor) ? by : new Map([...by, [heard.actor, heard.moment]]),
      sent: before === undefined ? sentBy(octets, carried, heard, names) : before.sent,
      isAccepted: isAccepted || before?.isAccepted === true,
    });
  }
  return all;
}

/** Who says in whose name a message is submitted: whoever passes it on or takes it knows. protocol-06 §5.4 */
export function senderIn(messages: Messages, { operation, body }: Carried): Fact[] {
  if (operation !== "submitMessage") return [];
  const request = attempt(() => SubmitMessageRequest.decode(body));
  if (isRefused(request)) return [];
  const known = messages.get(hex(MLSMessage.encode(request.appMessage)));
  if (known?.sent === undefined) return [];
  return [{ kind: "sender", what: `${known.sent.called} comes from ${request.sendingUri.uri}` }];
}

/** Whom a client takes the messages to be from that it has come to show. */
export function sendersShown(
  messages: Messages,
  before: ClientState | undefined,
  after: ClientState,
): Fact[] {
  return changed(before?.rooms, after.rooms).flatMap(([earlier, room]) => {
    const fresh = room.messages.filter((each) => !(earlier?.messages ?? []).includes(each));
    return fresh.flatMap(({ messageId, sender }): Fact[] => {
      const known = [...messages.values()].find(({ sent }) => sent?.messageId === messageId);
      const called = known?.sent?.called;
      return called === undefined ? [] : [{ kind: "sender", what: `${called} comes from ${sender}` }];
    });
  });
}

/** The first who has a message in its hands has made it. */
function sentBy(
  octets: Uint8Array,
  { operation }: Carried,
  { actor, state }: Heard,
  names: Names,
): Sent | undefined {
  if (operation !== "submitMessage") return undefined;
  const name = hex(sha256(octets));
  const rooms = isClient(state) ? Object.values(state.rooms) : [];
  const said = rooms.flatMap(({ sent }) => sent[name] ?? [])[0];
  const text = said === undefined ? "" : readableText(said.content.nestedPart);
  // What a dishonest client makes beside its state does not shift the numbers of what it says.
  const kind = said === undefined ? "extra message" : "message";
  const called = `${names.of(actor)}'s ${kind} ${names.next(`${kind} ${actor}`)}`;
  return { author: actor, called, text, messageId: said?.messageId ?? "" };
}
