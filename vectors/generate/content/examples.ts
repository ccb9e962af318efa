/** Messages of every kind that clients send, with readable contents. content-09 §5 */
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type ComposedMessage,
  compose,
  deletion,
  edit,
  type MessageOptions,
  type NestedPart,
  reaction,
  reply,
  textMessage,
  unlike,
} from "../../../spec-model/content/index.ts";

export const room = "mimi://a.example/r/clubhouse";
export const alice = "mimi://a.example/u/alice";
export const bob = "mimi://b.example/u/bob";
export const cathy = "mimi://c.example/u/cathy";

export interface Example extends ComposedMessage {
  readonly name: string;
  readonly comment: string;
  readonly sender: string;
}

/** A salt that says which message it belongs to. */
export function saltOf(name: string): Uint8Array {
  const salt = new Uint8Array(16);
  salt.set(utf8(name).subarray(0, 16));
  return salt;
}

export function examples(): readonly Example[] {
  const by = (sender: string, name: string) => ({ sender, room, salt: saltOf(name) });
  const made = (name: string, comment: string, sender: string, message: ComposedMessage): Example => ({
    name,
    comment,
    sender,
    ...message,
  });
  const text = (name: string, comment: string, words: string, options?: MessageOptions) =>
    made(name, comment, alice, textMessage(by(alice, name), words, options));
  const body = (name: string, comment: string, part: NestedPart, options?: MessageOptions) =>
    made(name, comment, alice, compose(by(alice, name), part, options));
  const original = text("text", "a text message", "Hi! What is new?");
  const thumb = reaction(by(bob, "reaction"), original.messageId, "\u{1F44D}");
  return [
    original,
    text("empty-text", "a text message without text", ""),
    text("markdown", "a message in GFM-MIMI", "Hello **everyone**", {
      contentType: "text/markdown;variant=GFM-MIMI",
    }),
    text("language", "a message with language tags", "Gr\u00fcezi mitenand", { language: "de-CH,de" }),
    text("topic", "a message on a topic", "About the picnic", { topicId: utf8("picnic") }),
    text("expires-at", "a message that expires at a time", "Meet at 10", {
      expires: { relative: false, time: 1_800_086_400 },
    }),
    text("expires-after", "a message that expires an hour after it is read", "Burn this", {
      expires: { relative: true, time: 3600 },
    }),
    text("extensions", "a message with private extensions", "x", {
      extensions: new Map<number | string, never>([
        [-3, "negative key" as never],
        ["com.example.x", [1, new Map([[1, null]]), { float: 1.5 }] as never],
      ]),
    }),
    made("reply", "a reply", bob, reply(by(bob, "reply"), original.messageId, "Not much")),
    made("reaction", "a reaction", bob, thumb),
    made(
      "edit",
      "an edit",
      alice,
      edit(by(alice, "edit"), { replaces: original.messageId }, "Hi! What's new?"),
    ),
    made(
      "deletion",
      "a retraction",
      alice,
      deletion(by(alice, "deletion"), { replaces: original.messageId }),
    ),
    made(
      "unlike",
      "a reaction that is taken back",
      bob,
      unlike(by(bob, "unlike"), { replaces: thumb.messageId, inReplyTo: original.messageId }),
    ),
    body("null-part", "no content at all", { disposition: "render", language: "", cardinality: "nullpart" }),
    body("unknown-disposition", "a disposition that is not registered", { ...single("x"), disposition: 200 }),
    body("choose-one", "one of two forms of a text", {
      disposition: "render",
      language: "",
      cardinality: "multi",
      partSemantics: "chooseOne",
      parts: [single("<b>Hello</b>", "text/html;charset=utf-8"), single("Hello")],
    }),
    body("single-unit", "an image in a text, which belong together", {
      disposition: "render",
      language: "",
      cardinality: "multi",
      partSemantics: "singleUnit",
      parts: [
        single('<img src="cid:2@local.invalid">', "text/html;charset=utf-8"),
        { ...single("", "image/png"), disposition: "inline", content: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
      ],
    }),
    body("nested", "parts in parts, as deep as may be", nested(4)),
    body("external", "an attachment elsewhere, encrypted", {
      disposition: "attachment",
      language: "en",
      cardinality: "external",
      contentType: "video/mp4",
      url: "https://assets.a.example/8ksB4bSrrRE.mp4",
      expires: 0,
      size: 708_234_961n,
      encAlg: 1,
      key: new Uint8Array(16).fill(0x21),
      nonce: new Uint8Array(12).fill(0xc8),
      aad: noBytes,
      hashAlg: 1,
      contentHash: new Uint8Array(32).fill(0x9a),
      description: "2 hours of key signing video",
      filename: "bigfile.mp4",
    }),
  ];
}

function single(text: string, contentType = "text/plain;charset=utf-8") {
  return {
    disposition: "render",
    language: "",
    cardinality: "single",
    contentType,
    content: utf8(text),
  } as const satisfies NestedPart;
}

function nested(levels: number): NestedPart {
  if (levels === 1) return single("deep");
  return {
    disposition: "render",
    language: "",
    cardinality: "multi",
    partSemantics: "processAll",
    parts: [single(`level ${levels}`), nested(levels - 1)],
  };
}
