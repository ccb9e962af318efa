/** Requests to a room's policy as the vectors write them: a commit says its changes, and not the room it leads to. */
import {
  type Author,
  type Change,
  type Decision,
  decide,
  effectiveState,
  type MemberClient,
  type PolicyRequest,
  type PolicyState,
  type PolicyVariants,
  type ProposalFacts,
} from "../../spec-model/room/index.ts";

/** By value where it has no reference. */
export interface WrittenProposal {
  readonly reference?: string;
  readonly author: Author;
  readonly changes: readonly Change[];
}

export type WrittenRequest =
  | { readonly kind: "commit"; readonly author: Author; readonly proposals: readonly WrittenProposal[] }
  | {
      readonly kind: "proposals";
      readonly pending: readonly WrittenProposal[];
      readonly proposals: readonly WrittenProposal[];
    }
  | Exclude<PolicyRequest, { readonly kind: "commit" | "proposals" }>;

export function decideWritten(
  state: PolicyState,
  request: WrittenRequest,
  variants?: PolicyVariants,
): Decision {
  if (request.kind === "proposals") {
    const { pending, proposals } = request;
    const read = { kind: "proposals", pending: pending.map(facts), proposals: proposals.map(facts) } as const;
    return decide(state, read, variants);
  }
  if (request.kind !== "commit") return decide(state, request, variants);
  const proposals = request.proposals.map(facts);
  const result = resultOf(state, proposals);
  return decide(state, { kind: "commit", author: request.author, proposals, result }, variants);
}

function facts({ reference, author, changes }: WrittenProposal): ProposalFacts {
  return { reference, author, changes };
}

/** The list and members after the commit; where newcomers' leaves are does not matter to a policy. */
function resultOf(
  state: PolicyState,
  proposals: readonly ProposalFacts[],
): PolicyState & { readonly epoch: number } {
  const next = effectiveState(state, proposals);
  const newcomers = proposals.flatMap(({ author, changes }) =>
    changes.flatMap((change, index): MemberClient[] => {
      const leaf = 1000 + index;
      if (change.kind === "addClient") return [{ leaf, client: change.client, user: change.user }];
      if (change.kind !== "joinExternally" || author.kind === "provider") return [];
      return [{ leaf, client: author.client, user: author.user }];
    }),
  );
  return { ...next, epoch: 1, members: [...next.members, ...newcomers] };
}
