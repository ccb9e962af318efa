/** What a commit with some proposals would do, before anybody has made it: a hub's view of what is pending. */
import { type MlsApplication, suiteFor } from "./application.ts";
import type { AppliedProposals } from "./apply-proposals.ts";
import { proposalsOf } from "./commit-outcome.ts";
import type { GroupView } from "./group-view.ts";
import type { ProposalOrRef, Sender } from "./structures/index.ts";

/** Refuses a list that `committer` could not commit in this epoch. RFC 9420 §12.2 and §12.3 */
export function previewProposals(
  group: GroupView,
  proposals: ProposalOrRef[],
  committer: Sender,
  app: MlsApplication,
): AppliedProposals {
  return proposalsOf(suiteFor(app, group.groupContext.cipherSuite), group, { proposals }, committer, app);
}
