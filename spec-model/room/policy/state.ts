/** What policy decisions are made on, and the questions about it that many rules ask. room-policy-04 §3 and §4 */
import { mimiUri } from "../../identifiers/index.ts";
import type { Author, MemberClient, Participant } from "../facts.ts";
import type { Role, RoomPolicy } from "../policy-facts.ts";
import { allowed, type Decision, refuse } from "./decision.ts";
import type { PolicyEnvelope } from "./envelope.ts";
import type { JoinCode } from "./join-codes.ts";
import { preauthorizedRole } from "./preauthorization.ts";
import type { PolicyRule } from "./rules.ts";
import type { PolicyVariants } from "./variants.ts";

/** The room, as far as its policy goes: the roles and the other components, who is a participant, who a member. */
export interface PolicyState extends Partial<Omit<RoomPolicy, "roles">> {
  readonly roles: readonly Role[];
  readonly participants: readonly Participant[];
  readonly members: readonly MemberClient[];
  /** The hub's domain. */
  readonly hub?: string;
  /** What the hub has set for the room when it was created, which only the hub knows. arch-03 §4.4 */
  readonly envelope?: PolicyEnvelope;
  /** While a group that follows another has its founder only: the clients that were in that one. RFC 9420 §11.2 */
  readonly former?: readonly string[];
  /** The parent room, where this one depends on it. */
  readonly parent?: { readonly participants: readonly Participant[] };
  /** The join codes that are valid now: the hub keeps them, and time passes there. */
  readonly joinCodes?: readonly JoinCode[];
}

/** The role of one who is not in the participant list. room-policy-04 §3 */
export const unlistedRole = 0;
/** The role of the banned, where a room has it. room-policy-04 §8.1.3 */
export const bannedRole = 1;

/** Who acts, and the role that its capabilities come from. */
export interface Actor {
  /** A user's or a provider's URI. */
  readonly uri: string;
  readonly author: Author;
  readonly role: Role | undefined;
}

export function roleOf(state: Pick<PolicyState, "participants">, user: string): number {
  return state.participants.find((participant) => participant.user === user)?.role ?? unlistedRole;
}

export function roleAt(state: Pick<PolicyState, "roles">, index: number): Role | undefined {
  return state.roles.find((role) => role.index === index);
}

/** Role 1 is that of the banned only under its proper name. room-policy-04 §8.1.3 */
export function hasBannedRole(state: Pick<PolicyState, "roles">): boolean {
  return roleAt(state, bannedRole)?.name === "banned";
}

/**
 * The author with its role. Who is listed has the list's role, a user who is not has role 0; a provider is listed under
 * its own URI, or else preauthorised as external proposals are. room-policy-04 §4 and §8
 */
export function actorOf(state: PolicyState, author: Author, variants: PolicyVariants): Actor {
  const uri = authorUri(author);
  const listed = roleOf(state, uri);
  if (author.kind !== "provider" || listed !== unlistedRole) {
    return { uri, author, role: roleAt(state, listed) };
  }
  return { uri, author, role: preauthorizedRole(state, author, variants) };
}

export function authorUri(author: Author): string {
  return author.kind === "provider" ? mimiUri("provider", author.domain) : author.user;
}

/** Whether the actor's role has the capability. */
export function needs(actor: Actor, capability: PolicyRule): Decision {
  if (actor.role?.capabilities.includes(capability)) return allowed;
  if (actor.role === undefined && actor.author.kind === "provider") {
    return refuse("provider-has-role", `${actor.uri} holds no role`);
  }
  return refuse(capability, `${actor.uri} as ${actor.role?.name ?? "nobody"} lacks ${capability}`);
}

/** Whether the actor's role allows moving participants from one role to another. room-policy-04 §3 */
export function mayMove(actor: Actor, from: number, to: number): Decision {
  if (roleLeads(actor.role, from, to)) return allowed;
  return refuse("authorised-role-change", `${actor.uri} may not move ${from} to ${to}`);
}

export function roleLeads(role: Role | undefined, from: number, to: number): boolean {
  return role?.roleChanges.some((change) => change.from === from && change.to.includes(to)) ?? false;
}

/** Users with a member client. protocol-06 §7.5 */
export function activeUsers(members: readonly MemberClient[]): ReadonlySet<string> {
  return new Set(members.map((member) => member.user));
}

/** The users of the list that are not banned. */
export function unbanned(state: Pick<PolicyState, "roles" | "participants">): readonly Participant[] {
  if (!hasBannedRole(state)) return state.participants;
  return state.participants.filter((participant) => participant.role !== bannedRole);
}
