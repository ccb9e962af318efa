/** Joining, or rejoining, by a commit of one's own (RFC 9420 §12.4.3.2, mls-extensions §6.3). */
import { noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { demandSafeAadWhereRequired } from "./app-data.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { type CommitResult, factsOf, introductions } from "./commit.ts";
import { proposalsOf } from "./commit-outcome.ts";
import type { Crafted } from "./crafted.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present, refuse } from "./errors.ts";
import { externalPubOf } from "./group-info.ts";
import type { GroupView } from "./group-view.ts";
import { type OwnKeyPackage, validateForGroup } from "./key-package.ts";
import { externalInitLabel } from "./key-schedule.ts";
import { groupDemands } from "./leaf-node.ts";
import { type CommitPlan, makeCommit } from "./make-commit.ts";
import { enterEpoch, pskFinder } from "./member.ts";
import { pskSecret } from "./pre-shared-keys.ts";
import { followContent, startPublicGroup } from "./public-group.ts";
import { protectPublic, publicContent } from "./public-message.ts";
import { addLeaf, type RatchetTree } from "./ratchet-tree.ts";
import type { Extension, GroupInfo, MLSMessage, Proposal, ProposalOrRef } from "./structures/index.ts";

export interface ExternalCommitOptions {
  readonly groupInfo: GroupInfo;
  /** Where the GroupInfo does not carry it. */
  readonly ratchetTree?: RatchetTree;
  /** Its leaf becomes the joiner's, with fresh keys. */
  readonly joiner: OwnKeyPackage;
  /** The epoch's pending SelfRemove messages, which the commit has to cover. */
  readonly selfRemoves?: readonly MLSMessage[];
  /** Further proposals by value: app_data_update, app_ephemeral, psk. */
  readonly proposals?: readonly Proposal[];
  /** The leaf index of the joiner's old appearance, which the commit removes. */
  readonly resync?: number;
  readonly authenticatedData?: Uint8Array;
  readonly groupInfoExtensions?: readonly Extension[];
  /** Where the joiner is dishonest. */
  readonly crafted?: Crafted;
}

/** The commit with which a client joins; there is no `ifRefused` state, since it is not yet a member. RFC 9420 §12.4.3.2 */
export function externalCommit(
  options: ExternalCommitOptions,
  app: MlsApplication,
  random: RandomSource,
): Omit<CommitResult, "ifRefused" | "welcome"> {
  const { groupInfo } = options;
  const suite = suiteFor(app, groupInfo.groupContext.cipherSuite);
  const group = groupWithSelfRemoves(suite, options, app);
  const plan = planOf(suite, group, options, app, random);
  const made = makeCommit(suite, plan, random);
  const { groupContext, tree, confirmationTag, secrets } = made;
  const { leafIndex, signaturePrivateKey } = plan.committer;
  const privateKeys = made.path?.privateKeys ?? new Map();
  const entry = { groupContext, tree, confirmationTag, secrets, leafIndex, signaturePrivateKey, privateKeys };
  const state = enterEpoch(entry, undefined, app);
  const publicMessage = protectPublic(suite, undefined, made.message, groupInfo.groupContext);
  return {
    state,
    message: { version: "mls10", wireFormat: "mls_public_message", publicMessage },
    groupInfo: introductions(suite, state, made, plan, options, random).groupInfo,
    ratchetTree: tree,
    facts: factsOf(plan, made),
  };
}

/** The group as the GroupInfo describes it, with the SelfRemoves pending. */
export function groupWithSelfRemoves(
  suite: CipherSuite,
  options: Pick<ExternalCommitOptions, "groupInfo" | "ratchetTree" | "selfRemoves">,
  app: MlsApplication,
): GroupView {
  let group = startPublicGroup(options.groupInfo, options.ratchetTree, app);
  for (const message of options.selfRemoves ?? []) {
    if (message.wireFormat !== "mls_public_message") return refuse("selfRemoveNotPublic");
    const followed = followContent(suite, group, publicContent(message.publicMessage), app);
    const leaves = followed.kind === "proposal" && followed.pending.proposal.proposalType === "self_remove";
    demand(leaves, "externalCommitReference", "not a SelfRemove");
    group = followed.group;
  }
  return group;
}

function planOf(
  suite: CipherSuite,
  group: GroupView,
  options: ExternalCommitOptions,
  app: MlsApplication,
  random: RandomSource,
): CommitPlan {
  const { joiner, groupInfo } = options;
  const authenticatedData = options.authenticatedData ?? noBytes;
  demandSafeAadWhereRequired(groupInfo.groupContext.extensions, authenticatedData);
  const init = initialise(suite, groupInfo, random);
  const proposals = proposalsFor(group, options, init.kemOutput);
  const sender = { senderType: "new_member_commit" as const };
  const applied = proposalsOf(suite, group, { proposals }, sender, app);
  validateForGroup(suite, joiner.keyPackage, groupDemands(applied.extensions), app);
  const { leafNode } = joiner.keyPackage;
  const { tree: treeBeforePath, leafIndex } = addLeaf(applied.tree, leafNode);
  const { signaturePrivateKey } = joiner;
  return {
    group,
    sender,
    proposals,
    applied,
    treeBeforePath,
    committer: { leafIndex, leaf: leafNode, signaturePrivateKey },
    signaturePrivateKey,
    withPath: true,
    initSecret: init.secret,
    pskSecret: pskSecret(suite, applied.psks, pskFinder(undefined, app)),
    wireFormat: "mls_public_message",
    authenticatedData,
    crafted: options.crafted,
  };
}

/** RFC 9420 §8.3 */
function initialise(suite: CipherSuite, groupInfo: GroupInfo, random: RandomSource) {
  const externalPub = externalPubOf(groupInfo);
  const { hashLength } = suite;
  const init = suite.hpke.exportSecret(externalPub, noBytes, externalInitLabel, hashLength, random);
  return present(init, "hpkePublicKey");
}

function proposalsFor(
  group: GroupView,
  options: ExternalCommitOptions,
  kemOutput: Uint8Array,
): ProposalOrRef[] {
  const { resync } = options;
  const byValue: Proposal[] = [
    { proposalType: "external_init", kemOutput },
    ...(resync === undefined ? [] : [{ proposalType: "remove" as const, removed: resync }]),
    ...(options.proposals ?? []),
  ];
  return [
    ...[...group.pendingProposals.values()].map(({ reference }) => ({
      type: "reference" as const,
      reference,
    })),
    ...byValue.map((proposal) => ({ type: "proposal" as const, proposal })),
  ];
}
