/** How a hub's room changes with what it accepts, and who is told. protocol-06 §5.5 and §7.1 */
import { domainOfUri } from "../identifiers/index.ts";
import { type Decision, isRefused } from "../room/index.ts";
import type { HubRoomContext, HubRoomEvent, HubRoomInput } from "./room-context.ts";
import * as rules from "./room-rules.ts";

/** Whom an accepted event goes to: other providers by domain, the hub's own clients by URI. */
export interface Recipients {
  /** The event's place in the log. */
  readonly place: number;
  readonly providers: readonly string[];
  readonly clients: readonly string[];
  /** Who gets the Welcome, with the KeyPackages it answers. */
  readonly welcomed: readonly { readonly provider: string; readonly keyPackages: readonly string[] }[];
}

export function firstContext(input: HubRoomInput): HubRoomContext {
  return {
    room: input.room,
    hub: input.hub,
    roles: input.roles,
    current: input.created,
    pending: [],
    keyPackageSources: [],
    accepted: 0,
  };
}

/** The policy's word on an event. */
export function decision(room: HubRoomContext, event: HubRoomEvent): Decision {
  switch (event.type) {
    case "commit":
      return rules.commitDecision(room, event);
    case "proposals":
      return rules.proposalsDecision(room, event);
    case "submit":
      return rules.submitDecision(room, event);
    case "groupInfo":
      return rules.groupInfoDecision(room, event);
    default:
      return { allowed: true };
  }
}

/** Why an event is refused, for the answer's description and the trace; nothing where it is accepted. */
export interface Reason {
  readonly rule?: string;
  readonly says?: string;
  /** Draft and section, where a rule of the room refuses. */
  readonly where?: string;
}

export function reason(room: HubRoomContext, event: HubRoomEvent): Reason {
  const verified = event.type === "commit" || event.type === "proposals" ? event.verified : undefined;
  if (verified !== undefined && isRefused(verified)) return { rule: verified.code, says: verified.text };
  if (event.type === "commit" && rules.leavesOutPendingProposal(room, event)) {
    return { rule: "commit-covers-pending", says: "the commit leaves out a pending proposal" };
  }
  const decided = decision(room, event);
  if (!decided.allowed) return { rule: decided.rule, says: decided.says, where: decided.draft };
  if (event.type !== "commit") return {};
  if (rules.welcomeDoesNotFit(room, event))
    return { rule: "welcome-fits-adds", says: "Welcome and Adds differ" };
  if (!rules.welcomeHasNoWay(room, event)) return {};
  return { rule: "welcome-has-way", says: "a KeyPackage was not claimed through this hub" };
}

export function beginEpoch(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type !== "commit" || isRefused(event.verified)) return {};
  const used = new Set(event.welcomed);
  return {
    current: event.verified.result,
    pending: [],
    keyPackageSources: room.keyPackageSources.filter((source) => !used.has(source.keyPackage)),
    accepted: room.accepted + 1,
  };
}

export function cacheProposals(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type !== "proposals" || isRefused(event.verified)) return {};
  return { pending: [...room.pending, ...event.verified.proposals], accepted: room.accepted + 1 };
}

export function rememberKeyPackages(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type !== "keyMaterialPassed") return {};
  const passed = event.keyPackages.map((keyPackage) => ({ keyPackage, provider: event.provider }));
  return { keyPackageSources: [...room.keyPackageSources, ...passed] };
}

/**
 * The providers with active participants and the hub's own member clients, as they were when the event was sent: a
 * client that is being removed still gets the commit that removes it. A provider whose users only join with the
 * commit gets the Welcome instead; one whose client joined by it gets the commit.
 */
export function recipients(room: HubRoomContext, event: HubRoomEvent): Recipients {
  const clients = room.current.members.map((member) => member.client);
  const joined =
    event.type === "commit" && !isRefused(event.verified) ? joinedExternally(event.verified) : [];
  const domains = new Set([...clients, ...joined].map((client) => domainOfUri(client)));
  return {
    place: room.accepted,
    providers: [...domains].filter((domain) => domain !== room.hub),
    clients: clients.filter((client) => domainOfUri(client) === room.hub),
    welcomed: event.type === "commit" ? welcomed(room, event.welcomed) : [],
  };
}

function joinedExternally(facts: {
  readonly author: { readonly kind: string; readonly client?: string };
}): string[] {
  return facts.author.kind === "newMember" && facts.author.client !== undefined ? [facts.author.client] : [];
}

function welcomed(room: HubRoomContext, keyPackages: readonly string[]): Recipients["welcomed"] {
  const sources = room.keyPackageSources.filter((source) => keyPackages.includes(source.keyPackage));
  const providers = [...new Set(sources.map((source) => source.provider))];
  return providers.map((provider) => ({
    provider,
    keyPackages: sources.filter((source) => source.provider === provider).map((source) => source.keyPackage),
  }));
}
