/** How a hub's room changes with what it accepts, and who is told. protocol-06 §5.5 and §7.1 */
import { domainOfUri } from "../identifiers/index.ts";
import { remembered } from "../remembered.ts";
import { type Decision, isRefused, type MemberClient, policyAfter, spendJoinCode } from "../room/index.ts";
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
    policy: input.policy,
    current: input.created,
    pending: [],
    own: [],
    keyPackageSources: [],
    joinCodes: [],
    shownCodes: [],
    answered: [],
    accepted: 0,
    ...(input.envelope === undefined ? {} : { envelope: input.envelope }),
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
    case "ownProposals":
      return rules.ownProposalsDecision(room, event);
    case "destroy":
      return rules.destroyDecision(room, event);
    case "succeed":
      return rules.successionDecision(room, event);
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
  const verified = "verified" in event ? event.verified : undefined;
  if (isRefused(verified)) return { rule: verified.code, says: verified.text };
  if (event.type === "commit" && rules.leavesOutPendingProposal(room, event)) {
    return { rule: "commit-covers-pending", says: "the commit leaves out a pending proposal" };
  }
  if (event.type === "succeed" && rules.isNotAgreed(room, event)) {
    return { rule: "successor-as-agreed", says: "the group is not the one that the ReInit announced" };
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
  const { author, proposals, result } = event.verified;
  const used = new Set(event.welcomed);
  const joiner = author.kind === "newMember" ? author.client : undefined;
  const shown = room.shownCodes.find(({ client }) => client === joiner)?.code;
  return {
    current: result,
    policy: policyAfter(
      room.policy,
      proposals.flatMap(({ changes }) => changes),
    ),
    // A code is spent when the commit that it let in is accepted, not when it is shown.
    joinCodes: shown === undefined || shown === "" ? room.joinCodes : spendJoinCode(room.joinCodes, shown),
    ...(event.agreed === undefined ? {} : { agreed: event.agreed }),
    ...(room.former === undefined ? {} : { former: undefined }),
    pending: [],
    own: [],
    keyPackageSources: room.keyPackageSources.filter((source) => !used.has(source.keyPackage)),
    shownCodes: room.shownCodes.filter(({ client }) => client !== joiner),
    ...counted(room, event),
  };
}

/** The room goes on in the group that follows: another group, another policy perhaps, and the same log. */
export function beginGroup(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type !== "succeed") return {};
  const { policy, created } = event;
  const { answered, accepted, hub, envelope } = room;
  const begun = firstContext({ room: room.room, hub, policy, created, envelope });
  const former = room.current.members.map(({ client }) => client);
  return { ...begun, agreed: undefined, former, answered, accepted };
}

export function cacheProposals(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type === "ownProposals" && !isRefused(event.verified)) {
    return {
      pending: [...room.pending, ...event.verified.proposals],
      own: [...room.own, ...event.wishes],
      accepted: room.accepted + (event.stapled ? 0 : 1),
    };
  }
  if (event.type !== "proposals" || isRefused(event.verified)) return {};
  return { pending: [...room.pending, ...event.verified.proposals], ...counted(room, event) };
}

/** An accepted request has its place in the log, and its answer can be asked for again. */
export function counted(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (!("request" in event)) return {};
  return {
    accepted: room.accepted + 1,
    answered: [...room.answered, event.request].slice(-rememberedAnswers),
  };
}

/** How many accepted requests are recognised when they come again. */
export const rememberedAnswers = 64;

/** KeyPackages that have expired in the meantime will not be welcomed any more. protocol-06 §5.2 */
export function rememberKeyPackages(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type !== "keyMaterialPassed") return {};
  const passed = event.keyPackages.map(({ reference, notAfterMs }) => ({
    keyPackage: reference,
    provider: event.provider,
    notAfterMs,
  }));
  const usable = room.keyPackageSources.filter(({ notAfterMs }) => notAfterMs >= event.now);
  return { keyPackageSources: [...usable, ...passed] };
}

export function issueCode(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  return event.type === "codeIssued" ? { joinCodes: [...room.joinCodes, event.code] } : {};
}

export function rememberCode(room: HubRoomContext, event: HubRoomEvent): Partial<HubRoomContext> {
  if (event.type !== "groupInfo" || isRefused(event.requester)) return {};
  const { client } = event.requester;
  const others = room.shownCodes.filter((shown) => shown.client !== client);
  return { shownCodes: [...others, { client, code: event.joinCode }] };
}

/**
 * The providers with active participants and the hub's own member clients, as they were when the event was sent: a
 * client that is being removed still gets the commit that removes it, but no messages. A provider whose users only
 * join with the commit gets the Welcome instead; one whose client joined by it gets the commit. protocol-06 §5.3, §5.5
 */
export function recipients(room: HubRoomContext, event: HubRoomEvent): Recipients {
  const told = event.type === "submit" ? rules.receivers(room) : room.current.members;
  const joined =
    event.type === "commit" && !isRefused(event.verified) ? joinedExternally(event.verified) : [];
  const places = joined.length === 0 ? placesOf(told) : byDomain([...told, ...joined]);
  return {
    place: room.accepted,
    providers: [...places.keys()].filter((domain) => domain !== room.hub),
    clients: places.get(room.hub) ?? [],
    welcomed: event.type === "commit" ? welcomed(room, event.welcomed) : [],
  };
}

type Placed = Pick<MemberClient, "client">;

/** Clients by their provider's domain, in the order in which the domains first come. */
function byDomain(members: readonly Placed[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { client } of members) {
    const domain = domainOfUri(client);
    const there = places.get(domain);
    if (there === undefined) places.set(domain, [client]);
    else there.push(client);
  }
  return places;
}

const placesOf = remembered(byDomain);

function joinedExternally(facts: {
  readonly author: { readonly kind: string; readonly client?: string };
}): Placed[] {
  const { kind, client } = facts.author;
  return kind === "newMember" && client !== undefined ? [{ client }] : [];
}

function welcomed(room: HubRoomContext, keyPackages: readonly string[]): Recipients["welcomed"] {
  const wanted = new Set(keyPackages);
  const sources = room.keyPackageSources.filter((source) => wanted.has(source.keyPackage));
  const providers = [...new Set(sources.map((source) => source.provider))];
  return providers.map((provider) => ({
    provider,
    keyPackages: sources.filter((source) => source.provider === provider).map((source) => source.keyPackage),
  }));
}
