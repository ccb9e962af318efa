/** What becomes of a room when its group has no members left, and who may find it. room-policy-04 §2 and §5 */
import type { Author } from "../facts.ts";
import { allowed, type Decision, refuse } from "./decision.ts";
import { decideEntry } from "./entry.ts";
import type { PolicyState } from "./state.ts";
import { defaultVariants, type PolicyVariants } from "./variants.ts";

/** Whether the room is over: its group has nobody in it, and it is not one that outlives its group. */
export function isOver({ members, base }: Pick<PolicyState, "members" | "base">): boolean {
  return members.length === 0 && base?.persistentRoom !== true;
}

/** Whether the author may create a new group for a persistent room: where it could join, if there were a group. */
export function decideNewGroup(
  state: PolicyState,
  author: Author,
  variants: PolicyVariants = defaultVariants,
): Decision {
  if (state.members.length > 0) return refuse("group-is-gone", "the room has a group");
  if (isOver(state)) return refuse("room-is-persistent", "the room ended with its group");
  const entry = decideEntry(state, author, variants);
  return entry.allowed ? allowed : entry;
}

/** Whether the room can be searched for by people who are not in it. */
export function isDiscoverable({ base }: Pick<PolicyState, "base">): boolean {
  return base?.discoverable === true;
}
