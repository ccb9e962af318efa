/** Rooms with fixed membership for the same users: a hub takes one of them. room-policy-04 §5 */
import { RoomError } from "../room/index.ts";
import type { Turn } from "../turn.ts";
import type { HostedRoom } from "./hosted-room.ts";

/** The hub's own rule, as a code. */
const rule = "fixed-unique";

/**
 * Throws RoomError where one of the rooms that this provider hosts is already the one for these users. What other hubs
 * host it cannot know: no message asks.
 */
export function demandUnique(
  { deviation }: Pick<Turn<unknown>, "deviation">,
  hosted: readonly HostedRoom[],
  created: HostedRoom,
): void {
  if (!isFixed(created) || deviation?.lacks?.(rule) === true) return;
  const users = usersOf(created);
  const twin = hosted.find(
    (other) => isFixed(other) && other.machine.status !== "done" && usersOf(other) === users,
  );
  if (twin === undefined) return;
  throw new RoomError(rule, "room-policy-04 §5", `${twin.room} is the room for ${users}`);
}

function isFixed({ machine }: HostedRoom): boolean {
  return machine.context.policy.base?.fixedMembership === true;
}

function usersOf({ machine }: HostedRoom): string {
  return machine.context.current.participants
    .map(({ user }) => user)
    .toSorted()
    .join(", ");
}
