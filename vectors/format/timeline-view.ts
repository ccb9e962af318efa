/** A timeline as the vectors state it: what a person sees of each message, without what depends on how it is drawn. */
import { hex } from "../../spec-model/bytes.ts";
import type { NestedPart, Timeline } from "../../spec-model/content/index.ts";
import type { Json } from "./case.ts";

export function timelineView({ entries }: Timeline): Json {
  return entries.map((entry) => ({
    messageId: entry.messageId,
    sender: entry.sender,
    state: entry.state,
    body: bodyView(entry.body),
    versions: entry.versions,
    topicId: entry.topicId,
    inReplyTo:
      entry.inReplyTo === undefined
        ? null
        : { messageId: entry.inReplyTo.messageId, target: entry.inReplyTo.target },
    reactions: entry.reactions.map(({ messageId, sender, toVersion, body }) => ({
      messageId,
      sender,
      toVersion,
      body: bodyView(body),
    })),
  }));
}

/** A single part by its octets; other bodies by their kind. */
function bodyView(body: NestedPart | undefined): Json {
  if (body === undefined) return null;
  return body.cardinality === "single"
    ? { contentType: body.contentType, content: hex(body.content) }
    : { cardinality: body.cardinality };
}
