/** A member's commit (RFC 9420 §12.4.1), in the order of the real layer. */
import { noBytes } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import { demandSafeAadWhereRequired } from "../app-data.ts";
import type { MlsApplication } from "../application.ts";
import type { AppliedProposals } from "../apply-proposals.ts";
import type { CommitOptions, CommitResult } from "../commit.ts";
import { proposalsOf } from "../commit-outcome.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { commitFacts } from "../facts.ts";
import type { InLayer, Member } from "../layer.ts";
import type { CommitPlan } from "../make-commit.ts";
import type { MemberState } from "../member.ts";
import { committable } from "../pending.ts";
import { pskSecret } from "../pre-shared-keys.ts";
import type { LeafChanges } from "../propose.ts";
import { memberAt } from "../ratchet-tree.ts";
import type { LeafNode } from "../structures/index.ts";
import { noSecret } from "./epoch-keys.ts";
import { introductions, makeFlatCommit } from "./make-commit.ts";
import { demandOpen, enterEpoch, pskFinder, type SymbolicMember, withKeys } from "./member.ts";
import { rememberOwn } from "./outcome.ts";
import { protect } from "./protect.ts";
import { symbolicSuite } from "./suite.ts";

/** Commits proposals and starts the next epoch. The member passed in is unchanged. RFC 9420 §12.4.1 */
export function commit(
  stranger: Member,
  options: CommitOptions,
  app: MlsApplication,
  random: RandomSource,
): InLayer<CommitResult> {
  const member = withKeys(stranger);
  demandOpen(member);
  const suite = symbolicSuite(member.groupContext.cipherSuite);
  const plan = planOf(suite, member, options, app);
  const made = makeFlatCommit(suite, plan, random);
  if (options.leafChanges === undefined) rememberOwn(member, made.message, app, made.outcome);
  const sent = protect(member, made.message, options.paddingLength ?? 0, random);
  const { groupContext, tree, confirmationTag, keys } = made;
  const { leafIndex } = member;
  const { signaturePrivateKey } = plan.committer;
  const leafKeys = made.leafKeys ?? member.leafKeys;
  const { reInit } = plan.applied;
  const entry = {
    groupContext,
    tree,
    confirmationTag,
    keys,
    leafIndex,
    signaturePrivateKey,
    leafKeys,
    reInit,
  };
  const state = enterEpoch(entry, member, app);
  const { welcome, groupInfo } = introductions(suite, state, made, plan, options, random);
  return {
    state,
    ifRefused: sent.state,
    message: sent.message,
    welcome,
    groupInfo,
    ratchetTree: tree,
    facts: commitFacts(plan.group.groupContext, made.outcome),
  };
}

function planOf(
  suite: CipherSuite,
  member: SymbolicMember,
  options: CommitOptions,
  app: MlsApplication,
): CommitPlan {
  const authenticatedData = options.authenticatedData ?? noBytes;
  demandSafeAadWhereRequired(member.groupContext.extensions, authenticatedData);
  const sender = { senderType: "member" as const, leafIndex: member.leafIndex };
  const references = options.references ?? pendingReferences(member);
  const proposals = [
    ...references.map((reference) => ({ type: "reference" as const, reference })),
    ...(options.proposals ?? []).map((proposal) => ({ type: "proposal" as const, proposal })),
  ];
  const applied = proposalsOf(suite, member, { proposals }, sender, app);
  const { psks } = applied;
  return {
    group: member,
    sender,
    proposals,
    applied,
    treeBeforePath: applied.tree,
    committer: committerOf(member, applied, options.leafChanges ?? unchanged),
    signaturePrivateKey: member.signaturePrivateKey,
    withPath: applied.pathRequired || options.forcePath === true || options.leafChanges !== undefined,
    initSecret: member.keys.initSecret,
    pskSecret: psks.length === 0 ? noSecret : pskSecret(suite, psks, pskFinder(member, app)),
    wireFormat: options.wireFormat ?? "mls_public_message",
    authenticatedData,
    crafted: options.crafted,
  };
}

/** `committable` looks at what is pending and at the member's leaf index, which both layers' states have. */
function pendingReferences(member: SymbolicMember): Uint8Array[] {
  if (member.pendingProposals.size === 0) return [];
  return committable(member as unknown as MemberState);
}

const unchanged: LeafChanges = {};

function committerOf(
  member: SymbolicMember,
  applied: AppliedProposals,
  changes: LeafChanges,
): CommitPlan["committer"] {
  const { leafIndex } = member;
  const current = memberAt(applied.tree, leafIndex, "unknownSender");
  const leaf: LeafNode =
    changes === unchanged
      ? current
      : {
          ...current,
          credential: changes.credential ?? current.credential,
          capabilities: changes.capabilities ?? current.capabilities,
          extensions: changes.extensions ?? current.extensions,
          signatureKey: changes.signatureKeyPair?.publicKey ?? current.signatureKey,
        };
  const signaturePrivateKey = changes.signatureKeyPair?.privateKey ?? member.signaturePrivateKey;
  return { leafIndex, leaf, signaturePrivateKey };
}
