/** What a client shows of a room. content-09 §5 and §9.3 */
import { hex, noBytes } from "../bytes.ts";
import {
  type ChangeOfOthers,
  type NestedPart,
  type TimelineEntry,
  type TimelineMessage,
  timelineOf,
} from "../content/index.ts";
import type { ClientRoom } from "./client-state.ts";
import { readableText } from "./readable.ts";

/** The room's timeline at a moment, in milliseconds since the UNIX epoch; by default before anything expires; `show`: by another reading. */
export function timelineIn(
  { messages }: Pick<ClientRoom, "messages">,
  now = 0,
  show: typeof timelineOf = timelineOf,
): readonly TimelineEntry[] {
  return show(messages, { now, mayChange: mayChangeAmong(messages) }).entries;
}

/**
 * Another user's retraction that was kept has been judged by its sender's role, if what it retracts was known by then;
 * nobody may edit what another user wrote. content-09 §9.3, room-policy-04 §8.3
 */
function mayChangeAmong(messages: readonly TimelineMessage[]) {
  const place = (wanted: (message: TimelineMessage) => boolean) => messages.findIndex(wanted);
  return ({ kind, actor, messageId }: ChangeOfOthers): boolean =>
    kind === "retract" &&
    place((each) => each.messageId === messageId) <
      place(({ sender, content }) => sender === actor && hex(content.replaces ?? noBytes) === messageId);
}

/** An entry in a few words: `Hello (edited), 1 reaction`. */
export function told({ body, state, reactions }: TimelineEntry): string {
  const changed = state === "original" ? "" : ` (${state})`;
  const reacted = reactions.map(({ body: reaction }) => ` ${textIn(reaction)}`).join("");
  return `${textIn(body)}${changed}${reacted}`;
}

function textIn(part: NestedPart | undefined): string {
  return part === undefined ? "" : readableText(part);
}
