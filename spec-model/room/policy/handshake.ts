/** Whether a room's policy allows a set of proposals, or a commit of them. room-policy-04 §8, protocol-06 §7.1 and §7.5 */
import type { Author, Change, ProposalFacts, RoomFacts } from "../facts.ts";
import { effectiveState, policyAfter, prospect } from "../fold.ts";
import {
  decideChangeComponent,
  decideChangeMetadata,
  decideOther,
  decideUpdateClient,
} from "./component-changes.ts";
import { all, allowed, type Decision, either, refuse } from "./decision.ts";
import { decideJoin } from "./entry.ts";
import {
  type Case,
  decideAddClient,
  decideAddParticipant,
  decideRemoveClient,
  decideRemoveParticipant,
} from "./membership.ts";
import { decideResult } from "./result.ts";
import { decideChangeRole } from "./role-changes.ts";
import {
  actorOf,
  authorUri,
  bannedRole,
  hasBannedRole,
  type PolicyState,
  roleOf,
  unlistedRole,
} from "./state.ts";
import { defaultVariants, type PolicyVariants } from "./variants.ts";

/** A commit as its policy needs it: who made it, what it takes up, and the list and members that it leads to. */
export interface ProposedCommit {
  readonly author: Author;
  readonly proposals: readonly ProposalFacts[];
  readonly result: Pick<RoomFacts, "participants" | "members">;
}

/** Whether each of `proposals` is allowed to its author, and the room that results is one the policy permits. */
export function decideHandshake(
  state: PolicyState,
  proposals: readonly ProposalFacts[],
  result: Pick<RoomFacts, "participants" | "members">,
  variants: PolicyVariants = defaultVariants,
): Decision {
  const authorised = decideAuthors(state, proposals, variants);
  if (!authorised.allowed) return authorised;
  const changes = proposals.flatMap((proposal) => proposal.changes);
  const { participants, members } = result;
  const after = { ...policyAfter(state, changes), participants, members };
  return decideResult(state, proposals, after, variants);
}

/** The same, and whether its author may commit at all. `state` is the epoch's; what it refers to is folded in here. */
export function decideCommit(
  state: PolicyState,
  { author, proposals, result }: ProposedCommit,
  variants: PolicyVariants = defaultVariants,
): Decision {
  const committer = decideCommitter(state, author, proposals, variants);
  return committer.allowed ? decideHandshake(state, proposals, result, variants) : committer;
}

/**
 * Whether `proposals`, sent together, may join those that are pending: each is allowed to its author in the effective
 * room, and one commit can take up all of them. protocol-06 §5.3 and §7.1
 */
export function decideProposals(
  state: PolicyState,
  pending: readonly ProposalFacts[],
  proposals: readonly ProposalFacts[],
  variants: PolicyVariants = defaultVariants,
): Decision {
  const effective = variants.authorizationBase === "effective" ? effectiveState(state, pending) : state;
  const authorised = decideEach(effective, proposals, proposals, variants);
  return authorised.allowed ? jointlyCommittable(state, [...pending, ...proposals], variants) : authorised;
}

/** Whether one commit could take up all of `proposals`, whoever made them: S14 in the wild. protocol-06 §7.5 */
export function jointlyCommittable(
  state: PolicyState,
  proposals: readonly ProposalFacts[],
  variants: PolicyVariants = defaultVariants,
): Decision {
  return decideResult(state, proposals, prospect(state, proposals), variants);
}

/**
 * Proposals that were sent on their own have been accepted one after the other: each is judged by the epoch's room or by
 * what those before it made of it. What the committer adds is judged by the room that they all lead to.
 */
function decideAuthors(
  state: PolicyState,
  proposals: readonly ProposalFacts[],
  variants: PolicyVariants,
): Decision {
  if (variants.authorizationBase === "epochContext") return decideEach(state, proposals, proposals, variants);
  const sent = proposals.filter((proposal) => proposal.reference !== undefined);
  const added = proposals.filter((proposal) => proposal.reference === undefined);
  const accepted = all(sent.keys(), (i) => {
    const one = sent.slice(i, i + 1);
    const inEpoch = decideEach(state, one, proposals, variants);
    if (inEpoch.allowed) return inEpoch;
    return either(inEpoch, decideEach(effectiveState(state, sent.slice(0, i)), one, proposals, variants));
  });
  return accepted.allowed ? decideEach(effectiveState(state, sent), added, proposals, variants) : accepted;
}

function decideEach(
  state: PolicyState,
  proposals: readonly ProposalFacts[],
  together: readonly ProposalFacts[],
  variants: PolicyVariants,
): Decision {
  return all(proposals, (proposal) => {
    const { author, changes } = proposal;
    // What one user changes at once is judged as one action. room-policy-04 §8.1.2
    const own = together.flatMap((other) =>
      authorUri(author) === authorUri(other.author) ? other.changes : [],
    );
    const given = { state, actor: actorOf(state, author, variants), own, variants };
    if (isExternal(proposal) && state.operational?.externalProposalAllowed === false) {
      return refuse("external-proposals-allowed", `${given.actor.uri} proposes from outside`);
    }
    return all(changes, (change) => decideChange(given, change));
  });
}

/** From a provider, or from a client that asks to be added: what it commits itself has no reference. */
function isExternal({ author, reference }: ProposalFacts): boolean {
  return author.kind === "provider" || (author.kind === "newMember" && reference !== undefined);
}

function decideChange(given: Case, change: Change): Decision {
  switch (change.kind) {
    case "addParticipant":
      return decideAddParticipant(given, change);
    case "removeParticipant":
      return decideRemoveParticipant(given, change);
    case "addClient":
      return decideAddClient(given, change);
    case "removeClient":
      return decideRemoveClient(given, change);
    case "joinExternally":
      return decideJoin(given.state, given.actor.author, given.own, given.variants);
    case "changeRole":
      return decideChangeRole(given, change);
    case "changeMetadata":
      return decideChangeMetadata(given, change);
    case "changeComponent":
      return decideChangeComponent(given, change);
    case "updateClient":
      return decideUpdateClient(given);
    case "other":
      return decideOther(given, change);
  }
}

function decideCommitter(
  state: PolicyState,
  author: Author,
  proposals: readonly ProposalFacts[],
  variants: PolicyVariants,
): Decision {
  if (author.kind === "provider")
    return refuse("committer-is-participant", `${author.domain} is no participant`);
  if (author.kind === "newMember") return allowed;
  const sent = proposals.filter((proposal) => proposal.reference !== undefined);
  const effective = variants.authorizationBase === "effective" ? effectiveState(state, sent) : state;
  const role = roleOf(effective, author.user);
  if (role === unlistedRole || (role === bannedRole && hasBannedRole(effective))) {
    return refuse("committer-is-participant", `${author.user} is not in the list, or banned`);
  }
  const goes = proposals.some(({ changes }) =>
    changes.some((change) => change.kind === "removeClient" && change.client === author.client),
  );
  return goes ? refuse("leaver-does-not-commit", `${author.client} is removed`) : allowed;
}
