import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, textOf } from "../../../spec-model/bytes.ts";
import {
  type Authorship,
  type ComposedMessage,
  compose,
  deletion,
  edit,
  type NestedPart,
  reaction,
  reply,
  type TimelineMessage,
  type TimelineRules,
  textMessage,
  timelineOf,
  unlike,
} from "../../../spec-model/content/index.ts";
import { findLoops } from "../../../spec-model/content/reply-loops.ts";

const room = "mimi://a.example/r/clubhouse";
const users = ["mimi://a.example/u/alice", "mimi://b.example/u/bob", "mimi://c.example/u/cathy"] as const;
const [alice, bob, cathy] = users;
const start = 1_800_000_000_000;
const rules: TimelineRules = { now: start + 1_000_000 };

let salts = 0;
const by = (sender: string): Authorship => {
  const salt = new Uint8Array(16);
  new DataView(salt.buffer).setUint32(0, ++salts);
  return { sender, room, salt };
};
const at = (seconds: number, sender: string, { content, messageId }: ComposedMessage): TimelineMessage => ({
  messageId: hex(messageId),
  sender,
  acceptedTimestamp: start + seconds * 1000,
  content,
});
const shown = (body: NestedPart | undefined) =>
  body?.cardinality === "single" ? textOf(body.content) : body?.cardinality;
const entryOf = (messages: TimelineMessage[], change: Partial<TimelineRules> = {}) => {
  const { entries } = timelineOf(messages, { ...rules, ...change });
  const [entry] = entries;
  if (entry === undefined) throw new Error("nothing is shown");
  return entry;
};

const hello = textMessage(by(alice), "Helo");
const replaced = { replaces: hello.messageId };
const helloAt = at(0, alice, hello);
const fixed = edit(by(alice), replaced, "Hello");

describe("the order of messages", () => {
  it("is that of their accepted timestamps, and of message IDs at the same time", () => {
    const messages = [3, 1, 2, 2, 2].map((second) => at(second, alice, textMessage(by(alice), `${second}`)));
    const { entries } = timelineOf(messages, rules);
    expect(entries.map(({ body }) => shown(body))).toEqual(["1", "2", "2", "2", "3"]);
    const same = entries.slice(1, 4).map(({ messageId }) => messageId);
    expect(same).toEqual(same.toSorted());
  });

  it("has each message ID once", () => {
    expect(timelineOf([helloAt, at(5, alice, hello)], rules).entries).toMatchObject([
      { acceptedTimestamp: start },
    ]);
  });
});

describe("an edit", () => {
  it("shows instead of the message, as edited", () => {
    expect(entryOf([helloAt, at(1, alice, fixed)])).toMatchObject({
      messageId: hex(hello.messageId),
      state: "edited",
      versions: [hex(hello.messageId), hex(fixed.messageId)],
      acceptedTimestamp: start,
    });
    expect(shown(entryOf([helloAt, at(1, alice, fixed)]).body)).toBe("Hello");
  });

  it("of many: the last in the room's order counts", () => {
    const again = edit(by(alice), replaced, "Hello!");
    expect(shown(entryOf([at(2, alice, again), at(1, alice, fixed), helloAt]).body)).toBe("Hello!");
    expect(shown(entryOf([at(1, alice, again), at(2, alice, fixed), helloAt]).body)).toBe("Hello");
  });

  it("that names a later version counts for the first instance", () => {
    const again = edit(by(alice), { replaces: fixed.messageId }, "Hello!");
    const entry = entryOf([helloAt, at(1, alice, fixed), at(2, alice, again)]);
    expect([shown(entry.body), entry.versions.length]).toEqual(["Hello!", 3]);
  });

  it("by another user is not followed", () => {
    const forged = edit(by(bob), replaced, "I owe Bob 5");
    const { entries, unplaced } = timelineOf([helloAt, at(1, bob, forged)], rules);
    expect(entries).toMatchObject([{ state: "original" }]);
    expect(unplaced).toEqual([{ messageId: hex(forged.messageId), reason: "notAuthorised" }]);
  });

  it("by another user is followed where the room allows it, and is told who wants what", () => {
    const asked: unknown[] = [];
    const mayChange: TimelineRules["mayChange"] = (change) => {
      asked.push(change);
      return change.kind === "retract";
    };
    const messages = [
      helloAt,
      at(1, bob, edit(by(bob), replaced, "x")),
      at(2, bob, deletion(by(bob), replaced)),
    ];
    expect(entryOf(messages, { mayChange }).state).toBe("retracted");
    const common = { actor: bob, author: alice, messageId: hex(hello.messageId) };
    expect(asked).toEqual([
      { kind: "edit", ...common },
      { kind: "retract", ...common },
    ]);
  });

  it("changes the body and nothing else", () => {
    const moved = edit(by(alice), { ...replaced, inReplyTo: fixed.messageId }, "x", {
      topicId: Uint8Array.of(1),
      expires: { relative: false, time: 1 },
    });
    expect(entryOf([helloAt, at(1, alice, moved)])).toMatchObject({
      state: "edited",
      topicId: "",
      inReplyTo: undefined,
    });
  });

  it("waits for its message, and takes effect once that is there", () => {
    const early = timelineOf([at(1, alice, fixed)], rules);
    expect(early).toEqual({
      entries: [],
      unplaced: [{ messageId: hex(fixed.messageId), reason: "targetUnknown" }],
    });
    expect(shown(entryOf([at(1, alice, fixed), helloAt]).body)).toBe("Hello");
  });
});

describe("a retraction", () => {
  const retraction = deletion(by(alice), replaced);

  it("leaves a place where the message was", () => {
    expect(entryOf([helloAt, at(1, alice, retraction)])).toMatchObject({
      state: "retracted",
      body: undefined,
    });
  });

  it("is final where an edit crosses it, or counts by order as the variant has it", () => {
    const messages = [helloAt, at(1, alice, retraction), at(2, alice, fixed)];
    expect(entryOf(messages).state).toBe("retracted");
    expect(entryOf(messages, { afterRetraction: "final" }).state).toBe("retracted");
    expect(shown(entryOf(messages, { afterRetraction: "lastWins" }).body)).toBe("Hello");
  });

  it("hides the reactions and shows in what replies refer to", () => {
    const answer = reply(by(bob), hello.messageId, "Hi");
    const heart = reaction(by(bob), hello.messageId, "♥");
    const messages = [helloAt, at(1, bob, answer), at(2, bob, heart), at(3, alice, retraction)];
    const { entries } = timelineOf(messages, rules);
    expect(entries).toMatchObject([{ reactions: [] }, { inReplyTo: { target: "retracted" } }]);
  });
});

describe("a reply", () => {
  const answer = reply(by(bob), hello.messageId, "Hi");

  it("refers to one version, which can be superseded", () => {
    const reference = (messages: TimelineMessage[]) => timelineOf(messages, rules).entries.at(-1)?.inReplyTo;
    expect(reference([helloAt, at(2, bob, answer)])).toEqual({
      messageId: hex(hello.messageId),
      target: "current",
    });
    expect(reference([helloAt, at(1, alice, fixed), at(2, bob, answer)])?.target).toBe("superseded");
    const late = reply(by(bob), fixed.messageId, "Hi");
    expect(reference([helloAt, at(1, alice, fixed), at(2, bob, late)])?.target).toBe("current");
  });

  it("is shown where what it refers to is unknown", () => {
    expect(entryOf([at(2, bob, answer)]).inReplyTo?.target).toBe("unknown");
  });

  it("in a loop refers to nothing", () => {
    const forged = (id: number, to: number): [string, TimelineMessage] => {
      const message = reply(by(bob), new Uint8Array(32).fill(to), "x");
      const messageId = hex(new Uint8Array(32).fill(id));
      return [messageId, { ...at(id, bob, message), messageId }];
    };
    const messages = new Map([
      forged(1, 2),
      forged(2, 3),
      forged(3, 1),
      forged(4, 1),
      forged(5, 5),
      forged(6, 7),
    ]);
    expect([...findLoops(messages)].map((id) => id.slice(0, 2)).sort()).toEqual(["01", "02", "03", "05"]);
    const targets = timelineOf(messages.values(), rules).entries.map(({ inReplyTo }) => inReplyTo?.target);
    expect(targets).toEqual(["loop", "loop", "loop", "current", "loop", "unknown"]);
  });
});

describe("a reaction", () => {
  const heart = reaction(by(bob), hello.messageId, "♥");

  it("stands with the message, whichever version it was to", () => {
    const toFixed = reaction(by(cathy), fixed.messageId, "+");
    const entry = entryOf([helloAt, at(1, alice, fixed), at(2, bob, heart), at(3, cathy, toFixed)]);
    expect(entry.reactions.map(({ sender, body, toVersion }) => [sender, shown(body), toVersion])).toEqual([
      [bob, "♥", hex(hello.messageId)],
      [cathy, "+", hex(fixed.messageId)],
    ]);
  });

  it("is taken back by who made it, and by nobody else", () => {
    const back = { replaces: heart.messageId, inReplyTo: hello.messageId };
    const messages = [helloAt, at(1, bob, heart)];
    expect(entryOf([...messages, at(2, cathy, unlike(by(cathy), back))]).reactions).toHaveLength(1);
    expect(entryOf([...messages, at(2, bob, unlike(by(bob), back))]).reactions).toEqual([]);
  });

  it("can be exchanged for another", () => {
    const other = compose(
      by(bob),
      { ...heart.content.nestedPart, language: "x" },
      {},
      { replaces: heart.messageId },
    );
    const [only] = entryOf([helloAt, at(1, bob, heart), at(2, bob, other)]).reactions;
    expect(only?.body.language).toBe("x");
  });

  it("can be several in one message", () => {
    const part = heart.content.nestedPart;
    const several = compose(
      by(bob),
      {
        disposition: "reaction",
        language: "",
        cardinality: "multi",
        partSemantics: "processAll",
        parts: [part, part],
      },
      {},
      { inReplyTo: hello.messageId },
    );
    expect(entryOf([helloAt, at(1, bob, several)]).reactions).toHaveLength(2);
  });

  it("to what is unknown, or to a reaction, does not show", () => {
    const toHeart = reaction(by(cathy), heart.messageId, "+");
    const { unplaced } = timelineOf([helloAt, at(1, bob, heart), at(2, cathy, toHeart)], rules);
    expect(unplaced).toEqual([{ messageId: hex(toHeart.messageId), reason: "reactsToReaction" }]);
    expect(timelineOf([at(1, bob, heart)], rules).unplaced).toMatchObject([{ reason: "targetUnknown" }]);
  });
});

describe("expiry", () => {
  it("at a time hides the message from that moment", () => {
    const message = at(
      0,
      alice,
      textMessage(by(alice), "x", { expires: { relative: false, time: start / 1000 + 60 } }),
    );
    expect(entryOf([message], { now: start + 59_999 }).state).toBe("original");
    expect(entryOf([message], { now: start + 60_000 })).toMatchObject({ state: "expired", body: undefined });
  });

  it("after reading needs the message to be read", () => {
    const message = at(0, alice, textMessage(by(alice), "x", { expires: { relative: true, time: 60 } }));
    const readAt = () => start + 10_000;
    expect(entryOf([message]).state).toBe("original");
    expect(entryOf([message], { readAt, now: start + 69_999 }).state).toBe("original");
    expect(entryOf([message], { readAt, now: start + 70_000 }).state).toBe("expired");
  });

  it("shows in what replies refer to, and takes reactions away", () => {
    const expires = { relative: false, time: start / 1000 + 60 };
    const message = textMessage(by(alice), "x", { expires });
    const heart = reaction(by(bob), hello.messageId, "♥", { expires });
    const answer = reply(by(bob), message.messageId, "y");
    const { entries } = timelineOf([at(0, alice, message), at(1, bob, answer)], rules);
    expect(entries[1]?.inReplyTo?.target).toBe("expired");
    expect(entryOf([helloAt, at(1, bob, heart)]).reactions).toEqual([]);
  });
});

describe("a message without content that replaces nothing", () => {
  it("does not show", () => {
    const empty = compose(by(alice), { disposition: "render", language: "", cardinality: "nullpart" });
    expect(timelineOf([at(0, alice, empty)], rules).unplaced).toMatchObject([{ reason: "nothingToShow" }]);
  });
});

/** Conversations in which messages refer to any earlier one, by the honest and the dishonest. */
const act = fc.record({
  kind: fc.constantFrom("text", "reply", "reaction", "edit", "delete"),
  sender: fc.constantFrom(...users),
  target: fc.nat(),
  second: fc.nat(4),
  expires: fc.option(fc.record({ relative: fc.boolean(), time: fc.constantFrom(1, start / 1000 + 2) }), {
    nil: undefined,
  }),
});
const conversation = fc.array(act, { minLength: 1, maxLength: 14 }).map((acts) => {
  const sent: ComposedMessage[] = [];
  return acts.map(({ kind, sender, target, second, expires }) => {
    const to = sent[target % Math.max(1, sent.length)]?.messageId ?? new Uint8Array(32).fill(1);
    const options = expires === undefined ? {} : { expires };
    const make = {
      text: () => textMessage(by(sender), "x", options),
      reply: () => reply(by(sender), to, "x", options),
      reaction: () => reaction(by(sender), to, "x", options),
      edit: () => edit(by(sender), { replaces: to }, "x", options),
      delete: () => deletion(by(sender), { replaces: to }, options),
    }[kind];
    const message = make();
    sent.push(message);
    return at(second, sender, message);
  });
});
const anyRules = fc.record({
  now: fc.constantFrom(start, start + 2000, start + 100_000),
  afterRetraction: fc.constantFrom("final" as const, "lastWins" as const),
  readAt: fc.constantFrom(
    () => undefined,
    () => start,
  ),
  mayChange: fc.constantFrom(
    () => false,
    ({ actor }: { readonly actor: string }) => actor === cathy,
  ),
});

describe("any conversation", () => {
  it("gives the same view in whatever order its messages arrive", () => {
    const shuffled = conversation.chain((messages) =>
      fc.tuple(fc.constant(messages), fc.shuffledSubarray(messages, { minLength: messages.length })),
    );
    fc.assert(
      fc.property(shuffled, anyRules, ([messages, permuted], given) => {
        expect(timelineOf(permuted, given)).toEqual(timelineOf(messages, given));
      }),
      { numRuns: 1000 },
    );
  });

  it("shows nobody's words as another user's", () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const author = new Map(messages.map(({ messageId, sender }) => [messageId, sender]));
        for (const entry of timelineOf(messages, rules).entries) {
          for (const version of entry.versions) expect(author.get(version)).toBe(entry.sender);
          for (const { messageId, sender } of entry.reactions) expect(author.get(messageId)).toBe(sender);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("accounts for every message, once as an entry, a version, a reaction, a retraction or unplaced", () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const plain = messages.filter(({ content }) => content.expires === undefined);
        const { entries, unplaced } = timelineOf(plain, { ...rules, afterRetraction: "lastWins" });
        const versions = entries.flatMap((entry) => entry.versions);
        const outside = unplaced.map(({ messageId }) => messageId);
        expect(new Set([...versions, ...outside]).size).toBe(versions.length + outside.length);
        for (const { messageId, content } of plain) {
          const isText = content.replaces === undefined && content.nestedPart.disposition === "render";
          if (isText) expect(versions).toContain(messageId);
        }
      }),
      { numRuns: 500 },
    );
  });
});
