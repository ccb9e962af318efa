/** Messages that expire. room-policy-04 §6.8 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { RoomPolicy } from "../policy-facts.ts";

/** Whether a message may expire after `seconds`; undefined: it does not expire. */
export function decideExpiration({ expiration }: Partial<RoomPolicy>, seconds: number | undefined): Decision {
  if (expiration === undefined) return allowed;
  if (expiration.expiringMessages === "forbidden") {
    return seconds === undefined ? allowed : refuse("expiry-allowed", "messages do not expire here");
  }
  if (seconds === undefined) {
    return expiration.expiringMessages === "optional"
      ? allowed
      : refuse("expiry-allowed", "every message has to expire");
  }
  const { minExpirationDuration: minimum, maxExpirationDuration: maximum } = expiration;
  if (minimum <= seconds && seconds <= maximum) return allowed;
  return refuse("expiry-allowed", `${seconds} seconds, not ${minimum} to ${maximum}`);
}
