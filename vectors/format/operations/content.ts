/** The operations of the content family. */
import { closed, listOf, ref } from "./closed.ts";
import { contentDefinitions } from "./content-shapes.ts";
import { bytes, type Operation, readOutcomes, text } from "./operation.ts";

const milliseconds = { type: "integer" } as const;
const sender = { schema: text, says: "the sender's user URI" };
const room = { schema: text, says: "the room's URI" };
const encoded = { schema: bytes, says: "the message as it was encoded" };
const content = { schema: ref("content"), says: "the message as JSON, see [Content](#content)" };
const report = {
  schema: listOf(closed({ messageId: bytes, status: { type: ["string", "integer"] } })),
  says: "the statuses of messages, in the order in which the report has them",
};

/** A message with what a receiver knows besides its octets. */
const message = {
  type: "object",
  properties: { bytes, sender: text, acceptedTimestamp: milliseconds },
  required: ["bytes", "sender", "acceptedTimestamp"],
  additionalProperties: false,
} as const;

export const contentOperations: readonly Operation[] = [
  {
    name: "content.decode",
    family: "content",
    says: "Read the octets as one MIMI content message in deterministic CBOR.",
    outcomes: readOutcomes,
    input: { bytes: encoded },
    output: { content },
    definitions: contentDefinitions,
  },
  {
    name: "content.encode",
    family: "content",
    says: "Write a message as octets.",
    outcomes: { valid: "it has been written", invalid: "the value has no encoding" },
    input: { content },
    output: { bytes: encoded },
    definitions: contentDefinitions,
  },
  {
    name: "content.message-id",
    family: "content",
    says: "Compute a message ID.",
    outcomes: { id: "`output` holds it" },
    input: { bytes: encoded, sender, room },
    output: {
      messageId: { schema: bytes, says: "32 octets" },
      hashInput: { schema: bytes, says: "what is hashed", optional: true },
    },
  },
  {
    name: "content.judge",
    family: "content",
    says: "Decide whether a received message is kept or discarded (content-09 §9.1).",
    outcomes: { keep: "it is kept", discard: "it is dropped and logged" },
    input: {
      bytes: encoded,
      sender,
      room,
      senderIsMember: { schema: { type: "boolean" }, says: "of the MLS group" },
      acceptedTimestamp: {
        schema: milliseconds,
        says: "when the hub accepted it, in ms since the UNIX epoch",
      },
      roomCreated: { schema: milliseconds, says: "when the room was created", optional: true },
      now: { schema: milliseconds, says: "the receiver's clock" },
      known: { schema: { type: "array", items: bytes }, says: "the IDs of messages that were seen before" },
    },
    output: {},
  },
  {
    name: "content.timeline",
    family: "content",
    says: "Show a room's messages after replies, edits, retractions, reactions and expiry; they arrive in this order.",
    outcomes: { shown: "`output` holds the view" },
    input: {
      messages: { schema: { type: "array", items: message }, says: "in the order of their arrival" },
      room,
      now: { schema: milliseconds, says: "the clock" },
    },
    output: {
      entries: {
        schema: listOf(ref("entry")),
        says: "what is shown, in the room's order, see [Timelines](#timelines)",
      },
    },
    definitions: contentDefinitions,
  },
  {
    name: "content.status",
    family: "content",
    says: "Read the octets as a message status report.",
    outcomes: readOutcomes,
    input: { bytes: { schema: bytes, says: "the report as it was encoded" } },
    output: { report },
  },
];
