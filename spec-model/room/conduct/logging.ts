/** Whether a room's messages are logged. room-policy-04 §6.5 */
import type { RoomPolicy } from "../policy-facts.ts";

/** The clients that log the room: logging is active where there is one. */
export function loggingClients({ logging }: Partial<RoomPolicy>): readonly string[] {
  if (logging === undefined || logging.logging === "forbidden") return [];
  return logging.loggingClients.map(({ uri }) => uri);
}
