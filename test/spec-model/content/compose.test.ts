import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { mimiContent, text } from "../../../spec-model/content/arbitrary.ts";
import {
  type Authorship,
  ContentError,
  compose,
  decodeContent,
  deletion,
  edit,
  encodeContent,
  mediaType,
  messageIdOf,
  reaction,
  reply,
  saltFrom,
  textMessage,
  unlike,
} from "../../../spec-model/content/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { missingShared, sharedFolder } from "../../shared-folder.ts";
import { type DraftExample, draftExamples } from "./draft-examples.ts";

const room = "mimi://a.example/r/clubhouse";
const by = (sender: string, salt = 1): Authorship => ({ sender, room, salt: new Uint8Array(16).fill(salt) });
const alice = by("mimi://a.example/u/alice");
const bob = by("mimi://b.example/u/bob", 2);

describe("message IDs", () => {
  it("are the algorithm's number and 31 octets of a hash over lengths, URIs, message and salt", () => {
    fc.assert(
      fc.property(mimiContent, text, text, (content, senderUri, roomUri) => {
        const encoded = encodeContent(content);
        const hash = createHash("sha256");
        for (const uri of [senderUri, roomUri]) {
          const octets = Buffer.from(uri);
          hash.update(Buffer.from([octets.length >> 8, octets.length & 255])).update(octets);
        }
        const digest = hash.update(encoded).update(content.salt).digest("hex");
        const id = messageIdOf({ encoded, salt: content.salt, senderUri, roomUri });
        expect(hex(id)).toBe(`01${digest.slice(0, 62)}`);
      }),
    );
  });

  it("tell apart what only the lengths of the URIs keep apart", () => {
    const { encoded, content } = textMessage(alice, "hello");
    const id = (senderUri: string, roomUri: string) =>
      hex(messageIdOf({ encoded, salt: content.salt, senderUri, roomUri }));
    expect(id("ab", "c")).not.toBe(id("a", "bc"));
  });

  it("count octets of the URIs, not characters", () => {
    const { encoded, content } = textMessage(alice, "hello");
    expect(() =>
      messageIdOf({ encoded, salt: content.salt, senderUri: "ä".repeat(32768), roomUri: room }),
    ).toThrow(ContentError);
  });
});

describe("messages of a client", () => {
  it("carry their sender and room, and decode to what they are", () => {
    const message = textMessage(alice, "Hello", { language: "en", contentType: mediaType.markdown });
    expect(decodeContent(message.encoded)).toEqual(message.content);
    expect([...message.content.mimiExtensions]).toEqual([
      [1, alice.sender],
      [2, room],
    ]);
    expect(message.content.nestedPart).toEqual({
      disposition: "render",
      language: "en",
      cardinality: "single",
      contentType: "text/markdown;variant=GFM-MIMI",
      content: utf8("Hello"),
    });
    expect([message.content.replaces, message.content.inReplyTo, message.content.expires]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("draw a salt of 16 octets, so that the same text twice is two messages", () => {
    const random = expandEntropy(new Uint8Array(32), "salts");
    const author = { ...alice, salt: random };
    const [first, second] = [textMessage(author, "Hello"), textMessage(author, "Hello")];
    expect(first.content.salt).toHaveLength(16);
    expect(hex(first.messageId)).not.toBe(hex(second.messageId));
  });

  it("refer to each other as the draft's reply, reaction, edit, delete and unlike do", () => {
    const hello = textMessage(alice, "Hello");
    const answer = reply(bob, hello.messageId, "Hi");
    const heart = reaction(bob, hello.messageId, "\u2764");
    const replaced = { replaces: answer.messageId, inReplyTo: hello.messageId };
    expect(answer.content).toMatchObject({ replaces: undefined, inReplyTo: hello.messageId });
    expect(heart.content.nestedPart.disposition).toBe("reaction");
    expect(edit(bob, replaced, "Hi!").content).toMatchObject(replaced);
    expect(deletion(bob, replaced).content).toMatchObject({
      ...replaced,
      nestedPart: { disposition: "render", cardinality: "nullpart" },
    });
    expect(unlike(bob, { replaces: heart.messageId }).content).toMatchObject({
      replaces: heart.messageId,
      nestedPart: { disposition: "reaction", cardinality: "nullpart" },
    });
  });

  it("keep sender and room even where other extensions name them", () => {
    const extensions = new Map<number | string, string>([
      [1, "mimi://evil.example/u/mallory"],
      ["x", "y"],
    ]);
    const { content } = textMessage(alice, "Hello", { extensions });
    expect(content.mimiExtensions.get(1)).toBe(alice.sender);
    expect(content.mimiExtensions.get("x")).toBe("y");
  });

  it("get a salt from an exported secret and a nonce", () => {
    const [secret, nonce] = [new Uint8Array(32).fill(9), new Uint8Array(16).fill(3)];
    const expected = createHmac("sha256", secret).update(nonce).digest("hex").slice(0, 32);
    expect(hex(saltFrom(secret, nonce))).toBe(expected);
  });
});

const title = sharedFolder() === undefined ? ` (${missingShared})` : "";
describe.skipIf(!sharedFolder())(`the draft's examples, composed anew${title}`, () => {
  const markdown = { contentType: mediaType.markdown };
  const examples = new Map(draftExamples().map((example) => [example.name, example]));
  const find = (name: string): DraftExample => {
    const example = examples.get(name);
    if (example === undefined) throw new Error(`no example ${name}`);
    return example;
  };
  const author = (name: string): Authorship => {
    const { salt, mimiExtensions } = decodeContent(find(name).cbor);
    return { sender: String(mimiExtensions.get(1)), room: String(mimiExtensions.get(2)), salt };
  };

  it("come to the same bytes and message IDs", () => {
    const original = textMessage(
      author("original"),
      "Hi everyone, we just shipped release 2.0. __Good  work__!",
      markdown,
    );
    const id = original.messageId;
    const answer = reply(author("reply"), id, "Right on! _Congratulations_ 'all!", markdown);
    const heart = reaction(author("reaction"), id, "\u2764");
    const replaced = { replaces: answer.messageId, inReplyTo: id };
    const composed = {
      original,
      reply: answer,
      reaction: heart,
      edit: edit(author("edit"), replaced, "Right on! _Congratulations_ y'all!", markdown),
      delete: deletion(author("delete"), replaced),
      unlike: unlike(author("unlike"), { replaces: heart.messageId, inReplyTo: id }),
      expiring: textMessage(
        author("expiring"),
        "__*VPN GOING DOWN*__ I'm rebooting the VPN in ten minutes unless anyone objects.",
        { ...markdown, expires: { relative: false, time: 1644390004 } },
      ),
      attachment: compose(author("attachment"), decodeContent(find("attachment").cbor).nestedPart),
    };
    for (const [name, message] of Object.entries(composed)) {
      expect([name, hex(message.encoded)]).toEqual([name, hex(find(name).cbor)]);
      expect([name, hex(message.messageId)]).toEqual([name, find(name).messageId]);
    }
  });
});
