/** What a hub puts on record about requests that the room's rules forbid. */
import type { Effect } from "../machine.ts";
import { emit, type Turn } from "../turn.ts";

/** A request that a rule of the room forbids: no honest client of an honest provider makes one. */
export function noticeRule(turn: Turn<unknown>, effect: Effect): void {
  const { rule, where, says } = effect;
  if (typeof rule !== "string" || typeof where !== "string") return;
  emit(turn, { type: "noticed", errorType: "PolicyError", code: rule, where, text: String(says) });
}
