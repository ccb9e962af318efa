/** Sets of messages in several orders of arrival, with the one view that all lead to. content-09 §5 and §9.3 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  type ComposedMessage,
  deletion,
  edit,
  reaction,
  reply,
  textMessage,
  timelineOf,
  unlike,
} from "../../../spec-model/content/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { timelineView } from "../../format/timeline-view.ts";
import { alice, bob, cathy, room, saltOf } from "./examples.ts";

const start = 1_800_000_000_000;
const now = start + 3_600_000;

interface Sent {
  readonly sender: string;
  /** In milliseconds after `start`. */
  readonly at: number;
  readonly message: ComposedMessage;
}

type Story = readonly [slug: string, comment: string, sent: readonly Sent[]];

export function timelineGroups(): VectorGroup[] {
  return [
    {
      operation: "content.timeline",
      comment: "The view is a function of the set of messages: the order of arrival does not matter",
      input: { room, now },
      tests: stories().flatMap((story) =>
        ordersOf(story[2]).map((order, index) => timelineCase(story, order, index)),
      ),
    },
  ];
}

function by(sender: string, name: string) {
  return { sender, room, salt: saltOf(name) };
}

function stories(): readonly Story[] {
  const hello = textMessage(by(alice, "hello"), "Helo");
  const first: Sent = { sender: alice, at: 0, message: hello };
  const sent = (at: number, sender: string, message: ComposedMessage): Sent => ({ sender, at, message });
  const fixed = sent(1000, alice, edit(by(alice, "fixed"), { replaces: hello.messageId }, "Hello"));
  const fixedAgain = sent(2000, alice, edit(by(alice, "again"), { replaces: hello.messageId }, "Hello!"));
  const gone = sent(3000, alice, deletion(by(alice, "gone"), { replaces: hello.messageId }));
  const liked = sent(1500, bob, reaction(by(bob, "like"), hello.messageId, "\u{1F44D}"));
  const unliked = sent(
    2500,
    bob,
    unlike(by(bob, "unlike"), { replaces: liked.message.messageId, inReplyTo: hello.messageId }),
  );
  const answered = sent(1800, cathy, reply(by(cathy, "answer"), hello.messageId, "Hi Alice"));
  const forged = sent(2200, bob, edit(by(bob, "forged"), { replaces: hello.messageId }, "I resign"));
  const expired = sent(
    500,
    bob,
    textMessage(by(bob, "expired"), "Meet at 10", {
      expires: { relative: false, time: (start + 60_000) / 1000 },
    }),
  );
  const sameTime = [bob, cathy].map((sender) =>
    sent(1000, sender, textMessage(by(sender, "same"), `From ${sender}`)),
  );
  return [
    ["empty", "no messages", []],
    ["order", "by accepted time", [first, answered, sent(900, bob, textMessage(by(bob, "early"), "Early"))]],
    ["same-time", "at the same time by message ID", [first, ...sameTime]],
    ["edited", "an edit", [first, fixed]],
    ["edited-twice", "the later of two edits", [first, fixed, fixedAgain]],
    ["retracted", "a retraction", [first, fixed, gone]],
    [
      "edit-after-retraction",
      "a retraction is final",
      [first, gone, sent(4000, alice, edit(by(alice, "late"), { replaces: hello.messageId }, "Back"))],
    ],
    ["reply", "a reply to a version that was edited later", [first, fixed, answered]],
    ["reaction", "a reaction", [first, liked]],
    ["reaction-taken-back", "a reaction and its retraction", [first, liked, unliked]],
    ["forged-edit", "an edit by somebody else has no effect", [first, forged]],
    ["unknown-target", "an edit of a message that never arrives shows nothing", [fixed]],
    ["expired", "a message whose time is over", [first, expired]],
    ["duplicate", "a message that arrives twice", [first, first, liked]],
    ...odd(first, fixed, gone, liked),
    ["everything", "all of it", [first, fixed, fixedAgain, liked, answered, forged, expired, ...sameTime]],
  ];
}

/** What no ordinary client sends, or not at this time. */
function odd(first: Sent, fixed: Sent, gone: Sent, liked: Sent): readonly Story[] {
  const sent = (at: number, sender: string, message: ComposedMessage): Sent => ({ sender, at, message });
  const { messageId } = first.message;
  const late: Sent = { ...first, at: 2000 };
  const refined = edit(by(alice, "refined"), { replaces: fixed.message.messageId }, "Hello, all");
  const soon = (seconds: number) =>
    sent(
      400,
      bob,
      textMessage(by(bob, `for ${seconds}`), "Soon gone", { expires: { relative: true, time: seconds } }),
    );
  const likedLate: Sent = { ...liked, at: 4000 };
  return [
    ["edit-before-original", "an edit that was accepted before what it edits", [late, fixed]],
    ["edit-of-edit", "an edit that names an edit", [first, fixed, sent(1200, alice, refined)]],
    ["reaction-to-retracted", "a reaction to what has been retracted", [first, gone, likedLate]],
    ["reaction-to-unknown", "a reaction to a message that never arrives", [liked]],
    [
      "reply-to-unknown",
      "a reply to a message that never arrives",
      [sent(700, cathy, reply(by(cathy, "answer"), messageId, "Hi Alice"))],
    ],
    ["expires-later", "a message that expires an hour after now", [soon(7200)]],
    ["expires-before", "a message that has expired a second before now", [soon(3598)]],
  ];
}

/** As sent, the other way round, and one in between. */
function ordersOf(sent: readonly Sent[]): readonly (readonly Sent[])[] {
  if (sent.length < 2) return [sent];
  const mixed = [
    ...sent.filter((_, index) => index % 2 === 1),
    ...sent.filter((_, index) => index % 2 === 0),
  ];
  return sent.length === 2 ? [sent, sent.toReversed()] : [sent, sent.toReversed(), mixed];
}

/** Where content-09 leaves it open. */
const readings: readonly string[] = [
  "edit-after-retraction",
  "edit-before-original",
  "edit-of-edit",
  "reaction-to-retracted",
  "reaction-to-unknown",
  "reply-to-unknown",
];

function timelineCase([slug, comment]: Story, order: readonly Sent[], index: number): VectorCase {
  const messages = order.map(({ sender, at, message }) => ({
    messageId: hex(message.messageId),
    sender,
    acceptedTimestamp: start + at,
    content: message.content,
  }));
  return {
    id: `timeline-${slug}-${index + 1}`,
    comment: `${comment}${index === 0 ? "" : index === 1 ? ", arriving backwards" : ", arriving mixed up"}`,
    flags: ["Valid"],
    requirements: [],
    expect: { level: readings.includes(slug) ? "SHOULD" : "MUST", allow: ["shown"] },
    input: {
      messages: order.map(({ sender, at, message }) => ({
        bytes: hex(message.encoded),
        sender,
        acceptedTimestamp: start + at,
      })),
    },
    output: { entries: timelineView(timelineOf(messages, { now })) },
  };
}
