/** What a client shows of messages that refer to each other. content-09 §4.1, §5 and §9.3 */
import { hex, textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Authorship,
  type ComposedMessage,
  deletion,
  edit,
  reaction,
  reply,
  type TimelineEntry,
  type TimelineMessage,
  type TimelineRules,
  textMessage,
  unlike,
} from "../../../spec-model/content/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import type { Faculties } from "../faculties.ts";
import { of, same } from "./expected.ts";

const room = "mimi://a.example/r/club";
const [alice, bob] = ["mimi://a.example/u/alice", "mimi://b.example/u/bob"] as const;
const start = 1_800_000_000_000;

const by = (sender: string, salt: number): Authorship => ({
  sender,
  room,
  salt: new Uint8Array(16).fill(salt),
});
const at = (second: number, sender: string, { content, messageId }: ComposedMessage): TimelineMessage => ({
  messageId: hex(messageId),
  sender,
  acceptedTimestamp: start + second * 1000,
  content,
});

const hello = textMessage(by(alice, 1), "Helo");
const helloAt = at(0, alice, hello);
const target = { replaces: hello.messageId };
const fixed = edit(by(alice, 2), target, "Hello");
const fixedAt = at(1, alice, fixed);
const again = at(2, alice, edit(by(alice, 3), { replaces: fixed.messageId }, "Hello!"));
const heart = reaction(by(bob, 4), hello.messageId, "<3");
const heartAt = at(1, bob, heart);
const answer = at(3, bob, reply(by(bob, 5), hello.messageId, "Hi"));
const twin = (salt: number) => at(0, alice, textMessage(by(alice, salt), `${salt}`));
const expires = (relative: boolean, time: number) =>
  at(0, alice, textMessage(by(alice, 6), "x", { expires: { relative, time } }));

function shown(
  { timelineOf }: Faculties,
  messages: readonly TimelineMessage[],
  rules: Partial<TimelineRules> = {},
) {
  return timelineOf(messages, { now: start + 1_000_000, ...rules }).entries;
}
const texts = (entries: readonly TimelineEntry[]) =>
  entries.map(({ body }) => (body?.cardinality === "single" ? textOf(body.content) : undefined));
const states = (...asked: Parameters<typeof shown>) => shown(...asked).map(({ state }) => state);

export const timelineExpected = of("content-09 §5", [
  [
    "timeline-order",
    "messages are shown in the order of their accepted times",
    (f) => same(texts(shown(f, [answer, helloAt])), ["Helo", "Hi"]),
  ],
  [
    "timeline-equal-times",
    "messages of one time are shown in the order of their IDs",
    (f) => {
      const ids = shown(f, [twin(7), twin(8), twin(9)]).map(({ messageId }) => messageId);
      return (
        same(ids, ids.toSorted()) &&
        same(
          shown(f, [twin(9), twin(8), twin(7)]).map((e) => e.messageId),
          ids,
        )
      );
    },
  ],
  [
    "timeline-once",
    "a message ID is shown once",
    (f) => shown(f, [helloAt, at(5, alice, hello)]).length === 1,
  ],
  [
    "timeline-edit",
    "an edit is shown in the place of its message",
    (f) => same(texts(shown(f, [helloAt, fixedAt])), ["Hello"]),
  ],
  [
    "timeline-edit-of-edit",
    "a later edit is one of the first version",
    (f) => same(texts(shown(f, [helloAt, fixedAt, again])), ["Hello!"]),
  ],
  [
    "timeline-foreign-edit",
    "nobody edits what another user wrote",
    (f) => same(states(f, [helloAt, at(1, bob, edit(by(bob, 10), target, "I owe Bob 5"))]), ["original"]),
  ],
  [
    "timeline-foreign-deletion",
    "nobody deletes what another user wrote",
    (f) => same(states(f, [helloAt, at(1, bob, deletion(by(bob, 11), target))]), ["original"]),
  ],
  [
    "timeline-only-body",
    "an edit changes the body and nothing else",
    (f) => {
      const moved = edit(by(alice, 12), target, "x", { topicId: Uint8Array.of(1) });
      return same(
        shown(f, [helloAt, at(1, alice, moved)]).map(({ topicId }) => topicId),
        [""],
      );
    },
  ],
  [
    "timeline-deletion",
    "a deletion by its author takes a message away",
    (f) => same(states(f, [helloAt, at(1, alice, deletion(by(alice, 13), target))]), ["retracted"]),
  ],
  [
    "timeline-reaction",
    "a reaction stands with the message that it is to",
    (f) =>
      same(
        shown(f, [helloAt, heartAt]).map(({ reactions }) => reactions.length),
        [1],
      ),
  ],
  [
    "timeline-unlike",
    "a reaction is gone once its message is deleted",
    (f) => {
      const back = unlike(by(bob, 14), { replaces: heart.messageId, inReplyTo: hello.messageId });
      return same(
        shown(f, [helloAt, heartAt, at(2, bob, back)]).map(({ reactions }) => reactions.length),
        [0],
      );
    },
  ],
  [
    "timeline-reply",
    "a reply refers to the message that it continues",
    (f) => shown(f, [helloAt, answer])[1]?.inReplyTo?.messageId === hex(hello.messageId),
  ],
  [
    "timeline-reply-to-version",
    "a reply stays with the version that it names",
    (f) => shown(f, [helloAt, fixedAt, answer])[1]?.inReplyTo?.target === "superseded",
  ],
  [
    "timeline-loop",
    "a chain of replies that comes back is noticed",
    (f) => {
      const forged = (id: number, to: number): TimelineMessage => ({
        ...at(id, bob, reply(by(bob, id), new Uint8Array(32).fill(to), "x")),
        messageId: hex(new Uint8Array(32).fill(id)),
      });
      return same(
        shown(f, [forged(1, 2), forged(2, 1)]).map(({ inReplyTo }) => inReplyTo?.target),
        ["loop", "loop"],
      );
    },
  ],
  [
    "reply-no-loop",
    "replies to replies lead back to a message that replies to none",
    (f) => {
      const first = f.reply(by(bob, 20), hello.messageId, "Hi");
      const second = f.reply(by(alice, 21), first.messageId, "Hi again");
      const entries = shown(f, [helloAt, at(1, bob, first), at(2, alice, second)]);
      return same(
        entries.map(({ inReplyTo }) => inReplyTo?.target === "loop"),
        [false, false, false],
      );
    },
  ],
  [
    "message-salt",
    "the same text twice is two messages, each with 16 octets of its own",
    (f) => {
      const random = expandEntropy(utf8("salts"), "of replies");
      const author = { sender: bob, room, salt: random };
      const twice = [0, 1].map(() => f.reply(author, hello.messageId, "Hi"));
      const salts = new Set(twice.map(({ content }) => hex(content.salt)));
      const ids = new Set(twice.map(({ messageId }) => hex(messageId)));
      return salts.size === 2 && ids.size === 2 && [...salts].every(({ length }) => length === 32);
    },
  ],
  [
    "timeline-topic",
    "a message has the topic that it names",
    (f) =>
      shown(f, [at(0, alice, textMessage(by(alice, 15), "x", { topicId: utf8("t") }))])[0]?.topicId ===
      hex(utf8("t")),
  ],
  [
    "timeline-expiry",
    "a message is gone from the second at which it expires, and not before",
    (f) => {
      const message = expires(false, start / 1000 + 60);
      const around = [59_999, 60_000].flatMap((after) => states(f, [message], { now: start + after }));
      return same(around, ["original", "expired"]);
    },
  ],
  [
    "timeline-expiry-after-reading",
    "a relative expiry counts from when the message is read",
    (f) => {
      const readAt = () => start + 500_000;
      const around = [520_000, 560_000].flatMap((after) =>
        states(f, [expires(true, 60)], { now: start + after, readAt }),
      );
      return same(around, ["original", "expired"]);
    },
  ],
]);
