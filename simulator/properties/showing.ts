/** What clients show is what their messages come to, put together here once more and otherwise. content-09 §4 and §5 */
import { hex } from "../../spec-model/bytes.ts";
import type { TimelineEntry, TimelineMessage } from "../../spec-model/content/index.ts";
import { eventually, type Property } from "./definition.ts";

const shownAsSaid: Property = eventually(
  {
    id: "I63",
    says: "a client shows each message once, in the room's order, as its author last had it, with topic, target and reactions",
    draft: "content-09 §4.1 and §5",
    assumes: ["client"],
  },
  () => ({
    rest({ last }, view) {
      if (!last) return undefined;
      return view.shown().flatMap(({ actor, room, entries }) => {
        const messages = view.clients.get(actor)?.rooms[room]?.messages;
        if (messages === undefined || isLeftOpen(messages)) return [];
        const [shown, due] = [entries.map(asShown), dueIn(messages)];
        const at = due.findIndex((each, i) => each !== shown[i]);
        if (at === -1 && shown.length === due.length) return [];
        const place = at === -1 ? due.length : at;
        return [`${actor} shows "${shown[place] ?? ""}" in ${room}, which should be "${due[place] ?? ""}"`];
      });
    },
  }),
);

export const showing: readonly Property[] = [shownAsSaid];

/** Whether something was edited after its retraction: no draft says which of the two counts. */
function isLeftOpen(messages: readonly TimelineMessage[]): boolean {
  const retracted = new Map<string, number>();
  for (const { content, acceptedTimestamp } of messages.filter(isEmpty)) {
    retracted.set(hexOf(content.replaces), acceptedTimestamp);
  }
  return messages.some(
    (each) =>
      !isEmpty(each) && each.acceptedTimestamp >= (retracted.get(hexOf(each.content.replaces)) ?? Infinity),
  );
}

/** An entry in a line: what is left to the room to decide, whether others may retract it, is not in it. */
function asShown({ messageId, state, body, versions, topicId, inReplyTo, reactions }: TimelineEntry): string {
  const isThere = state !== "retracted";
  const reacted = reactions.map((each) => each.messageId);
  const to = inReplyTo === undefined ? "" : `${short(inReplyTo.messageId)} ${inReplyTo.target}`;
  const text = isThere ? told(body) : "retracted";
  return line(messageId, text, isThere ? versions : [], topicId, to, isThere ? reacted : []);
}

/** What the messages come to, a line each. Two versions of a message count by the time of their acceptance. */
function dueIn(messages: readonly TimelineMessage[]): string[] {
  const all = messages.toSorted(
    (a, b) => a.acceptedTimestamp - b.acceptedTimestamp || (a.messageId < b.messageId ? -1 : 1),
  );
  const firsts = all.filter(({ content }) => content.replaces === undefined);
  const changes = grouped(all, ({ content }) => hexOf(content.replaces));
  const threads = firsts.map((first): Thread => {
    const own = (changes.get(first.messageId) ?? []).filter(
      (each) => isEmpty(each) || each.sender === first.sender,
    );
    return { first, versions: [first, ...own], isGone: own.some(isEmpty) };
  });
  const byVersion = new Map(
    threads.flatMap((thread) => thread.versions.map(({ messageId }) => [messageId, thread] as const)),
  );
  const reactions = grouped(
    threads.filter(({ first, isGone }) => isReaction(first) && !isGone),
    ({ first }) => byVersion.get(hexOf(first.content.inReplyTo)),
  );
  return threads
    .filter(({ first }) => !isReaction(first) && !isEmpty(first))
    .map((thread) => {
      const { first, versions, isGone } = thread;
      const answered = hexOf(first.content.inReplyTo);
      const to = answered === "" ? "" : `${short(answered)} ${targetOf(answered, byVersion.get(answered))}`;
      const topic = hex(first.content.topicId);
      if (isGone) return line(first.messageId, "retracted", [], topic, to, []);
      return line(
        first.messageId,
        told(versions.at(-1)?.content.nestedPart),
        versions.map(({ messageId }) => messageId),
        topic,
        to,
        (reactions.get(thread) ?? []).map((each) => each.first.messageId),
      );
    });
}

interface Thread {
  readonly first: TimelineMessage;
  readonly versions: readonly TimelineMessage[];
  readonly isGone: boolean;
}

function targetOf(id: string, thread: Thread | undefined): string {
  if (thread === undefined) return "unknown";
  if (thread.isGone) return "retracted";
  return thread.versions.at(-1)?.messageId === id ? "current" : "superseded";
}

function line(
  id: string,
  text: string,
  versions: readonly string[],
  topic: string,
  to: string,
  reactions: readonly string[],
): string {
  return [short(id), text, versions.map(short), `topic ${topic}`, `to ${to}`, reactions.map(short)].join(
    "; ",
  );
}

function short(id: string): string {
  return id.slice(0, 10);
}

function told(part: TimelineEntry["body"]): string {
  return part?.cardinality === "single" ? new TextDecoder().decode(part.content) : (part?.cardinality ?? "");
}

/** Node.js 20 has no Map.groupBy. */
function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function hexOf(octets: Uint8Array | undefined): string {
  return octets === undefined ? "" : hex(octets);
}

function isEmpty({ content }: TimelineMessage): boolean {
  return content.nestedPart.cardinality === "nullpart";
}

function isReaction({ content }: TimelineMessage): boolean {
  return content.nestedPart.disposition === "reaction";
}
