/** A member's commit (RFC 9420 §12.4.1). */
import { noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { demandSafeAadWhereRequired } from "./app-data.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import type { AppliedProposals } from "./apply-proposals.ts";
import { proposalsOf } from "./commit-outcome.ts";
import type { Crafted } from "./crafted.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { type CommitFacts, commitFacts } from "./facts.ts";
import { externalPubExtension, ratchetTreeExtension, signGroupInfo } from "./group-info.ts";
import { externalKeyPair } from "./key-schedule.ts";
import { type CommitPlan, type MadeCommit, makeCommit } from "./make-commit.ts";
import { makeWelcome } from "./make-welcome.ts";
import { demandOpen, enterEpoch, type MemberState, pskFinder } from "./member.ts";
import { committable } from "./pending.ts";
import { pskSecret } from "./pre-shared-keys.ts";
import type { LeafChanges } from "./propose.ts";
import { memberAt, type RatchetTree } from "./ratchet-tree.ts";
import { protect, type SendOptions } from "./send.ts";
import type { Extension, GroupInfo, LeafNode, MLSMessage, Proposal, Welcome } from "./structures/index.ts";

export interface CommitOptions extends SendOptions {
  /** Proposals of the committer that travel in the commit, after those by reference. */
  readonly proposals?: readonly Proposal[];
  /** References of pending proposals. Default: all that can stand together (`committable`). */
  readonly references?: readonly Uint8Array[];
  /** A path even where the proposals do not require one. */
  readonly forcePath?: boolean;
  /** What the path changes of the committer's leaf besides its keys; implies a path. */
  readonly leafChanges?: LeafChanges;
  /** Besides external_pub. */
  readonly groupInfoExtensions?: readonly Extension[];
  /** Whether the Welcome carries the ratchet tree. Default: true. */
  readonly treeInWelcome?: boolean;
  /** Where the committer is dishonest. */
  readonly crafted?: Crafted;
}

export interface CommitResult {
  /** The committer in the next epoch: to be taken up when the commit has been accepted. */
  readonly state: MemberState;
  /** The committer in the current epoch, having sent the commit: to go on with where it is refused. */
  readonly ifRefused: MemberState;
  readonly message: MLSMessage;
  /** For the clients that the commit adds. */
  readonly welcome: Welcome | undefined;
  /** Of the next epoch: signed, with external_pub, without the ratchet tree. */
  readonly groupInfo: GroupInfo;
  readonly ratchetTree: RatchetTree;
  readonly facts: CommitFacts;
}

/** Commits proposals and starts the next epoch. The member passed in is unchanged. RFC 9420 §12.4.1 */
export function commit(
  member: MemberState,
  options: CommitOptions,
  app: MlsApplication,
  random: RandomSource,
): CommitResult {
  demandOpen(member);
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const plan = planOf(suite, member, options, app);
  const made = makeCommit(suite, plan, random);
  const sent = protect(suite, member, made.message, options.paddingLength ?? 0, random);
  const state = committerAfter(member, plan, made, options, app);
  const { welcome, groupInfo } = introductions(suite, state, made, plan, options, random);
  return {
    state,
    ifRefused: sent.state,
    message: sent.message,
    welcome,
    groupInfo,
    ratchetTree: made.tree,
    facts: factsOf(plan, made),
  };
}

/** What a commit that its own maker has made says. */
export function factsOf(plan: CommitPlan, made: MadeCommit): CommitFacts {
  return commitFacts(plan.group.groupContext, {
    applied: plan.applied,
    committer: plan.committer.leafIndex,
    external: plan.sender.senderType === "new_member_commit",
    path: made.path?.path,
    treeBeforePath: plan.treeBeforePath,
    tree: made.tree,
    provisional: made.groupContext,
    groupContext: made.groupContext,
  });
}

/** The GroupInfo of a new epoch, and the Welcome where there is somebody to welcome. */
export function introductions(
  suite: CipherSuite,
  state: MemberState,
  made: MadeCommit,
  plan: Pick<CommitPlan, "applied" | "pskSecret">,
  options: Pick<CommitOptions, "groupInfoExtensions" | "treeInWelcome">,
  random: RandomSource,
): { groupInfo: GroupInfo; welcome: Welcome | undefined } {
  const groupInfo = groupInfoOf(suite, state, options.groupInfoExtensions ?? []);
  const { added, psks } = plan.applied;
  if (added.length === 0) return { groupInfo, welcome: undefined };
  const withTree = [...(options.groupInfoExtensions ?? []), ratchetTreeExtension(made.tree)];
  const inside = options.treeInWelcome === false ? groupInfo : groupInfoOf(suite, state, withTree);
  const secrets = { ids: psks, secret: plan.pskSecret };
  return { groupInfo, welcome: makeWelcome(suite, made, added, inside, secrets, random) };
}

/** A member's GroupInfo of its epoch, with external_pub first. */
function groupInfoOf(suite: CipherSuite, member: MemberState, extensions: readonly Extension[]): GroupInfo {
  const { publicKey } = externalKeyPair(suite, member.secrets);
  return signGroupInfo(suite, member, member, [externalPubExtension(publicKey), ...extensions]);
}

/** A member's GroupInfo of its epoch: signed, with external_pub and any other extensions. RFC 9420 §12.4.3 */
export function groupInfo(
  member: MemberState,
  app: MlsApplication,
  extensions: readonly Extension[] = [],
): GroupInfo {
  return groupInfoOf(suiteFor(app, member.groupContext.cipherSuite), member, extensions);
}

function planOf(
  suite: CipherSuite,
  member: MemberState,
  options: CommitOptions,
  app: MlsApplication,
): CommitPlan {
  const authenticatedData = options.authenticatedData ?? noBytes;
  demandSafeAadWhereRequired(member.groupContext.extensions, authenticatedData);
  const sender = { senderType: "member" as const, leafIndex: member.leafIndex };
  const references = options.references ?? committable(member);
  const proposals = [
    ...references.map((reference) => ({ type: "reference" as const, reference })),
    ...(options.proposals ?? []).map((proposal) => ({ type: "proposal" as const, proposal })),
  ];
  const applied = proposalsOf(suite, member, { proposals }, sender, app);
  const withPath = applied.pathRequired || options.forcePath === true || options.leafChanges !== undefined;
  return {
    group: member,
    sender,
    proposals,
    applied,
    treeBeforePath: applied.tree,
    committer: committerOf(member, applied, options.leafChanges ?? {}),
    signaturePrivateKey: member.signaturePrivateKey,
    withPath,
    initSecret: member.secrets.initSecret,
    pskSecret: pskSecret(suite, applied.psks, pskFinder(member, app)),
    wireFormat: options.wireFormat ?? "mls_public_message",
    authenticatedData,
    crafted: options.crafted,
  };
}

function committerOf(member: MemberState, applied: AppliedProposals, changes: LeafChanges) {
  const current = memberAt(applied.tree, member.leafIndex, "unknownSender");
  const leaf: LeafNode = {
    ...current,
    credential: changes.credential ?? current.credential,
    capabilities: changes.capabilities ?? current.capabilities,
    extensions: changes.extensions ?? current.extensions,
    signatureKey: changes.signatureKeyPair?.publicKey ?? current.signatureKey,
  };
  const signaturePrivateKey = changes.signatureKeyPair?.privateKey ?? member.signaturePrivateKey;
  return { leafIndex: member.leafIndex, leaf, signaturePrivateKey };
}

function committerAfter(
  member: MemberState,
  plan: CommitPlan,
  made: MadeCommit,
  options: CommitOptions,
  app: MlsApplication,
): MemberState {
  const { groupContext, tree, confirmationTag, secrets } = made;
  return enterEpoch(
    {
      groupContext,
      tree,
      confirmationTag,
      secrets,
      leafIndex: member.leafIndex,
      signaturePrivateKey: options.leafChanges?.signatureKeyPair?.privateKey ?? member.signaturePrivateKey,
      privateKeys: new Map([...member.privateKeys, ...(made.path?.privateKeys ?? [])]),
      reInit: plan.applied.reInit,
    },
    member,
    app,
  );
}
