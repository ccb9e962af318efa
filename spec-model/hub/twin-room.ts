/** Rooms with fixed membership for the same users: a hub takes one of them. room-policy-04 §5 */
import { RoomError, type RoomPolicy } from "../room/index.ts";
import type { Turn } from "../turn.ts";

/** The hub's own rule, as a code. */
const rule = "fixed-unique";

/** What a hosted room shows of itself here. */
interface Hosted {
  readonly room: string;
  readonly machine: {
    readonly status: string;
    readonly context: {
      readonly policy: RoomPolicy;
      readonly current: { readonly participants: readonly { readonly user: string }[] };
    };
  };
}

/**
 * Throws RoomError where one of the rooms that this provider hosts is already the one for these users. What other hubs
 * host it cannot know: no message asks.
 */
export function demandUnique(
  { deviation }: Pick<Turn<unknown>, "deviation">,
  hosted: readonly Hosted[],
  created: Hosted,
): void {
  if (!isFixed(created) || deviation?.lacks?.(rule) === true) return;
  const users = usersOf(created);
  const twin = hosted.find(
    (other) => isFixed(other) && other.machine.status !== "done" && usersOf(other) === users,
  );
  if (twin === undefined) return;
  throw new RoomError(rule, "room-policy-04 §5", `${twin.room} is the room for ${users}`);
}

function isFixed({ machine }: Hosted): boolean {
  return machine.context.policy.base?.fixedMembership === true;
}

function usersOf({ machine }: Hosted): string {
  return machine.context.current.participants
    .map(({ user }) => user)
    .toSorted()
    .join(", ");
}
