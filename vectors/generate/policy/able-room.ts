/** A room whose policy stands in nobody's way: what is asked of it hangs on the capabilities of Alice's role alone. */
import type { PolicyState } from "../../../spec-model/room/index.ts";
import { componentIds, plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import { memberOf, roleWith, roomOf } from "./people.ts";

export const everyMove = [0, 1, 2, 3].map((from) => ({ from, to: [0, 1, 2, 3].filter((to) => to !== from) }));

/** Its base policy lists all components. */
export const everyComponent = plainBaseRoomPolicy({ policyComponentIds: Object.values(componentIds) });

/** Alice has role 3, which holds the capabilities; Bob and Cathy have role 2, Dave is banned, Eve is not listed; a join link is in force. */
export function roomWhere(
  capabilities: readonly string[],
  more: Partial<PolicyState> = {},
  zero: readonly string[] = [],
): PolicyState {
  const roles = [
    roleWith(0, { capabilities: zero, roleChanges: everyMove }),
    roleWith(1),
    roleWith(2),
    roleWith(3, { capabilities, roleChanges: everyMove }),
  ];
  const holders = { alice: 3, bob: 2, cathy: 2, dave: 1 };
  const state = roomOf(roles, holders, { base: everyComponent, joinLinks: ["bb"], ...more });
  return { ...state, members: [...state.members, memberOf("alice", 9, 2)] };
}
