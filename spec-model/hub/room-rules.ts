/** The hub's guards: each asks one question about one event, against the room as it stands. protocol-06 §5.3 to §5.6 */

import { domainOfUri } from "../identifiers/index.ts";
import {
  type Decision,
  decideHandshake,
  decideTogether,
  isRefused,
  mayJoinExternally,
  maySend,
  type PolicyState,
} from "../room/index.ts";
import type {
  CommitEvent,
  GroupInfoEvent,
  HubRoomContext,
  ProposalsEvent,
  SubmitEvent,
} from "./room-context.ts";

export function isForAnotherEpoch(room: HubRoomContext, event: CommitEvent | ProposalsEvent): boolean {
  return event.epoch !== room.current.epoch;
}

/** The public group refused it: bad signature, invalid proposal list, or a Welcome that fits no Add. */
export function isInvalid(_room: HubRoomContext, event: CommitEvent | ProposalsEvent): boolean {
  return isRefused(event.verified);
}

/** protocol-06 §3.5: proposals that the hub has cached are part of the next commit. */
export function leavesOutPendingProposal(room: HubRoomContext, event: CommitEvent): boolean {
  if (isRefused(event.verified)) return false;
  const taken = new Set(event.verified.proposals.map((proposal) => proposal.reference));
  return room.pending.some((proposal) => !taken.has(proposal.reference));
}

export function commitDecision(room: HubRoomContext, event: CommitEvent): Decision {
  if (isRefused(event.verified)) return notVerified;
  const { author, proposals, result } = event.verified;
  if (author.kind === "member" && isLeaving(room, author.user)) {
    return forbid("leavers-do-not-commit", "protocol-06 §5.3", `${author.user} is being removed`);
  }
  if (author.kind !== "provider" && domainOfUri(author.user) !== event.from) {
    return forbid(
      "providers-speak-for-their-own",
      "protocol-06 §4.1",
      `${author.user} is not of ${event.from}`,
    );
  }
  return decideHandshake(policyState(room), proposals, result);
}

export function proposalsDecision(room: HubRoomContext, event: ProposalsEvent): Decision {
  if (isRefused(event.verified)) return notVerified;
  const foreign = event.verified.proposals.find(
    ({ author }) => author.kind !== "provider" && domainOfUri(author.user) !== event.from,
  );
  if (foreign !== undefined) {
    return forbid("providers-speak-for-their-own", "protocol-06 §4.1", `a proposal is not of ${event.from}`);
  }
  const own = decideHandshake(policyState(room), event.verified.proposals, event.verified.effective);
  if (!own.allowed) return own;
  // What is pending must stay committable together with what comes in: one commit will have to take it all.
  return decideTogether([...room.pending, ...event.verified.proposals]);
}

/** Every Add brings its client's secrets, and no other secrets travel. protocol-06 §5.5 */
export function welcomeDoesNotFit(_room: HubRoomContext, event: CommitEvent): boolean {
  if (isRefused(event.verified)) return false;
  const added = event.verified.proposals.flatMap((proposal) =>
    proposal.changes.flatMap((change) => (change.kind === "addClient" ? [change.keyPackage] : [])),
  );
  return added.length !== event.welcomed.length || added.some((ref) => !event.welcomed.includes(ref));
}

/** A KeyPackage that did not pass this hub: its Welcome could not be routed. protocol-06 §5.2 */
export function welcomeHasNoWay(room: HubRoomContext, event: CommitEvent): boolean {
  const known = new Set(room.keyPackageSources.map((source) => source.keyPackage));
  return event.welcomed.some((ref) => !known.has(ref));
}

/** No epoch before the current one is tolerated: its members may have changed since. protocol-06 §5.4 */
export function isTooOld(room: HubRoomContext, event: SubmitEvent): boolean {
  return event.epoch < room.current.epoch;
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
  if (isLeaving(room, event.sender)) {
    return forbid("leavers-do-not-send", "protocol-06 §5.3", `${event.sender} is being removed`);
  }
  return maySend(policyState(room), event.sender);
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
  return mayJoinExternally(policyState(room), event.requester.user);
}

/** Accepted removals take effect at once, before any commit. protocol-06 §5.3 and §7.1 */
function isLeaving(room: HubRoomContext, user: string): boolean {
  return room.pending.some((proposal) =>
    proposal.changes.some((change) => change.kind === "removeParticipant" && change.user === user),
  );
}

function policyState(room: HubRoomContext): PolicyState {
  return { roles: room.roles, participants: room.current.participants, members: room.current.members };
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
