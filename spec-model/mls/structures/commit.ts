/** Commits (RFC 9420 §12.4). */
import { closedEnum, type Infer, optional, struct, vector } from "../../wire/index.ts";
import { ProposalRef } from "./basics.ts";
import { Proposal } from "./proposals.ts";
import { UpdatePath } from "./tree.ts";

export const ProposalOrRefType = closedEnum("ProposalOrRefType", 255, { proposal: 1, reference: 2 }).from(
  "RFC 9420 §12.4",
  "whether a proposal is in the commit or was sent before it",
);

export const ProposalOrRef = struct("ProposalOrRef", { type: ProposalOrRefType })
  .select("type", { proposal: { proposal: Proposal }, reference: { reference: ProposalRef } })
  .from("RFC 9420 §12.4", "a proposal that a commit covers");
export type ProposalOrRef = Infer<typeof ProposalOrRef>;

export const Commit = struct("Commit", {
  proposals: vector(ProposalOrRef),
  path: optional(UpdatePath),
}).from("RFC 9420 §12.4", "starts the next epoch with these changes");
export type Commit = Infer<typeof Commit>;
