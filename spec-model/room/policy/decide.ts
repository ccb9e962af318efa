/** The one question that everybody asks: does the room's policy allow this? room-policy-04 §3 to §8 */
import type { Author, ProposalFacts } from "../facts.ts";
import type { CapabilityName } from "../structures/index.ts";
import { decideCreation } from "./creation.ts";
import type { Decision } from "./decision.ts";
import { decideEntry } from "./entry.ts";
import { decideCommit, decideProposals, type ProposedCommit } from "./handshake.ts";
import { decideMessage, type MessageAct, maySend, userNeeds } from "./messages.ts";
import type { PolicyState } from "./state.ts";
import { defaultVariants, type PolicyVariants } from "./variants.ts";

/** What somebody wants to do; who it is comes with it, as its credential shows. */
export type PolicyRequest =
  /** A new room, whose state is the one that it would have. */
  | { readonly kind: "create"; readonly creator: string }
  | ({ readonly kind: "commit" } & ProposedCommit)
  | {
      readonly kind: "proposals";
      readonly pending: readonly ProposalFacts[];
      readonly proposals: readonly ProposalFacts[];
    }
  /** The GroupInfo, to join by an external commit. protocol-06 §5.6 */
  | { readonly kind: "groupInfo"; readonly requester: Author }
  /** A message that the hub cannot read. */
  | { readonly kind: "send"; readonly user: string }
  /** A message that a client has read. */
  | { readonly kind: "message"; readonly user: string; readonly acts: readonly MessageAct[] }
  /** What a single capability is about: an abuse report, the room's end, a call. A provider acts under its own URI. */
  | { readonly kind: "act"; readonly user: string; readonly capability: CapabilityName };

/** Allowed, or refused by a rule of `policyRules`. The state is that of the epoch; nothing is changed. */
export function decide(
  state: PolicyState,
  request: PolicyRequest,
  variants: PolicyVariants = defaultVariants,
): Decision {
  switch (request.kind) {
    case "create":
      return decideCreation(state, request.creator, variants);
    case "commit":
      return decideCommit(state, request, variants);
    case "proposals":
      return decideProposals(state, request.pending, request.proposals, variants);
    case "groupInfo":
      return decideEntry(state, request.requester, variants);
    case "send":
      return maySend(state, request.user, variants);
    case "message":
      return decideMessage(state, request.user, request.acts, variants);
    case "act":
      return userNeeds(state, request.user, request.capability, variants);
  }
}
