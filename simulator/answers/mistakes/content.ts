/** Clients that misread content: what they keep, show and process. content-09 */
import { textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  type NestedPart,
  type PartSemantics,
  type RuleId,
  rules,
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

const composing: readonly Row[] = [
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
    "client-salts-alike",
    "has the same salt in all its messages",
    ["content-4.1-salt-random"],
    ({ reply }) => ({
      reply: (by, ...said) => reply({ ...by, salt: new Uint8Array(16).fill(7) }, ...said),
    }),
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
  ...by("client", composing),
  ...by("client", processing),
];
