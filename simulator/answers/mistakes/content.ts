/** Clients that misread content: what they keep, show and process. content-09 */
import { textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  type MimiContent,
  type NestedPart,
  type PartSemantics,
  type RuleId,
  rules,
  type Timeline,
  type TimelineEntry,
  type TimelineMessage,
} from "../../../spec-model/content/index.ts";
import type { Faculties } from "../faculties.ts";
import { type AnswerDefect, by, type Row } from "./mistake.ts";

/** Requirements that the rules on received messages stand for. */
const ofRules: Partial<Record<RuleId, readonly string[]>> = {
  senderNotMember: ["content-9.1-foreign-sender"],
  duplicateMessageId: ["content-9.1-repeated-id"],
  unknownHashAlgorithm: ["content-9.1-unknown-hash"],
  acceptedInFuture: ["content-9.1-times"],
  acceptedBeforeFormat: ["content-9.1-times"],
  acceptedBeforeRoom: ["content-9.1-times"],
  topicTooLong: ["content-9.1-topic-length"],
  expiredLongAgo: ["content-9.1-expiry-limits"],
  expiresFarAhead: ["content-9.1-expiry-limits"],
  senderUriDiffers: ["protocol-5.4.1.1-same-sender"],
  unknownTarget: ["content-9.1-unknown-target"],
  unknownDisposition: ["content-9.1-unknown-disposition"],
  unsupportedContentType: ["content-9.1-unknown-type-or-language"],
  unsupportedLanguage: ["content-9.1-unknown-type-or-language"],
};

/** No vector or question has content of these kinds that no encoder writes. */
const elsewhere: ReadonlySet<string> = new Set([
  "nestedTooDeeply",
  "unknownPartSemantics",
  "inconsistentExternalPart",
  "nothingToShow",
]);

const judging: readonly AnswerDefect[] = (Object.keys(rules) as RuleId[])
  .filter((rule) => !elsewhere.has(rule))
  .flatMap((rule) => {
    const { consequence, says } = rules[rule];
    const keeps = consequence === "discard";
    const id = `client-${keeps ? "keeps" : "discards"}-${rule}`;
    return by("client", [
      [id, `${keeps ? "keeps" : "discards"} a message where ${says}`, ofRules[rule] ?? [], withoutRule(rule)],
    ]);
  });

function withoutRule(rule: RuleId) {
  return ({ judge }: Faculties): Partial<Faculties> => ({
    judge: (received) => {
      const verdict = judge(received);
      const others = verdict.findings.filter((each) => each.rule !== rule);
      if (others.length === verdict.findings.length) return verdict;
      if (rules[rule].consequence !== "discard") return { ...verdict, decision: "discard" };
      const discarded = others.some((each) => rules[each.rule].consequence === "discard");
      return { ...verdict, findings: others, decision: discarded ? "discard" : "keep" };
    },
  });
}

type Messages = readonly TimelineMessage[];

/** A client that has other messages before it than came. */
const seeing =
  (change: (messages: Messages) => Messages) =>
  ({ timelineOf }: Faculties): Partial<Faculties> => ({
    timelineOf: (messages, given) => timelineOf(change([...messages]), given),
  });
/** A client that shows other entries. */
const showing =
  (change: (entry: TimelineEntry, messages: Messages) => TimelineEntry) =>
  ({ timelineOf }: Faculties): Partial<Faculties> => ({
    timelineOf: (messages, given) => {
      const all = [...messages];
      const { entries, unplaced } = timelineOf(all, given);
      return { entries: entries.map((entry) => change(entry, all)), unplaced };
    },
  });

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
function asArrived(
  { timelineOf }: Faculties,
  among: (one: TimelineEntry, other: TimelineEntry) => boolean,
): Partial<Faculties> {
  return {
    timelineOf: (messages, given): Timeline => {
      const all = [...messages];
      const place = (entry: TimelineEntry) => all.findIndex(({ messageId }) => messageId === entry.messageId);
      const { entries, unplaced } = timelineOf(all, given);
      return { entries: entries.toSorted((a, b) => (among(a, b) ? place(a) - place(b) : 0)), unplaced };
    },
  };
}

const timelines: readonly Row[] = [
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
    ({ timelineOf }) => ({
      timelineOf: (messages, given) => timelineOf(messages, { ...given, mayChange: () => true }),
    }),
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
    ({ timelineOf }) => ({ timelineOf: (messages, given) => timelineOf(messages, { ...given, now: 0 }) }),
  ],
  [
    "client-counts-expiry-from-acceptance",
    "counts a relative expiry from when the hub accepted the message",
    ["content-4.1-expiry-relative"],
    ({ timelineOf }) => ({
      timelineOf: (messages, given) => {
        const all = [...messages];
        const readAt = (id: string) => all.find(({ messageId }) => messageId === id)?.acceptedTimestamp;
        return timelineOf(all, { ...given, readAt });
      },
    }),
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
    "client-answers-itself",
    "fills in a reply's own ID as what it answers",
    ["content-4.1-no-reply-loop"],
    ({ reply }) => ({
      reply: (...said) => {
        const made = reply(...said);
        return { ...made, content: { ...made.content, inReplyTo: made.messageId } };
      },
    }),
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
    ({ timelineOf }) => ({
      timelineOf: (messages, given) => {
        const all = [...messages];
        const { entries, unplaced } = timelineOf(all, given);
        const times = ({ messageId }: TimelineEntry) =>
          all.filter((each) => each.messageId === messageId).length;
        return {
          entries: entries.flatMap((entry) => Array.from({ length: times(entry) }, () => entry)),
          unplaced,
        };
      },
    }),
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

/** A client that takes one kind of MultiPart for another. */
const taking =
  (one: PartSemantics, other: PartSemantics) =>
  ({ partsToProcess }: Faculties): Partial<Faculties> => {
    const changed = (part: NestedPart): NestedPart =>
      part.cardinality === "multi"
        ? {
            ...part,
            partSemantics: part.partSemantics === one ? other : part.partSemantics,
            parts: part.parts.map(changed),
          }
        : part;
    return { partsToProcess: (body, preferences) => partsToProcess(changed(body), preferences) };
  };

function withoutReferences(part: NestedPart): NestedPart {
  if (part.cardinality === "multi") return { ...part, parts: part.parts.map(withoutReferences) };
  if (part.cardinality !== "single") return part;
  return { ...part, content: utf8((textOf(part.content) ?? "").replaceAll("cid:", "")) };
}

const processing: readonly Row[] = [
  [
    "client-processes-every-choice",
    "processes all parts of a chooseOne",
    ["content-4.4-choose-one"],
    taking("chooseOne", "processAll"),
  ],
  [
    "client-processes-incomplete-units",
    "processes what it understands of a singleUnit",
    ["content-4.4-single-unit"],
    taking("singleUnit", "processAll"),
  ],
  [
    "client-wants-all-or-nothing",
    "processes a processAll only if it understands all of it",
    ["content-4.4-process-all"],
    taking("processAll", "singleUnit"),
  ],
  [
    "client-processes-parts-twice",
    "processes a part again that another one refers to",
    ["content-4.4-each-part-once"],
    ({ partsToProcess }) => ({
      partsToProcess: (body, preferences) => partsToProcess(withoutReferences(body), preferences),
    }),
  ],
  [
    "client-receives-plain-text-only",
    "supports no GFM-MIMI",
    ["content-7.1-receives"],
    ({ judge }) => ({
      judge: (received) => judge({ ...received, supports: (type) => !type.startsWith("text/markdown") }),
    }),
  ],
  [
    "client-keeps-first-status",
    "goes by the first report on a message",
    ["message-status-3-updated"],
    ({ statusByMessage }) => ({ statusByMessage: (report) => statusByMessage(report.toReversed()) }),
  ],
];

export const contentMistakes: readonly AnswerDefect[] = [
  ...judging,
  ...by("client", timelines),
  ...by("client", processing),
];
