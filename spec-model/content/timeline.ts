/**
 * What a client shows of a room's messages after replies, reactions, edits, retractions and expiry. content-09 §5 and
 * §9.3
 *
 * The view is a function of the set of messages: the order in which they arrived does not matter, and a message whose
 * target is missing takes effect once that is there too. Where the draft leaves a choice:
 * - `replaces` names the first instance; one that names a later version is taken to mean its first instance.
 * - An edit and a retraction of one message can cross. No order of precedence is given; a retraction is final here,
 *   or, with the variant `afterRetraction: "lastWins"`, the later one in the room's order counts.
 * - A replacement of an unknown message is not shown: who may replace it cannot be checked yet (§9.3).
 */
import { hex } from "../bytes.ts";
import type { NestedPart } from "./container.ts";
import { findLoops } from "./reply-loops.ts";
import {
  currentOf,
  isEmpty,
  isExpired,
  isReaction,
  stateOf,
  type Thread,
  threadsOf,
  versionsOf,
} from "./timeline-threads.ts";
import type {
  Reaction,
  ReplyReference,
  Timeline,
  TimelineEntry,
  TimelineMessage,
  TimelineRules,
  Unplaced,
} from "./timeline-types.ts";

/** The view of `messages`. A second message with the same ID is ignored. content-09 §5.11 (order), §9.1 */
export function timelineOf(messages: Iterable<TimelineMessage>, rules: TimelineRules): Timeline {
  const ordered = inRoomOrder(messages);
  const known = new Map(ordered.map((message) => [message.messageId, message]));
  const unplaced: Unplaced[] = [];
  const threads = threadsOf(ordered, known, rules, unplaced);
  const threadOfVersion = new Map(
    [...threads.values()].flatMap((thread) => versionsOf(thread).map((id) => [id, thread] as const)),
  );
  const loops = findLoops(known);
  const reactions = placeReactions(threads, threadOfVersion, rules, unplaced);
  const entries: TimelineEntry[] = [];
  for (const thread of threads.values()) {
    if (isReaction(thread)) continue;
    if (isEmpty(thread.first)) unplaced.push({ messageId: thread.first.messageId, reason: "nothingToShow" });
    else entries.push(entryOf(thread, threadOfVersion, loops, reactions, rules));
  }
  return { entries, unplaced: inOrderOf(unplaced, ordered) };
}

/** The room's order: by accepted timestamp; at the same time the lexically lower message ID is earlier. */
function inRoomOrder(messages: Iterable<TimelineMessage>): readonly TimelineMessage[] {
  const unique = new Map<string, TimelineMessage>();
  const ordered = [...messages].sort(
    (a, b) => a.acceptedTimestamp - b.acceptedTimestamp || compareText(a.messageId, b.messageId),
  );
  for (const message of ordered) if (!unique.has(message.messageId)) unique.set(message.messageId, message);
  return [...unique.values()];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inOrderOf(unplaced: readonly Unplaced[], ordered: readonly TimelineMessage[]): readonly Unplaced[] {
  const place = new Map(ordered.map(({ messageId }, index) => [messageId, index]));
  return unplaced.toSorted((a, b) => (place.get(a.messageId) ?? 0) - (place.get(b.messageId) ?? 0));
}

/** The reactions to each thread, by the message ID of its first instance. */
function placeReactions(
  threads: ReadonlyMap<string, Thread>,
  threadOfVersion: ReadonlyMap<string, Thread>,
  rules: TimelineRules,
  unplaced: Unplaced[],
): ReadonlyMap<string, readonly Reaction[]> {
  const placed = new Map<string, Reaction[]>();
  for (const thread of threads.values()) {
    const { messageId, sender, content } = thread.first;
    if (!isReaction(thread) || content.inReplyTo === undefined) continue;
    const toVersion = hex(content.inReplyTo);
    const target = threadOfVersion.get(toVersion);
    if (target === undefined) unplaced.push({ messageId, reason: "targetUnknown" });
    else if (isReaction(target)) unplaced.push({ messageId, reason: "reactsToReaction" });
    else if (!isExpired(thread, rules)) {
      const reactions = placed.get(target.first.messageId) ?? [];
      for (const body of reactionsIn(currentOf(thread, rules)?.content.nestedPart)) {
        reactions.push({ messageId, sender, toVersion, body });
      }
      placed.set(target.first.messageId, reactions);
    }
  }
  return placed;
}

/** Several reactions in one message are the parts of a MultiPart with processAll. content-09 §5.3 */
function reactionsIn(body: NestedPart | undefined): readonly NestedPart[] {
  if (body === undefined) return [];
  const several = body.cardinality === "multi" && body.partSemantics === "processAll";
  return several ? body.parts : [body];
}

function entryOf(
  thread: Thread,
  threadOfVersion: ReadonlyMap<string, Thread>,
  loops: ReadonlySet<string>,
  reactions: ReadonlyMap<string, readonly Reaction[]>,
  rules: TimelineRules,
): TimelineEntry {
  const { messageId, sender, acceptedTimestamp, content } = thread.first;
  const state = stateOf(thread, rules);
  const isShown = state === "original" || state === "edited";
  return {
    messageId,
    sender,
    acceptedTimestamp,
    state,
    body: isShown ? currentOf(thread, rules)?.content.nestedPart : undefined,
    versions: versionsOf(thread),
    topicId: hex(content.topicId),
    inReplyTo: referenceOf(thread, threadOfVersion, loops, rules),
    reactions: isShown ? (reactions.get(messageId) ?? []) : [],
  };
}

function referenceOf(
  { first }: Thread,
  threadOfVersion: ReadonlyMap<string, Thread>,
  loops: ReadonlySet<string>,
  rules: TimelineRules,
): ReplyReference | undefined {
  if (first.content.inReplyTo === undefined) return undefined;
  const messageId = hex(first.content.inReplyTo);
  if (loops.has(first.messageId)) return { messageId, target: "loop" };
  const target = threadOfVersion.get(messageId);
  if (target === undefined) return { messageId, target: "unknown" };
  const state = stateOf(target, rules);
  if (state === "retracted" || state === "expired") return { messageId, target: state };
  const isCurrent = currentOf(target, rules)?.messageId === messageId;
  return { messageId, target: isCurrent ? "current" : "superseded" };
}
