/** Founding the group that follows a ReInit, or one that branches from an existing group (RFC 9420 §11.2 and §11.3). */
import type { RandomSource } from "../random.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { type CommitOptions, type CommitResult, commit } from "./commit.ts";
import { createGroup, type GroupOptions } from "./create-group.ts";
import { demand, present } from "./errors.ts";
import type { GroupView } from "./group-view.ts";
import type { OwnKeyPackage } from "./key-package.ts";
import { type MemberState, pskFinder } from "./member.ts";
import type { FindPsk } from "./pre-shared-keys.ts";
import type { Extension, KeyPackage, Proposal, ReInit } from "./structures/index.ts";

/** What the first commit may have besides is as in any other commit: a room's group needs a SafeAAD, for one. */
export interface SuccessorOptions
  extends Pick<CommitOptions, "authenticatedData" | "treeInWelcome" | "groupInfoExtensions" | "proposals"> {
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
  return founding.reinitialise(previous, options, app, random);
}

/** The first commit of a subgroup of `previous` under a new group ID, and its Welcome. RFC 9420 §11.3 */
export function branch(
  previous: MemberState,
  groupId: Uint8Array,
  options: SuccessorOptions,
  app: MlsApplication,
  random: RandomSource,
): CommitResult {
  return founding.branch(previous, groupId, options, app, random);
}

/**
 * The proposal that makes a group's first commit that of a successor: the resumption PSK of the group before it, with a
 * fresh nonce of the new group's hash length. RFC 9420 §11.2 and §11.3
 */
export function linkTo(
  { groupContext }: Pick<GroupView, "groupContext">,
  usage: "reinit" | "branch",
  pskNonce: Uint8Array,
): Proposal {
  const { groupId: pskGroupId, epoch: pskEpoch } = groupContext;
  return { proposalType: "psk", psk: { psktype: "resumption", usage, pskGroupId, pskEpoch, pskNonce } };
}

/** What founding takes of a layer whose members have states of this kind. */
interface Operations<State, Result> {
  createGroup(options: GroupOptions, app: MlsApplication, random: RandomSource): State;
  commit(state: State, options: CommitOptions, app: MlsApplication, random: RandomSource): Result;
  pskFinder(previous: State, app: MlsApplication): FindPsk;
}

/** The two ways to found a successor, over either layer. */
export function foundingBy<State extends GroupView & { readonly reInit: ReInit | undefined }, Result>(
  operations: Operations<State, Result>,
) {
  const found = (
    previous: State,
    usage: "reinit" | "branch",
    parameters: { groupId: Uint8Array; extensions: Extension[] },
    { creator, keyPackages, proposals: further = [], ...others }: SuccessorOptions,
    app: MlsApplication,
    random: RandomSource,
  ): Result => {
    const { groupId, extensions } = parameters;
    const founder = operations.createGroup({ groupId, extensions, creator }, app, random);
    const { hashLength } = suiteFor(app, founder.groupContext.cipherSuite);
    const link = linkTo(previous, usage, random.bytes(hashLength));
    const adds = keyPackages.map((keyPackage) => ({ proposalType: "add" as const, keyPackage }));
    const proposals = [...adds, link, ...further];
    const withOldSecrets = { ...app, findPsk: operations.pskFinder(previous, app) };
    return operations.commit(founder, { ...others, proposals }, withOldSecrets, random);
  };
  return {
    reinitialise(previous: State, options: SuccessorOptions, app: MlsApplication, random: RandomSource) {
      const agreed = present(previous.reInit, "reInitMismatch", "the group was not closed by a ReInit");
      const { cipherSuite } = options.creator.keyPackage;
      demand(cipherSuite === agreed.cipherSuite, "reInitMismatch", "cipher suite");
      return found(previous, "reinit", agreed, options, app, random);
    },
    branch(
      previous: State,
      groupId: Uint8Array,
      options: SuccessorOptions,
      app: MlsApplication,
      random: RandomSource,
    ) {
      const { cipherSuite, extensions } = previous.groupContext;
      demand(options.creator.keyPackage.cipherSuite === cipherSuite, "branchMismatch", "cipher suite");
      return found(previous, "branch", { groupId, extensions }, options, app, random);
    },
  };
}

const founding = foundingBy<MemberState, CommitResult>({ createGroup, commit, pskFinder });
