/** For each rule on what a client keeps and what it discards a message that the rule is about. content-09 §9.1 */
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  compose,
  judge,
  type MessageOptions,
  type NestedPart,
  type ReceivedMessage,
  type RuleId,
  reply,
  rules,
  textMessage,
} from "../../../spec-model/content/index.ts";
import type { Faculties } from "../faculties.ts";
import type { Expected } from "./expected.ts";

const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const now = Date.UTC(2026, 6, 4);
const sender = "mimi://a.example/u/alice";
const room = "mimi://a.example/r/club";
const author = { sender, room, salt: new Uint8Array(16) };
const hello = textMessage(author, "Hello");

interface Case {
  readonly message?: { readonly encoded: Uint8Array };
  readonly known?: Partial<ReceivedMessage>;
}

const expiring = (relative: boolean, time: number): Case => ({
  message: textMessage(author, "x", { expires: { relative, time: Math.floor(time / 1000) } }),
});
const text = (options: MessageOptions): Case => ({ message: textMessage(author, "x", options) });
const part = (change: object) =>
  ({
    disposition: "render",
    language: "",
    cardinality: "single",
    contentType: "a/b",
    content: utf8("x"),
    ...change,
  }) as NestedPart;
const body = (nestedPart: NestedPart): Case => ({ message: compose(author, nestedPart) });
const many = (count: number): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "multi",
  partSemantics: "processAll",
  parts: Array.from({ length: count - 1 }, () => part({})),
});

const cases: Partial<Record<RuleId, Case>> = {
  malformed: { message: { encoded: Uint8Array.of(255) } },
  senderNotMember: { known: { senderIsMember: false } },
  duplicateMessageId: { known: { isKnown: () => true } },
  unknownHashAlgorithm: { message: reply(author, new Uint8Array(32).fill(2), "x") },
  acceptedInFuture: { known: { now: now - 6 * minute } },
  acceptedBeforeFormat: { known: { acceptedTimestamp: Date.UTC(2024, 3, 22) } },
  acceptedBeforeRoom: { known: { roomCreated: now + 1 } },
  topicTooLong: text({ topicId: new Uint8Array(4097) }),
  expiredLongAgo: expiring(false, now - year - minute),
  expiresFarAhead: expiring(true, year + minute),
  tooManyParts: body(many(1025)),
  tooLarge: { known: { limits: { octets: hello.encoded.length - 1 } } },
  senderUriDiffers: { known: { senderUri: "mimi://b.example/u/bob" } },
  roomUriDiffers: { known: { roomUri: "mimi://a.example/r/other" } },
  unknownTarget: { message: reply(author, new Uint8Array(32).fill(1), "x") },
  unknownDisposition: body(part({ disposition: 99 })),
  unsupportedContentType: body(part({ contentType: "" })),
  unsupportedLanguage: body(part({ language: "no language" })),
  danglingReference: body(part({ content: utf8("cid:1@local.invalid") })),
  htmlInMarkdown: {
    message: textMessage(author, "<b>", { contentType: "text/markdown;variant=GFM-MIMI" }),
  },
};

function judged({ judge: judges }: Pick<Faculties, "judge">, { message = hello, known = {} }: Case) {
  const received = { senderUri: sender, senderIsMember: true, roomUri: room, acceptedTimestamp: now, now };
  return judges({ encoded: message.encoded, ...received, isKnown: () => false, ...known });
}

export const judgedExpected: readonly Expected[] = (Object.keys(cases) as RuleId[]).map((rule) => {
  const { consequence, section, says } = rules[rule];
  const right = consequence === "discard" ? "discard" : "keep";
  return {
    id: `A-content-${rule}`,
    says: `a message is ${right === "keep" ? "kept although" : "discarded where"} ${says}`,
    draft: section,
    holds: (faculties) => judged(faculties, cases[rule] ?? {}).decision === right,
  };
});

/** Which rules the model finds in the case of each, for tests. */
export function found(rule: RuleId): readonly string[] {
  return judged({ judge }, cases[rule] ?? {}).findings.map((each) => each.rule);
}
