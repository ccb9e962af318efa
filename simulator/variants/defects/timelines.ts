/** Clients that show a room otherwise than its messages have it: order, edits, retractions, expiry, replies, topics. content-09 §4 and §5 */
import type {
  MimiContent,
  TimelineEntry,
  TimelineMessage,
  timelineOf,
} from "../../../spec-model/content/index.ts";
import type { Defect } from "../variant.ts";

type Shows = typeof timelineOf;
type Row = readonly [id: string, says: string, breaks: readonly string[], timeline: (honest: Shows) => Shows];
type Messages = readonly TimelineMessage[];

/** A client that has other messages before it than came. */
const seeing =
  (change: (messages: Messages) => Messages) =>
  (timelineOf: Shows): Shows =>
  (messages, given) =>
    timelineOf(change([...messages]), given);
/** A client that shows other entries. */
const showing =
  (change: (entry: TimelineEntry, messages: Messages) => TimelineEntry) =>
  (timelineOf: Shows): Shows =>
  (messages, given) => {
    const all = [...messages];
    const { entries, unplaced } = timelineOf(all, given);
    return { entries: entries.map((entry) => change(entry, all)), unplaced };
  };

function withContent(message: TimelineMessage, change: Partial<MimiContent>): TimelineMessage {
  return { ...message, content: { ...message.content, ...change } };
}
const isReplacement = ({ content }: TimelineMessage) => content.replaces !== undefined;
const isEmpty = ({ content }: TimelineMessage) => content.nestedPart.cardinality === "nullpart";
const isReaction = ({ content }: TimelineMessage) => content.nestedPart.disposition === "reaction";
const hasAncestor = (message: TimelineMessage, all: Messages) =>
  all.some((each) => isReplacement(each) && each.messageId === hexOf(message.content.replaces));

function hexOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined
    ? undefined
    : [...bytes].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** In the order in which they came. */
function asArrived(timelineOf: Shows, among: (one: TimelineEntry, other: TimelineEntry) => boolean): Shows {
  return (messages, given) => {
    const all = [...messages];
    const place = (entry: TimelineEntry) => all.findIndex(({ messageId }) => messageId === entry.messageId);
    const { entries, unplaced } = timelineOf(all, given);
    return { entries: entries.toSorted((a, b) => (among(a, b) ? place(a) - place(b) : 0)), unplaced };
  };
}

const rows: readonly Row[] = [
  [
    "client-sorts-by-arrival",
    "shows messages in the order in which it got them",
    ["content-4.2-hub-orders", "content-5.11-order"],
    (honest) => asArrived(honest, () => true),
  ],
  [
    "client-sorts-equal-times-by-arrival",
    "shows messages of one time in the order in which it got them",
    ["content-5.11-order"],
    (honest) => asArrived(honest, (a, b) => a.acceptedTimestamp === b.acceptedTimestamp),
  ],
  [
    "client-follows-every-edit",
    "lets everybody edit and delete what others wrote",
    ["content-9.3-only-author", "content-5.6-delete"],
    (timelineOf) => (messages, given) => timelineOf(messages, { ...given, mayChange: () => true }),
  ],
  [
    "client-ignores-edits",
    "shows messages as they were first",
    ["content-5.5-edit", "content-4.1-replaces"],
    seeing((all) => all.filter((each) => !isReplacement(each) || isEmpty(each))),
  ],
  [
    "client-shows-edits-as-new",
    "shows an edit as another message",
    ["content-4.1-replaces", "content-5.5-edit"],
    seeing((all) => all.map((each) => (isEmpty(each) ? each : withContent(each, { replaces: undefined })))),
  ],
  [
    "client-loses-later-edits",
    "does not find the first version of what a second edit replaces",
    ["content-5.5-first-instance"],
    seeing((all) => all.filter((each) => !hasAncestor(each, all))),
  ],
  [
    "client-ignores-deletions",
    "goes on showing what was deleted",
    ["content-5.6-delete", "content-4.4-empty-body"],
    seeing((all) => all.filter((each) => !isReplacement(each) || !isEmpty(each) || isReaction(each))),
  ],
  [
    "client-ignores-unlikes",
    "goes on showing reactions that were taken back",
    ["content-5.7-unlike"],
    seeing((all) => all.filter((each) => !isReplacement(each) || !isEmpty(each) || !isReaction(each))),
  ],
  [
    "client-edits-the-whole-message",
    "takes topic and all from an edit",
    ["content-9.3-only-body"],
    showing((entry, all) => {
      const last = all.find(({ messageId }) => messageId === entry.versions.at(-1));
      return { ...entry, topicId: hexOf(last?.content.topicId) ?? "" };
    }),
  ],
  [
    "client-never-expires",
    "goes on showing what has expired",
    ["content-4.1-expiry-deletes", "content-5.8-expires", "content-4.1-expiry-absolute"],
    (timelineOf) => (messages, given) => timelineOf(messages, { ...given, now: 0 }),
  ],
  [
    "client-counts-expiry-from-acceptance",
    "counts a relative expiry from when the hub accepted the message",
    ["content-4.1-expiry-relative"],
    (timelineOf) => (messages, given) => {
      const all = [...messages];
      const readAt = (id: string) => all.find(({ messageId }) => messageId === id)?.acceptedTimestamp;
      return timelineOf(all, { ...given, readAt });
    },
  ],
  [
    "client-takes-expiry-for-milliseconds",
    "takes an absolute expiry for milliseconds",
    ["content-4.1-expiry-absolute"],
    seeing((all) =>
      all.map((each) => {
        const { expires } = each.content;
        if (expires === undefined || expires.relative) return each;
        return withContent(each, { expires: { ...expires, time: expires.time / 1000 } });
      }),
    ),
  ],
  [
    "client-forgets-what-is-replied-to",
    "shows replies as if they continued nothing",
    ["content-4.1-in-reply-to"],
    showing((entry) => ({ ...entry, inReplyTo: undefined })),
  ],
  [
    "client-moves-replies-to-newest",
    "has replies refer to the newest version",
    ["content-5.5-versions"],
    showing((entry) =>
      entry.inReplyTo?.target === "superseded"
        ? { ...entry, inReplyTo: { ...entry.inReplyTo, target: "current" } }
        : entry,
    ),
  ],
  [
    "client-overlooks-reply-loops",
    "follows a loop of replies without noticing",
    ["content-4.1-checks-reply-loop"],
    showing((entry) =>
      entry.inReplyTo?.target === "loop"
        ? { ...entry, inReplyTo: { ...entry.inReplyTo, target: "current" } }
        : entry,
    ),
  ],
  [
    "client-ignores-topics",
    "shows all messages without their topics",
    ["content-4.1-topic"],
    showing((entry) => ({ ...entry, topicId: "" })),
  ],
  [
    "client-shows-repeated-ids",
    "shows a message as often as it comes",
    ["content-9.1-repeated-id"],
    (timelineOf) => (messages, given) => {
      const all = [...messages];
      const { entries, unplaced } = timelineOf(all, given);
      const times = ({ messageId }: TimelineEntry) =>
        all.filter((each) => each.messageId === messageId).length;
      return {
        entries: entries.flatMap((entry) => Array.from({ length: times(entry) }, () => entry)),
        unplaced,
      };
    },
  ],
  [
    "client-renders-reactions",
    "shows reactions as messages, whatever their disposition says",
    ["content-4.4-dispositions"],
    seeing((all) =>
      all.map((each) =>
        isReaction(each)
          ? withContent(each, { nestedPart: { ...each.content.nestedPart, disposition: "render" } })
          : each,
      ),
    ),
  ],
];

export const timelineDefects: readonly Defect[] = rows.map(([id, says, breaks, timeline]) => ({
  kind: "defect",
  id,
  says,
  party: "client",
  breaks,
  alteration: { timeline },
}));
