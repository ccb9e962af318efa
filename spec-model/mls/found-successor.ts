/** Founding the group that follows a ReInit, or one that branches from an existing group (RFC 9420 §11.2 and §11.3). */
import type { RandomSource } from "../random.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { type CommitResult, commit } from "./commit.ts";
import { createGroup } from "./create-group.ts";
import { demand, present } from "./errors.ts";
import type { OwnKeyPackage } from "./key-package.ts";
import { type MemberState, pskFinder } from "./member.ts";
import type { Extension, KeyPackage, PreSharedKeyID } from "./structures/index.ts";

export interface SuccessorOptions {
  /** A new one of the founder's, of the new group's cipher suite. */
  readonly creator: OwnKeyPackage;
  /** New ones of the other members. */
  readonly keyPackages: readonly KeyPackage[];
}

/** The first commit of the group that `previous` was closed in favour of, and its Welcome. RFC 9420 §11.2 */
export function reinitialise(
  previous: MemberState,
  options: SuccessorOptions,
  app: MlsApplication,
  random: RandomSource,
): CommitResult {
  const agreed = present(previous.reInit, "reInitMismatch", "the group was not closed by a ReInit");
  demand(options.creator.keyPackage.cipherSuite === agreed.cipherSuite, "reInitMismatch", "cipher suite");
  return found(previous, "reinit", agreed, options, app, random);
}

/** The first commit of a subgroup of `previous` under a new group ID, and its Welcome. RFC 9420 §11.3 */
export function branch(
  previous: MemberState,
  groupId: Uint8Array,
  options: SuccessorOptions,
  app: MlsApplication,
  random: RandomSource,
): CommitResult {
  const { cipherSuite, extensions } = previous.groupContext;
  demand(options.creator.keyPackage.cipherSuite === cipherSuite, "branchMismatch", "cipher suite");
  return found(previous, "branch", { groupId, extensions }, options, app, random);
}

function found(
  previous: MemberState,
  usage: "reinit" | "branch",
  parameters: { groupId: Uint8Array; extensions: Extension[] },
  { creator, keyPackages }: SuccessorOptions,
  app: MlsApplication,
  random: RandomSource,
): CommitResult {
  const { groupId, extensions } = parameters;
  const withOldSecrets = { ...app, findPsk: pskFinder(previous, app) };
  const founder = createGroup({ groupId, extensions, creator }, app, random);
  const psk: PreSharedKeyID = {
    psktype: "resumption",
    usage,
    pskGroupId: previous.groupContext.groupId,
    pskEpoch: previous.groupContext.epoch,
    pskNonce: random.bytes(suiteFor(app, founder.groupContext.cipherSuite).hashLength),
  };
  const adds = keyPackages.map((keyPackage) => ({ proposalType: "add" as const, keyPackage }));
  return commit(founder, { proposals: [...adds, { proposalType: "psk", psk }] }, withOldSecrets, random);
}
