/** A new room: what its creator may begin with. protocol-06 §3.1, room-policy-04 §3 and §5 */
import { decideContents } from "../components/contents.ts";
import { allowed, type Decision, refuse } from "./decision.ts";
import { decideResult } from "./result.ts";
import { type PolicyState, roleOf, unlistedRole } from "./state.ts";
import type { PolicyVariants } from "./variants.ts";
import { decidePolicy } from "./well-formed.ts";

/** Whether `state` can be a room's first, made by `creator`. */
export function decideCreation(state: PolicyState, creator: string, variants: PolicyVariants): Decision {
  if (roleOf(state, creator) === unlistedRole) {
    return refuse("creator-is-participant", `${creator} is not in its own room`);
  }
  const policy = both(decideContents(state), () => decidePolicy(state, variants));
  if (!policy.allowed) return policy;
  const empty = { ...state, participants: [], members: [] };
  // Nobody can hold every role in the first moment: a minimum that nobody has met yet gets no worse.
  const before = variants.minimaAtCreation === "onceMet" ? empty : withoutMinima(empty);
  const result = decideResult(before, [], state, variants);
  return result.allowed ? allowed : result;
}

function both(first: Decision, second: () => Decision): Decision {
  return first.allowed ? second() : first;
}

function withoutMinima(state: PolicyState): PolicyState {
  const roles = state.roles.map((role) => ({
    ...role,
    minimumParticipants: 0,
    minimumActiveParticipants: 0,
  }));
  return { ...state, roles };
}

/** The users whom the hub has to take out of a parent-dependent room: they have left the parent. room-policy-04 §5 */
export function removedWithParent(
  parent: readonly { readonly user: string }[],
  child: readonly { readonly user: string }[],
): readonly string[] {
  const listed = new Set(parent.map((participant) => participant.user));
  return child.map((participant) => participant.user).filter((user) => !listed.has(user));
}
