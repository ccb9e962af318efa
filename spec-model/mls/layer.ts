/**
 * What an actor needs of MLS (RFC 9420), so that it can be given either layer: the real one, or the symbolic one that
 * computes the same facts without cryptography (./symbolic). Everything that only reads or writes structures, and
 * everything that takes a CipherSuite (signing, encrypting, naming and validating KeyPackages), serves both.
 */

import type { RandomSource } from "../random.ts";
import type { MlsApplication } from "./application.ts";
import { suiteFor } from "./application.ts";
import type { AppliedProposals } from "./apply-proposals.ts";
import { type CommitOptions, type CommitResult, commit, groupInfo } from "./commit.ts";
import type { ComputeOutcome } from "./commit-outcome.ts";
import { createGroup, type GroupOptions } from "./create-group.ts";
import type { CipherSuite, CipherSuiteId } from "./crypto/index.ts";
import { type ExternalCommitOptions, externalCommit } from "./external-commit.ts";
import { branch, reinitialise, type SuccessorOptions } from "./found-successor.ts";
import { completeGroupInfo, verifyGroupInfo } from "./group-info.ts";
import type { GroupView } from "./group-view.ts";
import { generateKeyPackage, type KeyPackageOptions, type OwnKeyPackage } from "./key-package.ts";
import { type MemberState, pskFinder } from "./member.ts";
import { decryptAsReceiver, epochAuthenticator, exportSecret, safeExportSecret } from "./member-secrets.ts";
import type { FindPsk } from "./pre-shared-keys.ts";
import { previewProposals } from "./preview.ts";
import {
  encryptApplication,
  type LeafChanges,
  type OutsideProposer,
  propose,
  proposeExternally,
  proposeUpdate,
  type SentMessage,
  type SentProposal,
} from "./propose.ts";
import { type Followed, followContent, followHandshake, startPublicGroup } from "./public-group.ts";
import type { RatchetTree } from "./ratchet-tree.ts";
import { type Received, receive } from "./receive.ts";
import type { SendOptions } from "./send.ts";
import type {
  AuthenticatedContent,
  Extension,
  ExternalReceiver,
  GroupContext,
  GroupInfo,
  MLSMessage,
  PartialGroupInfo,
  Proposal,
  ProposalOrRef,
  ReInit,
  SemiPrivateMessage,
  Sender,
  Welcome,
} from "./structures/index.ts";
import { type Joined, type JoinOptions, joinByWelcome } from "./welcome.ts";

/** A member's state as far as actors may look into it; the rest is the layer's. Plain data, never changed in place. */
export interface Member extends GroupView {
  readonly leafIndex: number;
  /** Set once a ReInit has closed the group. RFC 9420 §11.2 */
  readonly reInit?: ReInit | undefined;
}

/** A result with the states in it seen from outside the layer. */
export type InLayer<T> = T extends unknown
  ? { readonly [K in keyof T]: T[K] extends MemberState ? Member : T[K] }
  : never;

export interface MlsLayer {
  readonly name: "real" | "symbolic";
  /** What the layer makes of an application: the same, where nothing about it differs. */
  asked(app: MlsApplication): MlsApplication;

  /** The suite for everything that is not about a group. Refuses an unknown number (`unsupportedCipherSuite`). */
  suite(number: number): CipherSuite;
  generateKeyPackage(
    cipherSuiteId: CipherSuiteId,
    options: KeyPackageOptions,
    app: MlsApplication,
    random: RandomSource,
  ): OwnKeyPackage;

  // Becoming a member: RFC 9420 §11, §12.4.3
  createGroup(options: GroupOptions, app: MlsApplication, random: RandomSource): Member;
  joinByWelcome(
    welcome: Welcome,
    options: Omit<JoinOptions, "previous"> & { readonly previous?: Member },
    app: MlsApplication,
  ): InLayer<Joined>;
  externalCommit(
    options: ExternalCommitOptions,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<Omit<CommitResult, "ifRefused" | "welcome">>;

  // Founding a group that follows another: RFC 9420 §11.2, §11.3
  reinitialise(
    previous: Member,
    options: SuccessorOptions,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<CommitResult>;
  /** Finds the resumption PSKs of a member's group, for the first commit of one that follows it. RFC 9420 §8.6 */
  pskFinder(previous: Member, app: MlsApplication): FindPsk;
  branch(
    previous: Member,
    groupId: Uint8Array,
    options: SuccessorOptions,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<CommitResult>;

  // Sending as a member: RFC 9420 §12.1, §12.4.1, §15
  propose(
    member: Member,
    proposal: Proposal,
    options: SendOptions,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<SentProposal>;
  proposeUpdate(
    member: Member,
    changes: LeafChanges,
    options: SendOptions,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<SentProposal>;
  commit(
    member: Member,
    options: CommitOptions,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<CommitResult>;
  encryptApplication(
    member: Member,
    applicationData: Uint8Array,
    options: Omit<SendOptions, "wireFormat">,
    app: MlsApplication,
    random: RandomSource,
  ): InLayer<SentMessage>;

  // Receiving as a member: RFC 9420 §6, §12.4.2
  receive(
    member: Member,
    message: MLSMessage,
    app: MlsApplication,
    computeOutcome?: ComputeOutcome,
  ): InLayer<Received>;

  // What a member derives or says of its epoch: RFC 9420 §8.5, §8.7, §12.4.3; mls-extensions §4.4
  epochAuthenticator(member: Member): Uint8Array;
  exportSecret(
    member: Member,
    label: string,
    context: Uint8Array,
    length: number,
    app: MlsApplication,
  ): Uint8Array;
  safeExportSecret(
    member: Member,
    componentId: number,
    app: MlsApplication,
  ): { state: Member; secret: Uint8Array };
  groupInfo(member: Member, app: MlsApplication, extensions?: readonly Extension[]): GroupInfo;

  // Outside the group: RFC 9420 §12.1.8, §12.4.3; ratchet-tree-options-03 §4
  startPublicGroup(
    groupInfo: GroupInfo,
    ratchetTree: RatchetTree | undefined,
    app: MlsApplication,
  ): GroupView;
  followHandshake(
    group: GroupView,
    message: MLSMessage,
    app: MlsApplication,
    computeOutcome?: ComputeOutcome,
  ): Followed;
  /** The same for content that came in another way, e.g. out of a SemiPrivateMessage. */
  followContent(
    group: GroupView,
    content: AuthenticatedContent,
    app: MlsApplication,
    computeOutcome?: ComputeOutcome,
  ): Followed;
  /** The content of a SemiPrivateMessage for one external receiver. semiprivatemessage-07 §4.3 */
  decryptAsReceiver(
    receiver: { readonly receiver: ExternalReceiver; readonly privateKey: Uint8Array },
    message: SemiPrivateMessage,
    context: GroupContext,
    app: MlsApplication,
  ): AuthenticatedContent;
  previewProposals(
    group: GroupView,
    proposals: ProposalOrRef[],
    committer: Sender,
    app: MlsApplication,
  ): AppliedProposals;
  proposeExternally(
    context: GroupContext,
    proposer: OutsideProposer,
    proposal: Proposal,
    app: MlsApplication,
    authenticatedData?: Uint8Array,
  ): MLSMessage;
  verifyGroupInfo(groupInfo: GroupInfo, tree: RatchetTree): void;
  completeGroupInfo(group: GroupView, signer: number, partial: PartialGroupInfo): GroupInfo;
}

/** MLS with its cryptography. */
export const realMls: MlsLayer = {
  name: "real",
  suite: (number) => suiteFor({}, number),
  generateKeyPackage,
  createGroup,
  joinByWelcome: (welcome, { previous, ...options }, app) =>
    joinByWelcome(welcome, { ...options, ...(previous && { previous: withSecrets(previous) }) }, app),
  externalCommit,
  reinitialise: (previous, ...rest) => reinitialise(withSecrets(previous), ...rest),
  branch: (previous, ...rest) => branch(withSecrets(previous), ...rest),
  pskFinder: (previous, app) => pskFinder(withSecrets(previous), app),
  propose: (member, ...rest) => propose(withSecrets(member), ...rest),
  proposeUpdate: (member, ...rest) => proposeUpdate(withSecrets(member), ...rest),
  commit: (member, ...rest) => commit(withSecrets(member), ...rest),
  encryptApplication: (member, ...rest) => encryptApplication(withSecrets(member), ...rest),
  receive: (member, ...rest) => receive(withSecrets(member), ...rest),
  asked: (app) => app,
  epochAuthenticator: (member) => epochAuthenticator(withSecrets(member)),
  exportSecret: (member, ...rest) => exportSecret(withSecrets(member), ...rest),
  safeExportSecret: (member, ...rest) => safeExportSecret(withSecrets(member), ...rest),
  groupInfo: (member, ...rest) => groupInfo(withSecrets(member), ...rest),
  startPublicGroup,
  followHandshake,
  followContent: (group, content, app, computeOutcome) =>
    followContent(suiteFor(app, group.groupContext.cipherSuite), group, content, app, computeOutcome),
  decryptAsReceiver,
  previewProposals,
  proposeExternally,
  verifyGroupInfo: (info, tree) => verifyGroupInfo(suiteFor({}, info.groupContext.cipherSuite), info, tree),
  completeGroupInfo: (group, ...rest) =>
    completeGroupInfo(suiteFor({}, group.groupContext.cipherSuite), group, ...rest),
};

/** The state with all that the real layer keeps in it. Throws TypeError for a state of another layer. */
/** A member of a group with real MLS: with the symbolic layer there are no secrets. */
export function withSecrets(member: Member): MemberState {
  if ("secretTree" in member) return member as MemberState;
  throw new TypeError("a member of another MLS layer");
}
