/** Moving participants between roles: others, oneself, into and out of a ban. room-policy-04 §8.1.3 */
import type { Change } from "../facts.ts";
import { allowed, type Decision, either, refuse } from "./decision.ts";
import type { Case } from "./membership.ts";
import { preauthorizedRole } from "./preauthorization.ts";
import { bannedRole, hasBannedRole, mayMove, needs, roleAt, roleOf, unlistedRole } from "./state.ts";

export function decideChangeRole(given: Case, change: Extract<Change, { kind: "changeRole" }>): Decision {
  const { state, actor } = given;
  const { user, to } = change;
  const from = roleOf(state, user);
  if (from === unlistedRole) return refuse("changed-user-is-listed", `${user} is not in the list`);
  if (to === unlistedRole || roleAt(state, to) === undefined) {
    return refuse("role-is-defined", `there is no role ${to} to hold`);
  }
  if (actor.uri === user) return decideOwnRole(given, to);
  const capable = capableOf(given, from, to);
  return capable.allowed ? mayMove(actor, from, to) : capable;
}

/** A participant's own role follows its credential; the role changes of its role are not looked at. */
function decideOwnRole({ state, actor, variants }: Case, to: number): Decision {
  const capable = needs(actor, "canChangeOwnRole");
  if (!capable.allowed) return capable;
  const role = preauthorizedRole(state, actor.author, variants);
  if (role?.index === to) return allowed;
  return refuse("own-role-is-preauthorised", `${actor.uri} is not preauthorised for role ${to} first`);
}

/** canChangeUserRole reaches every role, the banned one included; who leaves that one needs to be unbanned. */
function capableOf({ state, actor, variants }: Case, from: number, to: number): Decision {
  const change = needs(actor, "canChangeUserRole");
  if (!hasBannedRole(state)) return change;
  if (from === bannedRole) {
    const unban = needs(actor, "canUnBan");
    return variants.unban === "literal" ? either(unban, change) : unban;
  }
  return to === bannedRole ? either(needs(actor, "canBan"), change) : change;
}
