/** What messages, reports and timelines look like as JSON, member by member. vectors/README.md, Content and Timelines */
import { closed, flag, listOf, oneOf, orNull, ref, type Schema, variants, whole } from "./closed.ts";
import { bytes, decimal, text } from "./operation.ts";

/** Whatever CBOR has: what JSON has not is an object that says what it is. */
const cbor: Schema = {
  anyOf: [
    { type: ["number", "string", "boolean", "null"] },
    listOf(ref("cbor")),
    closed({ bytes }),
    closed({ map: listOf({ type: "array", items: ref("cbor"), minItems: 2, maxItems: 2 }) }),
    closed({ float: { anyOf: [{ type: "number" }, oneOf("NaN", "Infinity", "-Infinity", "-0")] } }),
    closed({ tag: { anyOf: [whole, decimal] }, value: ref("cbor") }),
    closed({ simple: whole }),
    closed({ integer: { type: "string", pattern: "^-?[1-9][0-9]*$" } }),
  ],
};

const head = { disposition: { type: ["string", "integer"] }, language: text } as const;

const part = variants("cardinality", {
  nullpart: [head],
  single: [{ ...head, contentType: text, content: bytes }],
  external: [
    {
      ...head,
      contentType: text,
      url: text,
      expires: whole,
      size: decimal,
      encAlg: whole,
      key: bytes,
      nonce: bytes,
      aad: bytes,
      hashAlg: whole,
      contentHash: bytes,
      description: text,
      filename: text,
    },
  ],
  multi: [{ ...head, partSemantics: text, parts: listOf(ref("part")) }],
});

const content = closed({
  salt: bytes,
  replaces: orNull(bytes),
  topicId: bytes,
  expires: orNull(closed({ relative: flag, time: whole })),
  inReplyTo: orNull(bytes),
  mimiExtensions: listOf({ type: "array", items: ref("cbor"), minItems: 2, maxItems: 2 }),
  nestedPart: ref("part"),
});

const body = orNull({
  anyOf: [closed({ contentType: text, content: bytes }), closed({ cardinality: text })],
});

const entry = closed({
  messageId: bytes,
  sender: text,
  state: oneOf("original", "edited", "retracted", "expired"),
  body,
  versions: listOf(bytes),
  topicId: bytes,
  inReplyTo: orNull(
    closed({
      messageId: bytes,
      target: oneOf("current", "superseded", "retracted", "expired", "unknown", "loop"),
    }),
  ),
  reactions: listOf(closed({ messageId: bytes, sender: text, toVersion: bytes, body })),
});

export const contentDefinitions: Readonly<Record<string, Schema>> = { cbor, part, content, entry };
