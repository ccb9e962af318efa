/**
 * Numbers of participants and clients. A change is refused where it drives a number further past its bound, or a bound
 * past its number: a room that misses a minimum from the beginning can go on, and meet it. room-policy-04 §3 and §5
 */
import type { MemberClient } from "../facts.ts";
import type { Role } from "../policy-facts.ts";
import { all, allowed, type Decision, refuse } from "./decision.ts";
import { activeUsers, type PolicyState, roleAt, unbanned, unlistedRole } from "./state.ts";
import type { PolicyVariants } from "./variants.ts";

/** Whether the step from one state to another keeps within the bounds that hold after it. */
export function decideLimits(before: PolicyState, after: PolicyState, variants: PolicyVariants): Decision {
  const roles = decideRoleLimits(before, after);
  if (!roles.allowed) return roles;
  const { maxClients, maxUsers, multiDevice } = after.base ?? {};
  const clients = after.members.length;
  if (excess(clients, maxClients) > excess(before.members.length, before.base?.maxClients)) {
    return refuse("max-clients", `${clients} clients, and at most ${maxClients}`);
  }
  const users = unbanned(after).length;
  if (excess(users, maxUsers) > excess(unbanned(before).length, before.base?.maxUsers)) {
    return refuse("max-users", `${users} users, and at most ${maxUsers}`);
  }
  if (multiDevice !== false) return allowed;
  const wasSingle = before.base?.multiDevice === false;
  return decideSingleDevice(wasSingle ? before.members : [], after.members, variants);
}

/** Minima and maxima of every role that participants can hold. room-policy-04 §3 */
function decideRoleLimits(before: PolicyState, after: PolicyState): Decision {
  const held = after.roles.filter((role) => role.index !== unlistedRole);
  return all(held, (role) => {
    const former = roleAt(before, role.index);
    const [then, now] = [former === undefined ? undefined : excesses(before, former), excesses(after, role)];
    const worse = now.find((excess, i) => excess > (then?.[i] ?? 0));
    if (worse === undefined) return allowed;
    return refuse("role-limits", `the limits of role ${role.name}`);
  });
}

/** By how many a role's participants and active participants are too few and too many, in a fixed order. */
function excesses({ participants, members }: PolicyState, role: Role): readonly number[] {
  const active = activeUsers(members);
  const holders = participants.filter((participant) => participant.role === role.index);
  const activeHolders = holders.filter((participant) => active.has(participant.user));
  return [
    Math.max(0, role.minimumParticipants - holders.length),
    excess(holders.length, role.maximumParticipants),
    Math.max(0, role.minimumActiveParticipants - activeHolders.length),
    excess(activeHolders.length, role.maximumActiveParticipants),
  ];
}

/** By how much a number is beyond its maximum, where there is one. */
function excess(number: number, maximum: number | undefined): number {
  return Math.max(0, number - (maximum ?? number));
}

function decideSingleDevice(
  before: readonly MemberClient[],
  after: readonly MemberClient[],
  variants: PolicyVariants,
): Decision {
  const owner = (member: MemberClient) => (variants.singleDevice === "perUser" ? member.user : "the room");
  const count = (members: readonly MemberClient[], of: string) =>
    members.filter((member) => owner(member) === of).length;
  return all(new Set(after.map(owner)), (of) => {
    if (count(after, of) <= Math.max(1, count(before, of))) return allowed;
    return refuse("single-device", `${of} has more than one client`);
  });
}
