/** Computing the public half of a commit once for all the members that one process simulates. */
import { concat, hex } from "../bytes.ts";
import type { MlsApplication } from "./application.ts";
import { type CommitOutcome, type ComputeOutcome, commitOutcome } from "./commit-outcome.ts";
import { decidesAlike, isAlive } from "./deciding-alike.ts";
import { resolveProposals } from "./proposal-list.ts";
import { AuthenticatedContent, GroupContext } from "./structures/index.ts";

/** A name that only applications share which decide alike, e.g. one for all clients of a scenario at one time. */
export type ApplicationName = (app: MlsApplication) => string;

/** Whether two applications decide alike, but for lifetimes, which are looked at anew. */
type AreAlike = (one: MlsApplication, other: MlsApplication) => boolean;

interface Remembered {
  readonly app: MlsApplication;
  readonly outcome: CommitOutcome;
}

/**
 * `commitOutcome`, remembering the latest `limit` outcomes. An outcome is a function of the group's public state, the
 * message and the application, so members that have the same get the same; a refusal is computed anew each time.
 * Without `nameOf`, only one and the same application object counts as the same.
 */
export function rememberingOutcomes(nameOf?: ApplicationName, limit = 64): ComputeOutcome {
  if (nameOf === undefined) return remembering((one, other) => one === other, limit);
  return remembering((one, other) => nameOf(one) === nameOf(other), limit);
}

/** The same, for all applications that are made of the same functions. */
export function sharedOutcomes(limit = 64): ComputeOutcome {
  return remembering(decidesAlike, limit);
}

function remembering(areAlike: AreAlike, limit: number): ComputeOutcome {
  const latest = new Map<string, readonly Remembered[]>();
  return (suite, group, message, app) => {
    const { content } = message;
    // A member that has not received a proposal must refuse, whatever others have computed.
    if (content.contentType === "commit") resolveProposals(group, content.commit.proposals, content.sender);
    const state = concat(GroupContext.encode(group.groupContext), group.confirmationTag);
    const question = hex(suite.hash(concat(state, AuthenticatedContent.encode(message))));
    const answers = latest.get(question) ?? [];
    const known = answers.find((one) => areAlike(one.app, app));
    if (known !== undefined && addsLiving(known.outcome, app)) return known.outcome;
    const outcome = commitOutcome(suite, group, message, app);
    latest.set(question, [...answers.filter((one) => one !== known), { app, outcome }]);
    for (const oldest of latest.keys()) {
      if (latest.size <= limit) break;
      latest.delete(oldest);
    }
    return outcome;
  };
}

/** Whether everybody whom the commit adds is within the lifetime of its KeyPackage by this application's clock. */
function addsLiving({ applied }: CommitOutcome, app: MlsApplication): boolean {
  return applied.added.every(({ keyPackage }) => isAlive(keyPackage.leafNode, app));
}
