import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { mimiContent } from "../../../spec-model/content/arbitrary.ts";
import {
  type ComposedMessage,
  compose,
  deletion,
  encodeContent,
  judge,
  mediaType,
  type NestedPart,
  type ReceivedMessage,
  type RuleId,
  reply,
  rules,
  textMessage,
} from "../../../spec-model/content/index.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const now = Date.UTC(2026, 6, 4);
const sender = "mimi://a.example/u/alice";
const room = "mimi://a.example/r/clubhouse";
const by = { sender, room, salt: new Uint8Array(16) };
const hello = textMessage(by, "Hello");

function received(
  { encoded }: { readonly encoded: Uint8Array },
  change: Partial<ReceivedMessage> = {},
): ReceivedMessage {
  return {
    encoded,
    senderUri: sender,
    senderIsMember: true,
    roomUri: room,
    acceptedTimestamp: now,
    now,
    isKnown: () => false,
    ...change,
  };
}

function rulesOn(message: { readonly encoded: Uint8Array }, change: Partial<ReceivedMessage> = {}): RuleId[] {
  return judge(received(message, change)).findings.map(({ rule }) => rule);
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
const expiring = (relative: boolean, time: number) => textMessage(by, "x", { expires: { relative, time } });
const single = (change: object): NestedPart =>
  ({
    disposition: "render",
    language: "",
    cardinality: "single",
    contentType: "a/b",
    content: by.salt,
    ...change,
  }) as NestedPart;
const many = (count: number): ComposedMessage => {
  const parts = Array.from({ length: count - 1 }, () => single({}));
  return compose(by, {
    disposition: "render",
    language: "",
    cardinality: "multi",
    partSemantics: "processAll",
    parts,
  });
};
/** The bytes of a message with part semantics 3 or five levels, which no encoder of ours writes. */
const patched = (body: string) => {
  const head = hex(hello.encoded).split("85016001")[0];
  return { encoded: Uint8Array.from(Buffer.from(`${head}${body.replaceAll(" ", "")}`, "hex")) };
};
const nothing = "83 01 60 00";

describe("a message without fault", () => {
  it("is kept, decoded, with its message ID and no findings", () => {
    const verdict = judge(received(hello));
    expect(verdict).toMatchObject({ decision: "keep", findings: [], content: hello.content });
    expect(verdict.messageId).toEqual(hello.messageId);
  });

  it("need not assert its sender and room; its ID is then made with those that are known", () => {
    const encoded = encodeContent({ ...hello.content, mimiExtensions: new Map() });
    const verdict = judge(received({ encoded }));
    expect(verdict).toMatchObject({ decision: "keep", findings: [] });
    expect(verdict.messageId?.[0]).toBe(1);
  });

  it("may spell its URIs in another equivalent way", () => {
    const message = textMessage({ ...by, sender: "MIMI://A.example/u/%61lice" }, "x");
    expect(rulesOn(message)).toEqual([]);
  });
});

describe("a nonsensical value has a message discarded, up to the bound it has not", () => {
  it.each<[RuleId, string, { readonly encoded: Uint8Array }, Partial<ReceivedMessage>, boolean]>([
    ["malformed", "no CBOR at all", { encoded: Uint8Array.of(255) }, {}, true],
    ["senderNotMember", "from a stranger", hello, { senderIsMember: false }, true],
    ["duplicateMessageId", "a second time", hello, { isKnown: (id) => id === hex(hello.messageId) }, true],
    ["acceptedInFuture", "5 minutes ahead", hello, { now: now - 5 * minute }, false],
    ["acceptedInFuture", "more than 5 minutes ahead", hello, { now: now - 5 * minute - 1 }, true],
    [
      "acceptedBeforeFormat",
      "on the day of the format",
      hello,
      { acceptedTimestamp: Date.UTC(2024, 3, 23) },
      false,
    ],
    [
      "acceptedBeforeFormat",
      "before the format",
      hello,
      { acceptedTimestamp: Date.UTC(2024, 3, 23) - 1 },
      true,
    ],
    ["acceptedBeforeRoom", "as the room is created", hello, { roomCreated: now }, false],
    ["acceptedBeforeRoom", "before the room", hello, { roomCreated: now + 1 }, true],
    [
      "topicTooLong",
      "a topic of 4096 octets",
      textMessage(by, "x", { topicId: new Uint8Array(4096) }),
      {},
      false,
    ],
    [
      "topicTooLong",
      "a topic of 4097 octets",
      textMessage(by, "x", { topicId: new Uint8Array(4097) }),
      {},
      true,
    ],
    ["expiredLongAgo", "a year ago", expiring(false, seconds(now - 365 * day)), {}, false],
    ["expiredLongAgo", "more than a year ago", expiring(false, seconds(now - 365 * day) - 1), {}, true],
    ["expiresFarAhead", "in a year", expiring(false, seconds(now + 365 * day)), {}, false],
    ["expiresFarAhead", "in more than a year", expiring(false, seconds(now + 365 * day) + 1), {}, true],
    ["expiresFarAhead", "a year after reading", expiring(true, seconds(365 * day)), {}, false],
    ["expiresFarAhead", "more than a year after reading", expiring(true, seconds(365 * day) + 1), {}, true],
    ["tooManyParts", "1024 parts", many(1024), {}, false],
    ["tooManyParts", "1025 parts", many(1025), {}, true],
    [
      "nestedTooDeeply",
      "five levels",
      patched("85 01 60 03 00 82".repeat(4) + nothing + nothing.repeat(4)),
      {},
      true,
    ],
    [
      "unknownPartSemantics",
      "part semantics 3",
      patched(`85 01 60 03 03 82 ${nothing} ${nothing}`),
      {},
      true,
    ],
    ["tooLarge", "as large as allowed", hello, { limits: { octets: hello.encoded.length } }, false],
    ["tooLarge", "larger than allowed", hello, { limits: { octets: hello.encoded.length - 1 } }, true],
    ["senderUriDiffers", "from somebody else", hello, { senderUri: "mimi://b.example/u/bob" }, true],
    ["roomUriDiffers", "for another room", hello, { roomUri: "mimi://a.example/r/other" }, true],
    [
      "unknownHashAlgorithm",
      "a reply to an ID of hash 2",
      reply(by, new Uint8Array(32).fill(2), "x"),
      {},
      true,
    ],
  ])("%s: %s", (rule, _, message, change, applies) => {
    expect(rules[rule].consequence).toBe("discard");
    expect(rulesOn(message, change)).toEqual(applies ? [rule] : []);
    expect(judge(received(message, change)).decision).toBe(applies ? "discard" : "keep");
  });
});

describe("any message", () => {
  it("is judged without throwing", () => {
    fc.assert(
      fc.property(mimiContent, (content) => {
        const verdict = judge(received({ encoded: encodeContent(content) }));
        const isDiscarded = verdict.findings.some(({ rule }) => rules[rule].consequence === "discard");
        expect(verdict.decision).toBe(isDiscarded ? "discard" : "keep");
      }),
      { numRuns: 500 },
    );
  });

  it("is malformed where its URIs are too long for a message ID", () => {
    const mimiExtensions = new Map([[1, `mimi://a.example/u/${"a".repeat(70_000)}`]]);
    const encoded = encodeContent({ ...hello.content, mimiExtensions });
    expect(rulesOn({ encoded })).toEqual(["malformed"]);
  });
});

describe("an unknown value has a message kept", () => {
  const target = Uint8Array.from({ length: 32 }, () => 1);
  const external = {
    ...single({ cardinality: "external", url: "https://a.example/1", expires: 0, size: 0n, encAlg: 0 }),
    ...{ key: by.salt, nonce: by.salt, aad: by.salt, hashAlg: 0, contentHash: new Uint8Array() },
    ...{ description: "", filename: "" },
  } as NestedPart;
  it.each<[RuleId, { readonly encoded: Uint8Array }]>([
    ["unknownTarget", reply(by, target, "x")],
    ["unknownTarget", deletion(by, { replaces: target })],
    ["unknownDisposition", compose(by, single({ disposition: 99 }))],
    ["unsupportedContentType", compose(by, single({ contentType: "" }))],
    ["unsupportedLanguage", compose(by, single({ language: "no language" }))],
    ["danglingReference", compose(by, single({ content: Buffer.from("cid:1@local.invalid") }))],
    ["inconsistentExternalPart", compose(by, external)],
    ["htmlInMarkdown", textMessage(by, "<b>", { contentType: mediaType.markdown })],
    ["nothingToShow", compose(by, { disposition: "render", language: "", cardinality: "nullpart" })],
  ])("%s", (rule, message) => {
    expect(rules[rule].consequence).toBe("legitimate");
    expect(rulesOn(message)).toEqual([rule]);
    expect(judge(received(message)).decision).toBe("keep");
  });

  it("but a known target needs no remark", () => {
    expect(rulesOn(reply(by, target, "x"), { isKnown: (id) => id === hex(target) })).toEqual([]);
  });

  it("and what the client supports is up to it", () => {
    expect(rulesOn(hello, { supports: () => false })).toEqual(["unsupportedContentType"]);
  });
});
