/** What a client shows of a room. content-09 §5 and §9.3 */

import { textOf } from "../bytes.ts";
import { type NestedPart, type TimelineEntry, timelineOf } from "../content/index.ts";
import type { ClientRoom } from "./client-state.ts";

/** The room's timeline at a moment, in milliseconds since the UNIX epoch; by default before anything expires. */
export function timelineIn({ messages }: Pick<ClientRoom, "messages">, now = 0): readonly TimelineEntry[] {
  return timelineOf(messages, { now }).entries;
}

/** An entry in a few words: `Hello (edited), 1 reaction`. */
export function told({ body, state, reactions }: TimelineEntry): string {
  const changed = state === "original" ? "" : ` (${state})`;
  const reacted = reactions.map(({ body: reaction }) => ` ${textIn(reaction)}`).join("");
  return `${textIn(body)}${changed}${reacted}`;
}

function textIn(part: NestedPart | undefined): string {
  if (part?.cardinality === "external") return `[${part.filename}]`;
  return part?.cardinality === "single" ? (textOf(part.content) ?? "") : "";
}
