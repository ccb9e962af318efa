/** Computing the public half of a commit once for all the members that one process simulates. */
import { concat, hex } from "../bytes.ts";
import type { MlsApplication } from "./application.ts";
import { type CommitOutcome, type ComputeOutcome, commitOutcome } from "./commit-outcome.ts";
import { resolveProposals } from "./proposal-list.ts";
import { AuthenticatedContent, GroupContext } from "./structures/index.ts";

/**
 * `commitOutcome`, remembering the latest `limit` outcomes. An outcome is a function of the group's public state, the
 * message and the application, so members that have the same get the same; a refusal is computed anew each time.
 */
export function rememberingOutcomes(limit = 64): ComputeOutcome {
  const byApplication = new WeakMap<MlsApplication, Map<string, CommitOutcome>>();
  return (suite, group, message, app) => {
    const { content } = message;
    // A member that has not received a proposal must refuse, whatever others have computed.
    if (content.contentType === "commit") resolveProposals(group, content.commit.proposals, content.sender);
    const state = concat(GroupContext.encode(group.groupContext), group.confirmationTag);
    const key = hex(suite.hash(concat(state, AuthenticatedContent.encode(message))));
    const remembered = byApplication.get(app) ?? new Map<string, CommitOutcome>();
    byApplication.set(app, remembered);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const outcome = commitOutcome(suite, group, message, app);
    remembered.set(key, outcome);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= limit) break;
      remembered.delete(oldest);
    }
    return outcome;
  };
}
