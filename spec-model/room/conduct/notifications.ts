/** Delivery notifications and read receipts. room-policy-04 §6.1 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { RoomPolicy } from "../policy-facts.ts";

/**
 * Whether a client reports on a message: as the room's policy says, and as its user likes where that leaves it open.
 * message-status-01 §3
 */
export function sendsNotification(
  policy: Partial<RoomPolicy>,
  kind: "delivery" | "read",
  userLikes: boolean,
): boolean {
  return decideNotification(policy, kind, userLikes).allowed ? userLikes : !userLikes;
}

/** Whether a client may send such a notification (`sends`), or leave it (not `sends`). */
export function decideNotification(
  { statusNotifications }: Partial<RoomPolicy>,
  kind: "delivery" | "read",
  sends: boolean,
): Decision {
  const rule =
    kind === "delivery" ? statusNotifications?.deliveryNotifications : statusNotifications?.readReceipts;
  if (rule === "forbidden" && sends)
    return refuse("notification-allowed", `${kind} notifications are forbidden`);
  if (rule === "required" && !sends)
    return refuse("notification-allowed", `${kind} notifications are required`);
  return allowed;
}
