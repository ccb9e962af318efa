/** One fault of a handshake, and commits that are made of other proposals. */
import type { Commit, MLSMessage, Proposal } from "../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../format/case.ts";

export interface Wrong {
  readonly parent: string;
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly message: MLSMessage;
  readonly change?: JsonObject;
  readonly requirements?: readonly string[];
}

export const extensions = (...ids: readonly string[]) => ids.map((id) => `mls-extensions-${id}`);
export const byValue = (...proposals: Proposal[]) =>
  ({
    proposals: proposals.map((proposal) => ({ type: "proposal" as const, proposal })),
  }) satisfies Partial<Commit>;
