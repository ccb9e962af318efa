/** The operations about what is in a message's body, and about texts that clients show. content-09 §4.4, §4.5, §7.1 and §9.2 */
import { bytes, type Operation, text } from "./operation.ts";

const message = { schema: bytes, says: "a MIMI content message" };
const index = { type: "integer", minimum: 0 } as const;
const markdown = { schema: text, says: "a text in Markdown" };

export const bodyOperations: readonly Operation[] = [
  {
    name: "content.references",
    family: "content",
    says: "Find the parts that the texts in a message refer to by their content IDs (content-09 §4.4).",
    outcomes: {
      sound: "each leads to a single or an external part",
      dangling: "one leads to another part, or to none",
    },
    input: { bytes: message },
    output: {
      references: {
        schema: { type: "array", items: { type: "array", items: index } },
        says: "pairs of the indexes of the part that refers and of the one that it refers to, in order",
      },
    },
  },
  {
    name: "content.salt",
    family: "content",
    says: "Derive a message's salt from a secret that MLS has exported and a nonce (content-09 §9.2).",
    outcomes: { salt: "`output` holds it" },
    input: {
      secret: { schema: bytes, says: "the exported secret" },
      nonce: { schema: bytes, says: "used for this message only" },
    },
    output: { salt: { schema: bytes, says: "16 octets" } },
  },
  {
    name: "content.markdown-tags",
    family: "content",
    says: "Find the HTML tags in a text, which a receiver shows as text (content-09 §7.1.1).",
    outcomes: { none: "it has none", tags: "`output` lists them" },
    input: { text: markdown },
    output: { tags: { schema: { type: "array", items: text }, says: "in order" } },
  },
  {
    name: "content.markdown-escape",
    family: "content",
    says: "Make GFM-MIMI of a text: write the opening bracket of each HTML tag as `&lt;` (content-09 §7.1.1).",
    outcomes: { escaped: "`output` holds it" },
    input: { text: markdown },
    output: { text: { schema: text, says: "the text to send" } },
  },
  {
    name: "room.description",
    family: "content",
    says: "Read one of a room's descriptions (protocol-06 §7.6).",
    outcomes: { text: "it is a text", other: "its type is another, or its octets are no UTF-8" },
    input: {
      mediaType: { schema: text, says: "its media type, which may be empty" },
      content: { schema: bytes, says: "its octets" },
    },
    output: {
      mediaType: { schema: text, says: "the media type that it is in" },
      text: { schema: text, says: "what it says", optional: true },
    },
  },
  {
    name: "content.open-external",
    family: "crypto",
    says: "Check and decrypt what the URL of an external part has given (content-09 §4.5).",
    outcomes: { opened: "`output` holds the content", refused: "it is not what the part announces" },
    input: {
      bytes: { schema: bytes, says: "a MIMI content message whose body is an external part" },
      downloaded: { schema: bytes, says: "what the URL has given" },
      now: { schema: { type: "integer" }, says: "the clock, in ms since the UNIX epoch" },
    },
    output: { content: { schema: bytes, says: "what was uploaded, decrypted" } },
  },
];
