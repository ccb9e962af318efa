/** The room as accepted changes make it, before any commit: what later events are judged against. protocol-06 §7.1 */
import type { Change, ComponentChange, MemberClient, Participant, ProposalFacts } from "./facts.ts";
import type { PolicyState } from "./policy/state.ts";
import type { RoomPolicy } from "./policy-facts.ts";
import { componentIds } from "./structures/index.ts";

interface Inhabited {
  readonly participants: readonly Participant[];
  readonly members: readonly MemberClient[];
}

/** The participants and members after `changes`. Added clients are no members yet: the commit gives them their leaves. */
export function roomAfter<Room extends Inhabited>(room: Room, changes: readonly Change[]): Room {
  return changes.reduce(applyChange, room);
}

/** The policy components after `changes`. */
export function policyAfter<Policy extends Partial<RoomPolicy>>(
  policy: Policy,
  changes: readonly Change[],
): Policy {
  return changes.reduce<Policy>(
    (before, change) => (change.kind === "changeComponent" ? applyComponent(before, change) : before),
    policy,
  );
}

/** The room's state with every accepted proposal of the epoch in force. protocol-06 §7.1 */
export function effectiveState(state: PolicyState, pending: readonly ProposalFacts[]): PolicyState {
  const changes = pending.flatMap((proposal) => proposal.changes);
  return policyAfter(roomAfter(state, changes), changes);
}

/** The state that a commit of `changes` would lead to, clients that it lets in included; their leaves are unknown. */
export function prospect(state: PolicyState, proposals: readonly ProposalFacts[]): PolicyState {
  const { members, ...rest } = effectiveState(state, proposals);
  return { ...rest, members: [...members, ...proposals.flatMap(arrivals)] };
}

function arrivals({ author, changes }: ProposalFacts): readonly MemberClient[] {
  return changes.flatMap((change) => {
    if (change.kind === "addClient") return [{ leaf: -1, client: change.client, user: change.user }];
    if (change.kind !== "joinExternally" || author.kind === "provider") return [];
    return [{ leaf: -1, client: author.client, user: author.user }];
  });
}

function applyChange<Room extends Inhabited>(room: Room, change: Change): Room {
  const { participants, members } = room;
  switch (change.kind) {
    case "addParticipant":
      return { ...room, participants: [...participants, { user: change.user, role: change.role }] };
    case "removeParticipant":
      return { ...room, participants: participants.filter((each) => each.user !== change.user) };
    case "changeRole":
      return {
        ...room,
        participants: participants.map((each) =>
          each.user === change.user ? { ...each, role: change.to } : each,
        ),
      };
    case "removeClient":
      return { ...room, members: members.filter((each) => each.client !== change.client) };
    default:
      return room;
  }
}

/** Which part of the policy each component is; others have no part in decisions. */
const partOf: ReadonlyMap<number, Exclude<keyof RoomPolicy, "roles" | "components">> = new Map([
  [componentIds.mls_operational_policy, "operational"],
  [componentIds.preauth_list, "preauthorized"],
  [componentIds.status_notification_policy, "statusNotifications"],
  [componentIds.join_link_policy, "joinLinkPolicy"],
  [componentIds.join_links, "joinLinks"],
  [componentIds.link_preview_policy, "linkPreview"],
  [componentIds.asset_policy, "assets"],
  [componentIds.logging_policy, "logging"],
  [componentIds.chat_history_policy, "history"],
  [componentIds.bot_policy, "bots"],
  [componentIds.message_expiration_policy, "expiration"],
]);

function applyComponent<Policy extends Partial<RoomPolicy>>(policy: Policy, change: ComponentChange): Policy {
  const { component, op, sets, links } = change;
  const others = (policy.components ?? []).filter((id) => id !== component);
  if (op === "remove") {
    const { [partOf.get(component) ?? "none"]: _gone, ...kept } = policy as Policy & { none?: undefined };
    return { ...(kept as Policy), components: others };
  }
  const components = [...others, component].sort((a, b) => a - b);
  if (links === undefined) return { ...policy, ...sets, components };
  const joinLinks = (policy.joinLinks ?? []).filter((link) => !links.removed.includes(link));
  return { ...policy, joinLinks: [...joinLinks, ...links.added], components };
}
