/** Joining, or rejoining, by a commit of one's own (RFC 9420 §12.4.3.2, mls-extensions §6.3), in the order of the real layer. */
import { noBytes } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import { demandSafeAadWhereRequired } from "../app-data.ts";
import type { MlsApplication } from "../application.ts";
import type { CommitResult } from "../commit.ts";
import { proposalsOf } from "../commit-outcome.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { demand, present, refuse } from "../errors.ts";
import type { ExternalCommitOptions } from "../external-commit.ts";
import { commitFacts } from "../facts.ts";
import { externalPubOf } from "../group-info.ts";
import type { GroupView } from "../group-view.ts";
import { validateForGroup } from "../key-package.ts";
import { externalInitLabel } from "../key-schedule.ts";
import type { InLayer } from "../layer.ts";
import { groupDemands } from "../leaf-node.ts";
import type { CommitPlan } from "../make-commit.ts";
import { pskSecret } from "../pre-shared-keys.ts";
import { followContent } from "../public-group.ts";
import { publicContent } from "../public-message.ts";
import { addLeaf } from "../ratchet-tree.ts";
import type { Proposal, ProposalOrRef } from "../structures/index.ts";
import { noSecret } from "./epoch-keys.ts";
import { startPublicGroup } from "./followed.ts";
import { introductions, makeFlatCommit } from "./make-commit.ts";
import { enterEpoch, pskFinder } from "./member.ts";
import { rememberedOutcome } from "./outcome.ts";
import { symbolicSuite } from "./suite.ts";

/** The commit with which a client joins. RFC 9420 §12.4.3.2 */
export function externalCommit(
  options: ExternalCommitOptions,
  app: MlsApplication,
  random: RandomSource,
): InLayer<Omit<CommitResult, "ifRefused" | "welcome">> {
  const suite = symbolicSuite(options.groupInfo.groupContext.cipherSuite);
  const group = groupWithSelfRemoves(suite, options, app);
  const plan = planOf(suite, group, options, app, random);
  const made = makeFlatCommit(suite, plan, random);
  const { groupContext, tree, confirmationTag, keys, message } = made;
  const { leafIndex, signaturePrivateKey } = plan.committer;
  // An external commit always has a path.
  const leafKeys = present(made.leafKeys, "pathMissing");
  const entry = { groupContext, tree, confirmationTag, keys, leafIndex, signaturePrivateKey, leafKeys };
  const state = enterEpoch(entry, undefined, app);
  const publicMessage = { content: message.content, auth: message.auth };
  return {
    state,
    message: { version: "mls10", wireFormat: "mls_public_message", publicMessage },
    groupInfo: introductions(suite, state, made, plan, options, random).groupInfo,
    ratchetTree: tree,
    facts: commitFacts(plan.group.groupContext, made.outcome),
  };
}

/** The group as the GroupInfo describes it, with the SelfRemoves pending. */
function groupWithSelfRemoves(
  suite: CipherSuite,
  options: ExternalCommitOptions,
  app: MlsApplication,
): GroupView {
  let group = startPublicGroup(options.groupInfo, options.ratchetTree, app);
  for (const message of options.selfRemoves ?? []) {
    if (message.wireFormat !== "mls_public_message") return refuse("selfRemoveNotPublic");
    const followed = followContent(
      suite,
      group,
      publicContent(message.publicMessage),
      app,
      rememberedOutcome,
    );
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
  const externalPub = externalPubOf(groupInfo);
  const { hashLength } = suite;
  const exported = suite.hpke.exportSecret(externalPub, noBytes, externalInitLabel, hashLength, random);
  const init = present(exported, "hpkePublicKey");
  const proposals = proposalsFor(group, options, init.kemOutput);
  const sender = { senderType: "new_member_commit" as const };
  const applied = proposalsOf(suite, group, { proposals }, sender, app);
  validateForGroup(suite, joiner.keyPackage, groupDemands(applied.extensions), app);
  const { leafNode } = joiner.keyPackage;
  const { tree: treeBeforePath, leafIndex } = addLeaf(applied.tree, leafNode);
  const { signaturePrivateKey } = joiner;
  const { psks } = applied;
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
    pskSecret: psks.length === 0 ? noSecret : pskSecret(suite, psks, pskFinder(undefined, app)),
    wireFormat: "mls_public_message",
    authenticatedData,
    crafted: options.crafted,
  };
}

function proposalsFor(
  group: GroupView,
  { resync, proposals = [] }: ExternalCommitOptions,
  kemOutput: Uint8Array,
): ProposalOrRef[] {
  const old: Proposal[] = resync === undefined ? [] : [{ proposalType: "remove", removed: resync }];
  const byValue: Proposal[] = [{ proposalType: "external_init", kemOutput }, ...old, ...proposals];
  const leaving = [...group.pendingProposals.values()];
  return [
    ...leaving.map(({ reference }) => ({ type: "reference" as const, reference })),
    ...byValue.map((proposal) => ({ type: "proposal" as const, proposal })),
  ];
}
