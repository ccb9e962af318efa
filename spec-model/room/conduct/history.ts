/** Sharing earlier messages with newcomers. room-policy-04 §6.6 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { RoomPolicy } from "../policy-facts.ts";

/** Messages on their way to a newcomer. */
export interface SharedHistory {
  /** The role of who shares. */
  readonly role: number;
  /** Nobody has asked the client to: it does so by itself. */
  readonly automatically: boolean;
  /** Seconds since the oldest of the messages. */
  readonly age: number;
}

/** A room without this policy shares nothing that anybody would have agreed to. */
export function decideHistory({ history }: Partial<RoomPolicy>, shared: SharedHistory): Decision {
  if (history === undefined || history.historySharing === "forbidden") {
    return refuse("history-allowed", "history is not shared");
  }
  if (!history.rolesThatCanShare.includes(shared.role)) {
    return refuse("history-allowed", `role ${shared.role} does not share history`);
  }
  if (shared.automatically && !history.automaticallyShare) {
    return refuse("history-allowed", "history is not shared without being asked for");
  }
  if (shared.age <= history.maxTimePeriod) return allowed;
  return refuse("history-allowed", `${shared.age} seconds, and at most ${history.maxTimePeriod}`);
}
