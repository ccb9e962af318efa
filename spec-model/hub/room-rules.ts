/** The hub's guards: each asks one question about one event, against the room as it stands. protocol-06 §5.3 to §5.6 */

import { domainOfUri } from "../identifiers/index.ts";
import {
  type Author,
  bannedRole,
  type Decision,
  decide,
  decideEpochAge,
  decideHandshakeFormat,
  effectiveState,
  isRefused,
  mayReceive,
  type PolicyState,
  type ProposalFacts,
  type RoomFacts,
  validJoinCodes,
} from "../room/index.ts";
import type {
  CommitEvent,
  DestroyEvent,
  GroupInfoEvent,
  HubRoomContext,
  OwnProposalsEvent,
  ProposalsEvent,
  SubmitEvent,
  SucceedEvent,
  Surroundings,
} from "./room-context.ts";

/** The same request has been accepted before: its first answer got lost on the way. protocol-06 §5.3 and §5.4 */
export function isRepeated(room: HubRoomContext, event: { readonly request: string }): boolean {
  return room.answered.includes(event.request);
}

export function isForAnotherEpoch(room: HubRoomContext, event: CommitEvent | ProposalsEvent): boolean {
  return event.epoch !== room.current.epoch;
}

/**
 * protocol-06 §3.5: proposals that the hub has cached are part of the next commit. An external commit can only take up
 * SelfRemoves, so that it has to wait while anything else is pending; what the hub itself proposed it proposes again.
 * §5.5 would let an external commit void what others proposed: a user that has left would be back.
 */
export function leavesOutPendingProposal(room: HubRoomContext, event: CommitEvent): boolean {
  if (isRefused(event.verified)) return false;
  const { author, proposals } = event.verified;
  const taken = new Set(proposals.map((proposal) => proposal.reference));
  const left = room.pending.filter((proposal) => !taken.has(proposal.reference));
  return left.some((proposal) => author.kind !== "newMember" || proposal.author.kind !== "provider");
}

/** An external commit leaves the hub's own proposals behind. */
export function voidsOwnProposals(room: HubRoomContext, event: CommitEvent): boolean {
  return !isRefused(event.verified) && event.verified.author.kind === "newMember" && room.own.length > 0;
}

/** With these proposals nobody would be left who could commit them. */
export function leavesNobody(room: HubRoomContext, event: ProposalsEvent | OwnProposalsEvent): boolean {
  if (isRefused(event.verified)) return false;
  const proposals = [...room.pending, ...event.verified.proposals];
  return effectiveState(epochState(room), proposals).members.length === 0;
}

/**
 * The room with everything that the hub has accepted, committed or not: a removal or a ban counts from the moment of
 * its acceptance. protocol-06 §5.3 and §7.1
 */
export function effectiveRoom(room: HubRoomContext): PolicyState {
  return effectiveState(epochState(room), room.pending);
}

export function commitDecision(room: HubRoomContext, event: CommitEvent): Decision {
  if (isRefused(event.verified)) return notVerified;
  const format = formatDecision(room, event);
  if (!format.allowed) return format;
  const author = withCode(room, event.verified.author);
  const proposals = event.verified.proposals.map((proposal) =>
    proposal.author.kind === "newMember" ? { ...proposal, author } : proposal,
  );
  if (author.kind === "member" && isOut(room, author.user)) {
    return forbid("leavers-do-not-commit", "protocol-06 §5.3", `${author.user} is being removed`);
  }
  if (author.kind !== "provider" && domainOfUri(author.user) !== event.from) {
    return forbid(
      "providers-speak-for-their-own",
      "protocol-06 §4.1",
      `${author.user} is not of ${event.from}`,
    );
  }
  if (author.kind === "newMember" && !hasAsked(room, author.client)) {
    const says = `${author.client} has not been given the GroupInfo`;
    return forbid("joiners-have-asked", "protocol-06 §5.6", says);
  }
  const { result } = event.verified;
  const commit = { kind: "commit", author, proposals, result } as const;
  return decide(stateFor(room, event.surroundings), commit, event.surroundings.reading);
}

/** Whether the room's members may send their handshakes in these formats. room-policy-04 §7.1 */
function formatDecision(
  { policy }: HubRoomContext,
  { formats = [] }: CommitEvent | ProposalsEvent,
): Decision {
  const decisions = formats.map((format) => decideHandshakeFormat(policy, format));
  return decisions.find(({ allowed }) => !allowed) ?? { allowed: true };
}

export function proposalsDecision(room: HubRoomContext, event: ProposalsEvent): Decision {
  if (isRefused(event.verified)) return notVerified;
  const format = formatDecision(room, event);
  if (!format.allowed) return format;
  const { proposals } = event.verified;
  const foreign = proposals.find(
    ({ author }) => author.kind === "provider" || domainOfUri(author.user) !== event.from,
  );
  if (foreign !== undefined) {
    return forbid("providers-speak-for-their-own", "protocol-06 §4.1", `a proposal is not of ${event.from}`);
  }
  return decideProposed(room, event, proposals);
}

export function ownProposalsDecision(room: HubRoomContext, event: OwnProposalsEvent): Decision {
  if (isRefused(event.verified)) return notVerified;
  const { proposals } = event.verified;
  return decideProposed(room, event, proposals);
}

function decideProposed(
  room: HubRoomContext,
  { surroundings }: ProposalsEvent | OwnProposalsEvent,
  proposals: readonly ProposalFacts[],
): Decision {
  const request = { kind: "proposals", pending: room.pending, proposals } as const;
  return decide(stateFor(room, surroundings), request, surroundings.reading);
}

/** Every Add brings its client's secrets, and no other secrets travel. protocol-06 §5.5 */
export function welcomeDoesNotFit(_room: HubRoomContext, event: CommitEvent): boolean {
  if (isRefused(event.verified)) return false;
  const added = event.verified.proposals.flatMap((proposal) =>
    proposal.changes.flatMap((change) => (change.kind === "addClient" ? [change.keyPackage] : [])),
  );
  const welcomed = new Set(event.welcomed);
  return added.length !== event.welcomed.length || added.some((ref) => !welcomed.has(ref));
}

/** A KeyPackage that did not pass this hub: its Welcome could not be routed. protocol-06 §5.2 */
export function welcomeHasNoWay(room: HubRoomContext, event: CommitEvent): boolean {
  const known = new Set(room.keyPackageSources.map((source) => source.keyPackage));
  return event.welcomed.some((ref) => !known.has(ref));
}

/** As many epochs back as the room's policy tolerates; none where it says nothing. protocol-06 §5.4 */
export function isTooOld(room: HubRoomContext, event: SubmitEvent): boolean {
  const { epoch } = room.current;
  return event.epoch < epoch && !decideEpochAge(room.policy, event.epoch, epoch).allowed;
}

export function isFromTheFuture(room: HubRoomContext, event: SubmitEvent): boolean {
  return event.epoch > room.current.epoch;
}

export function submitDecision(room: HubRoomContext, event: SubmitEvent): Decision {
  if (domainOfUri(event.sender) !== event.from) {
    return forbid(
      "providers-speak-for-their-own",
      "protocol-06 §5.4",
      `${event.sender} is not of ${event.from}`,
    );
  }
  if (isOut(room, event.sender)) {
    return forbid("leavers-do-not-send", "protocol-06 §5.3", `${event.sender} is being removed`);
  }
  return decide(effectiveRoom(room), { kind: "send", user: event.sender }, event.surroundings.reading);
}

/** Who gets a message: the clients of those who are in the room with everything that has been accepted. §5.3 */
export function receivers(room: HubRoomContext): RoomFacts["members"] {
  const known = receiversIn.get(room.current);
  if (known?.pending === room.pending && known.policy === room.policy) return known.members;
  const effective = effectiveRoom(room);
  const users = [...new Set(effective.members.map(({ user }) => user))];
  const told = new Set(users.filter((user) => !isOut(room, user) && mayReceive(effective, user).allowed));
  const members = effective.members.filter(({ user }) => told.has(user));
  receiversIn.set(room.current, { pending: room.pending, policy: room.policy, members });
  return members;
}

/** They are the same for every message until something else is accepted. */
const receiversIn = new WeakMap<
  RoomFacts,
  Pick<HubRoomContext, "pending" | "policy"> & Pick<RoomFacts, "members">
>();

export function destroyDecision(room: HubRoomContext, { user, surroundings }: DestroyEvent): Decision {
  const act = { kind: "act", user, capability: "canDestroyRoom" } as const;
  return decide(effectiveRoom(room), act, surroundings.reading);
}

/** The group that follows has the ID, the version, the cipher suite and the extensions agreed on. RFC 9420 §11.2 */
export function isNotAgreed({ agreed }: HubRoomContext, { founded }: SucceedEvent): boolean {
  return agreed !== founded;
}

/** RFC 9420 §11.2 leaves it to any member of the old group; the first one whom the hub hears does it. */
export function successionDecision({ current }: HubRoomContext, { user }: SucceedEvent): Decision {
  if (current.members.some((member) => member.user === user)) return { allowed: true };
  return forbid(
    "successor-by-member",
    "RFC 9420 §11.2",
    `${user} has no client in the group that was closed`,
  );
}

export function groupInfoDecision(room: HubRoomContext, event: GroupInfoEvent): Decision {
  if (isRefused(event.requester))
    return forbid("request-is-signed", "protocol-06 §5.6", event.requester.text);
  if (domainOfUri(event.requester.user) !== event.from) {
    return forbid(
      "providers-speak-for-their-own",
      "protocol-06 §5.6",
      `the requester is not of ${event.from}`,
    );
  }
  const { requester, joinCode, surroundings } = event;
  const author: Author = { kind: "newMember", ...requester, ...(joinCode === "" ? {} : { joinCode }) };
  const effective = effectiveState(stateFor(room, surroundings), room.pending);
  return decide(effective, { kind: "groupInfo", requester: author }, surroundings.reading);
}

/** In the list of the epoch, and no longer with what has been accepted since, or with the role of the banned. */
function isOut(room: HubRoomContext, user: string): boolean {
  const listed = ({ participants }: Pick<PolicyState, "participants">) =>
    participants.find((participant) => participant.user === user);
  const now = listed(effectiveRoom(room));
  return listed(room.current) !== undefined && (now === undefined || now.role === bannedRole);
}

/** Whoever comes in by itself has asked the hub for the GroupInfo before, under the same identity. protocol-06 §5.6 */
function hasAsked(room: HubRoomContext, joiner: string): boolean {
  return room.shownCodes.some(({ client }) => client === joiner);
}

/** A joiner has shown its code when it asked for the GroupInfo: the commit has no place for it. protocol-06 §5.6 */
function withCode(room: HubRoomContext, author: Author): Author {
  if (author.kind !== "newMember") return author;
  const shown = room.shownCodes.find(({ client }) => client === author.client);
  return shown === undefined || shown.code === "" ? author : { ...author, joinCode: shown.code };
}

function epochState({ policy, current, hub, envelope }: HubRoomContext): PolicyState {
  const state = { ...policy, participants: current.participants, members: current.members, hub };
  return envelope === undefined ? state : { ...state, envelope };
}

/** The epoch's state with what a decision rests on besides it. */
function stateFor(room: HubRoomContext, { now, parent }: Surroundings): PolicyState {
  const state = { ...epochState(room), joinCodes: validJoinCodes(room.joinCodes, now), ...formerIn(room) };
  return parent === undefined ? state : { ...state, parent };
}

function formerIn({ former }: HubRoomContext): Pick<PolicyState, "former"> {
  return former === undefined ? {} : { former };
}

const notVerified: Decision = {
  allowed: false,
  rule: "verified",
  draft: "RFC 9420 §12",
  says: "the public group refused it",
};

function forbid(rule: string, draft: string, says: string): Decision {
  return { allowed: false, rule, draft, says };
}
