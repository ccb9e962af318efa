/** Whether a group that claims to continue, or to branch from, another one really does (RFC 9420 §11.2, §11.3, §12.4.3.1). */
import { equalBytes } from "../bytes.ts";
import { vector } from "../wire/index.ts";
import type { MlsApplication } from "./application.ts";
import { demand, present } from "./errors.ts";
import type { GroupView } from "./group-view.ts";
import { members, type RatchetTree } from "./ratchet-tree.ts";
import {
  Credential,
  Extension,
  type GroupContext,
  type GroupInfo,
  type PreSharedKeyID,
  type ReInit,
} from "./structures/index.ts";

/** What a member's state says of the older group, in either layer. */
export type Predecessor = Pick<GroupView, "groupContext" | "tree"> & { readonly reInit: ReInit | undefined };

/**
 * Refuses a Welcome with a resumption PSK of usage reinit or branch whose group does not match the old one, and one
 * without such a PSK where the old one was closed by a ReInit.
 */
export function demandSuccessorGroup(
  psks: readonly PreSharedKeyID[],
  groupInfo: GroupInfo,
  tree: RatchetTree,
  previous: Predecessor | undefined,
  app: MlsApplication,
): void {
  const links = psks.flatMap((id) => (id.psktype === "resumption" && id.usage !== "application" ? [id] : []));
  const [link] = links;
  if (link === undefined) {
    // Who has seen the ReInit takes no group for the successor that does not rest on the closed one's secrets.
    demand(previous?.reInit === undefined, "reInitMismatch", "no link to the group that was closed");
    return;
  }
  demand(links.length === 1, "successorTwice");
  demand(groupInfo.groupContext.epoch === 1n, "successorEpoch", `${groupInfo.groupContext.epoch}`);
  const old = present(previous, "successorUnknown");
  demand(equalBytes(old.groupContext.groupId, link.pskGroupId), "successorUnknown");
  if (link.usage === "reinit") {
    demand(link.pskEpoch === old.groupContext.epoch, "reInitMismatch", "not from the epoch after the ReInit");
    demandReInitialised(groupInfo, tree, old, app);
  } else demandBranched(groupInfo, tree, old, app);
}

function demandReInitialised(
  groupInfo: GroupInfo,
  tree: RatchetTree,
  old: Predecessor,
  app: MlsApplication,
): void {
  const agreed = present(old.reInit, "reInitMismatch", "the old group was not closed by a ReInit");
  demandAnnounced(agreed, groupInfo.groupContext);
  demand(isSubset(old.tree, tree, app), "successorMembers", "a member of the old group is missing");
}

/** Refuses a group that is not the one that the ReInit has announced (`reInitMismatch`). RFC 9420 §11.2 */
export function demandAnnounced(agreed: ReInit, groupContext: GroupContext): void {
  demand(agreed.version === groupContext.version, "reInitMismatch", "version");
  demand(agreed.cipherSuite === groupContext.cipherSuite, "reInitMismatch", "cipher suite");
  demand(equalBytes(agreed.groupId, groupContext.groupId), "reInitMismatch", "group_id");
  const sameExtensions = equalBytes(
    extensions.encode(agreed.extensions),
    extensions.encode(groupContext.extensions),
  );
  demand(sameExtensions, "reInitMismatch", "extensions");
}

function demandBranched(
  groupInfo: GroupInfo,
  tree: RatchetTree,
  old: Predecessor,
  app: MlsApplication,
): void {
  const { groupContext } = groupInfo;
  demand(groupContext.cipherSuite === old.groupContext.cipherSuite, "branchMismatch", "cipher suite");
  demand(isSubset(tree, old.tree, app), "successorMembers", "a member who was not in the old group");
}

const extensions = vector(Extension);

/** Whether every member of `some` is, to the application, a member of `all`. */
function isSubset(some: RatchetTree, all: RatchetTree, app: MlsApplication): boolean {
  return members(some).every(({ leafNode: one }) =>
    members(all).some(({ leafNode: other }) => sameClient(one.credential, other.credential, app)),
  );
}

function sameClient(one: Credential, other: Credential, app: MlsApplication): boolean {
  if (app.validateSuccessor !== undefined) return app.validateSuccessor(one, other) === undefined;
  return equalBytes(Credential.encode(one), Credential.encode(other));
}
