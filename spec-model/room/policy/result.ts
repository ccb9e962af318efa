/** Rules on the room that a commit leads to, whoever made the changes. room-policy-04 §3, §5 and §8.1, protocol-06 §1 */

import { parseMimiUriOf } from "../../identifiers/index.ts";
import type { ProposalFacts } from "../facts.ts";
import { prospect } from "../fold.ts";
import { allowed, type Decision, refuse } from "./decision.ts";
import { decideLimits } from "./limits.ts";
import { bannedRole, hasBannedRole, type PolicyState, roleAt, roleOf, unbanned } from "./state.ts";
import { decideTogether } from "./together.ts";
import type { PolicyVariants } from "./variants.ts";
import { decidePolicy } from "./well-formed.ts";

/** What the commit is, before anybody asks who made its changes: its combination, and the room that it leads to. */
export function decideResult(
  before: PolicyState,
  proposals: readonly ProposalFacts[],
  after: PolicyState,
  variants: PolicyVariants,
): Decision {
  const together = decideTogether(proposals);
  if (!together.allowed) return together;
  const room = decideRoom(before, after, variants);
  if (!room.allowed) return room;
  const limits =
    variants.limits === "net"
      ? decideLimits(before, after, variants)
      : decideSteps(before, proposals, after, variants);
  if (!limits.allowed) return limits;
  return proposals.some((proposal) => proposal.changes.some((change) => change.kind === "changeComponent"))
    ? decidePolicy(after, variants)
    : allowed;
}

function decideRoom(before: PolicyState, after: PolicyState, variants: PolicyVariants): Decision {
  const listed = new Set(after.participants.map((participant) => participant.user));
  const orphan = after.members.find((member) => !listed.has(member.user));
  if (orphan !== undefined) {
    return refuse("members-are-participants", `${orphan.client} has no participant`);
  }
  const banned = after.members.find((member) => roleOf(after, member.user) === bannedRole);
  if (banned !== undefined && hasBannedRole(after)) {
    return refuse("banned-have-no-clients", `${banned.client} is of a banned user`);
  }
  const lost = after.participants.find(({ role }) => roleAt(after, role) === undefined);
  if (lost !== undefined) return refuse("role-is-defined", `${lost.user} holds role ${lost.role}`);
  const parent = decideParent(after, variants);
  return parent.allowed ? decidePseudonyms(before, after) : parent;
}

/** The banned of either room do not count: they are in the list to be kept out. room-policy-04 §5 */
function decideParent(after: PolicyState, variants: PolicyVariants): Decision {
  const { parent, base } = after;
  if (base?.parentDependant !== true || parent === undefined) return allowed;
  const others = new Set(parent.participants.map((participant) => participant.user));
  const own = unbanned(after);
  const stranger = own.find((participant) => !others.has(participant.user));
  if (stranger !== undefined) {
    return refuse("parent-subset", `${stranger.user} is no participant of the parent room`);
  }
  if (variants.parentSubset === "subsetOrEqual" || own.length < others.size) return allowed;
  return refuse("parent-subset", "every participant of the parent room is in this one, too");
}

/** A client that was there under a pseudonym may stay. room-policy-04 §5 */
function decidePseudonyms(before: PolicyState, after: PolicyState): Decision {
  if (after.base?.pseudonymsAllowed !== false) return allowed;
  const known = new Set(before.members.map((member) => member.client));
  const hidden = after.members.find(
    ({ client, user }) => !known.has(client) && parseMimiUriOf("pseudonym", user).ok,
  );
  return hidden === undefined ? allowed : refuse("pseudonyms-allowed", `${hidden.user} is a pseudonym`);
}

/** Limits at every step, in the order of the changes, and at the end. */
function decideSteps(
  before: PolicyState,
  proposals: readonly ProposalFacts[],
  after: PolicyState,
  variants: PolicyVariants,
): Decision {
  const steps = proposals.flatMap((proposal) =>
    proposal.changes.map((change) => ({ ...proposal, changes: [change] })),
  );
  let state = before;
  for (const step of steps) {
    const next = prospect(state, [step]);
    const decision = decideLimits(state, next, variants);
    if (!decision.allowed) return decision;
    state = next;
  }
  return decideLimits(before, after, variants);
}
