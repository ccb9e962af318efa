/**
 * Numbers of participants and clients. A change is refused where it drives a number further past its bound: a room that
 * misses a minimum from the beginning can go on, and meet it. room-policy-04 §3 and §5
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
  if (grows(before.members.length, after.members.length, maxClients)) {
    return refuse("max-clients", `${after.members.length} clients, and at most ${maxClients}`);
  }
  const users = unbanned(after).length;
  if (grows(unbanned(before).length, users, maxUsers)) {
    return refuse("max-users", `${users} users, and at most ${maxUsers}`);
  }
  return multiDevice === false ? decideSingleDevice(before.members, after.members, variants) : allowed;
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
    Math.max(0, holders.length - (role.maximumParticipants ?? holders.length)),
    Math.max(0, role.minimumActiveParticipants - activeHolders.length),
    Math.max(0, activeHolders.length - (role.maximumActiveParticipants ?? activeHolders.length)),
  ];
}

function grows(before: number, after: number, maximum: number | undefined): boolean {
  return maximum !== undefined && after > maximum && after > before;
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
    if (!grows(count(before, of), count(after, of), 1)) return allowed;
    return refuse("single-device", `${of} has more than one client`);
  });
}
