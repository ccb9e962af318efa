/** Messages with what replaces them: who may replace what, and what a message has become. content-09 §5.5, §5.6, §9.3 */
import { hex } from "../bytes.ts";
import { effectiveDisposition } from "./dispositions.ts";
import type {
  ChangeOfOthers,
  TimelineEntry,
  TimelineMessage,
  TimelineRules,
  Unplaced,
} from "./timeline-types.ts";

/** A first instance and what replaced it. */
export interface Thread {
  readonly first: TimelineMessage;
  readonly replacements: TimelineMessage[];
}

/** Every first instance with what replaces it, by message ID, in the room's order. */
export function threadsOf(
  ordered: readonly TimelineMessage[],
  known: ReadonlyMap<string, TimelineMessage>,
  rules: TimelineRules,
  unplaced: Unplaced[],
): ReadonlyMap<string, Thread> {
  const threads = new Map<string, Thread>();
  for (const message of ordered) {
    if (message.content.replaces === undefined) {
      threads.set(message.messageId, { first: message, replacements: [] });
    }
  }
  for (const message of ordered) {
    if (message.content.replaces === undefined) continue;
    const first = firstInstance(message, known);
    const thread = first === undefined ? undefined : threads.get(first.messageId);
    const { messageId } = message;
    if (thread === undefined) unplaced.push({ messageId, reason: "targetUnknown" });
    else if (!isAllowed(message, thread.first, rules)) unplaced.push({ messageId, reason: "notAuthorised" });
    else thread.replacements.push(message);
  }
  return threads;
}

/** The message that the chain of `replaces` starts from, where all of it is known and it does start somewhere. */
function firstInstance(
  message: TimelineMessage,
  known: ReadonlyMap<string, TimelineMessage>,
): TimelineMessage | undefined {
  const passed = new Set<string>();
  let current: TimelineMessage | undefined = message;
  while (current?.content.replaces !== undefined) {
    if (passed.has(current.messageId)) return undefined;
    passed.add(current.messageId);
    current = known.get(hex(current.content.replaces));
  }
  return current;
}

function isAllowed(message: TimelineMessage, first: TimelineMessage, rules: TimelineRules): boolean {
  if (message.sender === first.sender) return true;
  const change: ChangeOfOthers = {
    kind: isEmpty(message) ? "retract" : "edit",
    actor: message.sender,
    author: first.sender,
    messageId: first.messageId,
  };
  return rules.mayChange?.(change) ?? false;
}

export function isEmpty({ content }: TimelineMessage): boolean {
  return content.nestedPart.cardinality === "nullpart";
}

export function isReaction({ first }: Thread): boolean {
  const { nestedPart, inReplyTo } = first.content;
  return (
    inReplyTo !== undefined && effectiveDisposition(nestedPart.disposition) === "reaction" && !isEmpty(first)
  );
}

export function versionsOf({ first, replacements }: Thread): readonly string[] {
  return [first, ...replacements.filter((each) => !isEmpty(each))].map(({ messageId }) => messageId);
}

/** What counts now: the last version, or undefined where the message is retracted. */
export function currentOf(
  { first, replacements }: Thread,
  rules: TimelineRules,
): TimelineMessage | undefined {
  const last = replacements.at(-1) ?? first;
  const retracted = rules.afterRetraction === "lastWins" ? isEmpty(last) : replacements.some(isEmpty);
  return retracted ? undefined : last;
}

/** Only the body of a message can be edited: when it expires stays as its first instance says. §9.3 */
export function isExpired({ first }: Thread, rules: TimelineRules): boolean {
  const { expires } = first.content;
  if (expires === undefined) return false;
  const from = expires.relative ? rules.readAt?.(first.messageId) : 0;
  return from !== undefined && rules.now >= from + expires.time * 1000;
}

export function stateOf(thread: Thread, rules: TimelineRules): TimelineEntry["state"] {
  const current = currentOf(thread, rules);
  if (current === undefined) return "retracted";
  if (isExpired(thread, rules)) return "expired";
  return current === thread.first ? "original" : "edited";
}
