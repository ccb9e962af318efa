/**
 * Chains of replies that come back to where they started. content-09 §4.1
 *
 * A message ID covers the ID that the message replies to, so an honest loop would be a hash collision; the check costs
 * little and the draft asks for it.
 */
import { hex } from "../bytes.ts";
import type { MimiContent } from "./container.ts";

/** The IDs of those of `messages` whose chain of `inReplyTo` comes back to themselves. */
export function findLoops(
  messages: ReadonlyMap<string, { readonly content: MimiContent }>,
): ReadonlySet<string> {
  const looping = new Set<string>();
  const settled = new Set<string>();
  for (const start of messages.keys()) {
    const chain: string[] = [];
    const position = new Map<string, number>();
    let current: string | undefined = start;
    while (current !== undefined && !settled.has(current) && !position.has(current)) {
      position.set(current, chain.length);
      chain.push(current);
      const target: Uint8Array | undefined = messages.get(current)?.content.inReplyTo;
      current = target === undefined ? undefined : hex(target);
    }
    const loopStart = current === undefined ? undefined : position.get(current);
    if (loopStart !== undefined) for (const id of chain.slice(loopStart)) looping.add(id);
    for (const id of chain) settled.add(id);
  }
  return looping;
}
