/** Requirements of content-09 and message-status-01 that no other test checks by itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  compose,
  decodeContent,
  decodeStatusReport,
  dispositionOf,
  type ExternalPart,
  encodeContent,
  encodeStatusReport,
  htmlTagsIn,
  openContent,
  reply,
  sealContent,
  type TimelineMessage,
  textMessage,
  timelineOf,
} from "../../../spec-model/content/index.ts";
import { frankingTag } from "../../../spec-model/franking/index.ts";
import {
  dictionaryExtension,
  frameContent,
  mediaTypesData,
  componentIds as mlsComponents,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const random = expandEntropy(noBytes, "requirements of content");
const by = {
  sender: "mimi://a.example/u/alice",
  room: "mimi://a.example/r/clubhouse",
  salt: random,
};

describe("dispositions", () => {
  it("are those of the registry, by their numbers", () => {
    expect(Array.from({ length: 10 }, (_, value) => dispositionOf(value))).toEqual([
      "unspecified",
      "render",
      "reaction",
      "profile",
      "inline",
      "icon",
      "attachment",
      "session",
      "preview",
      9,
    ]);
    for (let value = 0; value < 256; value++) {
      const part = {
        disposition: dispositionOf(value),
        language: "",
        cardinality: "single",
        contentType: "text/plain",
        content: noBytes,
      } as const;
      const { encoded } = compose(by, part, {});
      expect(decodeContent(encoded).nestedPart.disposition).toBe(dispositionOf(value));
    }
  });
});

describe("an external part", () => {
  const { uploaded, protection } = sealContent(Uint8Array.of(1, 2, 3), random);
  const part: ExternalPart = {
    disposition: "attachment",
    language: "",
    cardinality: "external",
    contentType: "video/mp4",
    url: "https://assets.a.example/1",
    expires: 0,
    description: "",
    filename: "",
    ...protection,
  };
  const isGiven = (change: Partial<ExternalPart>, nowMs: number) =>
    openContent({ ...part, ...change }, uploaded, nowMs).ok;

  it("has a size and an end of validity, or 0 where that is unknown or there is none", () => {
    expect(protection.size).toBe(BigInt(uploaded.length));
    expect(isGiven({}, Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(isGiven({ size: 0n }, 0)).toBe(true);
    expect(isGiven({ size: 1n }, 0)).toBe(false);
    expect(isGiven({ expires: 1000 }, 999_000)).toBe(true);
    expect(isGiven({ expires: 1000 }, 1_001_000)).toBe(false);
  });

  it("is encrypted with no associated data", () => {
    expect(protection.aad).toEqual(noBytes);
  });
});

describe("a topic", () => {
  it("is an ID that a message carries, and has the messages with that ID (any topics)", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 2 }), { maxLength: 12 }), (topics) => {
        const messages = topics.map((topicId, i): TimelineMessage => {
          const { content, encoded, messageId } = textMessage(by, `${i}`, { topicId });
          expect(hex(decodeContent(encoded).topicId)).toBe(hex(topicId));
          expect(encodeContent(content)).toEqual(encoded);
          return { messageId: hex(messageId), sender: by.sender, acceptedTimestamp: i, content };
        });
        const { entries } = timelineOf(messages, { now: 100 });
        expect(entries.map(({ topicId }) => topicId)).toEqual(topics.map(hex));
      }),
    );
  });

  it("is none where a message says nothing of one", () => {
    expect(textMessage(by, "x").content.topicId).toEqual(noBytes);
  });
});

describe("replies that clients compose", () => {
  it("never come back to themselves (any conversation)", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), (choices) => {
        const made: ReturnType<typeof textMessage>[] = [];
        for (const choice of choices) {
          const target = made[choice % Math.max(made.length, 1)];
          made.push(target === undefined ? textMessage(by, "first") : reply(by, target.messageId, "so"));
        }
        const messages = made.map(({ content, messageId }, i) => ({
          messageId: hex(messageId),
          sender: by.sender,
          acceptedTimestamp: i,
          content,
        }));
        const { entries } = timelineOf(messages.toReversed(), { now: 100 });
        const targets = entries.flatMap(({ inReplyTo }) =>
          inReplyTo === undefined ? [] : [inReplyTo.target],
        );
        expect(targets).toEqual(Array.from({ length: made.length - 1 }, () => "current"));
      }),
    );
  });
});

describe("GFM-MIMI", () => {
  it("takes a URI in angle brackets for a link, and a tag for HTML", () => {
    expect(htmlTagsIn("<mimi://a.example/u/alice>")).toEqual([]);
    expect(htmlTagsIn("<b>").map(({ tag }) => tag)).toEqual(["<b>"]);
  });
});

describe("a franking tag", () => {
  it("covers the media type of the framing, too, in a group with required media types", () => {
    const typed = (type: string) => ({ type: utf8(type), parameters: [] });
    const required = mediaTypesData([typed("application/mimi-content")]);
    const group = [dictionaryExtension(new Map([[mlsComponents.content_media_types, required]]))];
    const tagOf = (type: string, extensions = group) =>
      hex(frankingTag(new Uint8Array(16), frameContent(extensions, typed(type), utf8("x"))));
    expect(tagOf("text/plain")).toBe(tagOf("text/plain"));
    expect(tagOf("text/plain")).not.toBe(tagOf("text/html"));
    expect(tagOf("text/plain", [])).toBe(tagOf("text/html", []));
  });
});

describe("a status", () => {
  it("is one of seven, numbered from 0", () => {
    const names = ["unread", "delivered", "read", "expired", "deleted", "hidden", "error"] as const;
    const messageId = new Uint8Array(32);
    const octetsOf = (status: (typeof names)[number] | number) =>
      hex(encodeStatusReport([{ messageId, status }]));
    expect(names.map((name) => octetsOf(name).slice(-2))).toEqual(["00", "01", "02", "03", "04", "05", "06"]);
    for (const name of names) {
      const [entry] = decodeStatusReport(encodeStatusReport([{ messageId, status: name }]));
      expect(entry?.status).toBe(name);
    }
  });
});
