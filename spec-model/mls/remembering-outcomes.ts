/** Computing the public half of a commit once for all the members that one process simulates. */
import { concat, hex, utf8 } from "../bytes.ts";
import type { MlsApplication } from "./application.ts";
import { type CommitOutcome, type ComputeOutcome, commitOutcome } from "./commit-outcome.ts";
import { resolveProposals } from "./proposal-list.ts";
import { AuthenticatedContent, GroupContext } from "./structures/index.ts";

/** A name that only applications share which decide alike, e.g. one for all clients of a scenario at one time. */
export type ApplicationName = (app: MlsApplication) => string;

/**
 * `commitOutcome`, remembering the latest `limit` outcomes. An outcome is a function of the group's public state, the
 * message and the application, so members that have the same get the same; a refusal is computed anew each time.
 * Without `nameOf`, only one and the same application object counts as the same.
 */
export function rememberingOutcomes(nameOf: ApplicationName = objectName(), limit = 64): ComputeOutcome {
  const outcomes = new Map<string, CommitOutcome>();
  return (suite, group, message, app) => {
    const { content } = message;
    // A member that has not received a proposal must refuse, whatever others have computed.
    if (content.contentType === "commit") resolveProposals(group, content.commit.proposals, content.sender);
    const state = concat(GroupContext.encode(group.groupContext), group.confirmationTag);
    const question = concat(utf8(`${nameOf(app)}\0`), state, AuthenticatedContent.encode(message));
    const key = hex(suite.hash(question));
    const known = outcomes.get(key);
    if (known !== undefined) return known;
    const outcome = commitOutcome(suite, group, message, app);
    outcomes.set(key, outcome);
    for (const oldest of outcomes.keys()) {
      if (outcomes.size <= limit) break;
      outcomes.delete(oldest);
    }
    return outcome;
  };
}

function objectName(): ApplicationName {
  const names = new WeakMap<MlsApplication, string>();
  let count = 0;
  return (app) => {
    const name = names.get(app) ?? `application ${count++}`;
    names.set(app, name);
    return name;
  };
}
