/** What a member makes of a message (RFC 9420 §6, §12.4.2, §15), in the order of the real layer. */
import { equalBytes, hex, noBytes } from "../../bytes.ts";
import { latestFew } from "../../remembered.ts";
import { type MlsApplication, retentionOf } from "../application.ts";
import type { CommitOutcome, ComputeOutcome } from "../commit-outcome.ts";
import { verifyContent } from "../content-signature.ts";
import type { CipherSuite, KeyPair } from "../crypto/index.ts";
import { demand, present, refuse } from "../errors.ts";
import { type CommitFacts, commitFacts } from "../facts.ts";
import { type GroupView, withPending } from "../group-view.ts";
import { externalInitLabel, externalKeyPair } from "../key-schedule.ts";
import type { InLayer, Member } from "../layer.ts";
import type { OwnUpdate } from "../member.ts";
import { pskSecret } from "../pre-shared-keys.ts";
import { demandSameEpoch, verifiedProposal } from "../public-group.ts";
import { memberAt } from "../ratchet-tree.ts";
import type { Received } from "../receive.ts";
import type { AuthenticatedContent, MLSMessage, PrivateMessage } from "../structures/index.ts";
import { noSecret } from "./epoch-keys.ts";
import { openFlatPath } from "./flat-path.ts";
import { demandOpen, enterEpoch, pskFinder, type SymbolicMember, withKeys } from "./member.ts";

import { nextEpoch } from "./next-epoch.ts";
import { rememberedOutcome } from "./outcome.ts";
import { unprotectPrivate, unprotectPublic } from "./protection.ts";
import { keepForOthers, receiveAlike } from "./receive-alike.ts";
import { isSame } from "./same.ts";
import { unprotectSemiPrivate } from "./semiprivate.ts";
import { symbolicSuite } from "./suite.ts";

/** Processes a message of the member's group. Refuses whatever breaks a rule. */
export function receive(
  stranger: Member,
  message: MLSMessage,
  app: MlsApplication,
  computeOutcome: ComputeOutcome = rememberedOutcome,
): InLayer<Received> {
  const member = withKeys(stranger);
  const alike = receiveAlike(member, message, app, computeOutcome);
  if (alike !== undefined) return alike;
  const suite = symbolicSuite(member.groupContext.cipherSuite);
  if (
    message.wireFormat === "mls_private_message" &&
    message.privateMessage.epoch < member.groupContext.epoch
  ) {
    return receiveLate(suite, member, message.privateMessage, app);
  }
  const opened = unprotect(member, message, app);
  const { content } = opened.message;
  switch (content.contentType) {
    case "application": {
      verifyOnce(suite, member, opened.message);
      const sender =
        content.sender.senderType === "member" ? content.sender.leafIndex : refuse("unknownSender");
      const { applicationData } = content;
      const { credential } = memberAt(member.tree, sender, "unknownSender");
      const { groupContext, tree } = member;
      return {
        kind: "application",
        ...opened,
        sender,
        credential,
        epoch: { groupContext, tree },
        applicationData,
      };
    }
    case "proposal": {
      const pending = verifiedProposal(suite, member, opened.message);
      const pendingProposals = withPending(opened.state.pendingProposals, pending);
      const state = { ...opened.state, pendingProposals };
      return { kind: "proposal", message: opened.message, pending, state };
    }
    case "commit": {
      const { received, outcome } = receiveCommit(suite, opened.state, opened.message, app, computeOutcome);
      if (received.kind === "commit" && message.wireFormat === "mls_public_message") {
        keepForOthers({ handed: message, before: member, app, computeOutcome, received, outcome });
      }
      return received;
    }
  }
}

interface Opened {
  readonly message: AuthenticatedContent;
  readonly state: SymbolicMember;
  readonly generation: number;
}

function unprotect(member: SymbolicMember, message: MLSMessage, app: MlsApplication): Opened {
  switch (message.wireFormat) {
    case "mls_public_message": {
      const { publicMessage } = message;
      demandHere(member, publicMessage.content);
      const opened = unprotectPublic(member.keys.membershipKey, publicMessage);
      return { message: opened, state: member, generation: 0 };
    }
    case "mls_private_message": {
      const { privateMessage } = message;
      demandHere(member, privateMessage);
      const { leafIndex, ratchets, keys, tree } = member;
      const reading = { leafIndex, ratchets, senderDataSecret: keys.senderDataSecret };
      const opened = unprotectPrivate(reading, tree, privateMessage, retentionOf(app));
      const state = { ...member, ratchets: opened.ratchets };
      return { message: opened.message, generation: opened.generation, state };
    }
    case "mls_semiprivate_message": {
      const { semiprivateMessage } = message;
      demandHere(member, semiprivateMessage);
      const { leafIndex, ratchets, keys, tree, groupContext } = member;
      const reading = { leafIndex, ratchets, senderDataSecret: keys.senderDataSecret };
      const suite = symbolicSuite(groupContext.cipherSuite);
      const retention = retentionOf(app);
      const opened = unprotectSemiPrivate(suite, reading, tree, semiprivateMessage, groupContext, retention);
      const state = { ...member, ratchets: opened.ratchets };
      return { message: opened.message, generation: opened.generation, state };
    }
    default:
      return refuse("unexpectedWireFormat", `${message.wireFormat}`);
  }
}

/** `demandSameEpoch`, which words its refusals beforehand, only where there is something to refuse. */
function demandHere(member: SymbolicMember, address: Parameters<typeof demandSameEpoch>[1]): void {
  const { groupId, epoch } = member.groupContext;
  if (address.epoch !== epoch || !isSame(address.groupId, groupId)) demandSameEpoch(member, address);
}

/** Application messages of an epoch that has ended. RFC 9420 §15.3 */
function receiveLate(
  suite: CipherSuite,
  member: SymbolicMember,
  message: PrivateMessage,
  app: MlsApplication,
): InLayer<Received> {
  demand(equalBytes(message.groupId, member.groupContext.groupId), "wrongGroup");
  const { contentType } = message;
  demand(contentType === "application", "wrongEpoch", `a ${contentType} of epoch ${message.epoch}`);
  const kept = member.pastEpochs.find(({ groupContext }) => groupContext.epoch === message.epoch);
  const epoch = present(kept, "epochForgotten", `${message.epoch}`);
  const reading = { ...epoch, leafIndex: member.leafIndex };
  const opened = unprotectPrivate(reading, epoch.tree, message, retentionOf(app));
  const { content } = opened.message;
  verifyOnce(suite, { ...member, groupContext: epoch.groupContext, tree: epoch.tree }, opened.message);
  if (content.contentType !== "application" || content.sender.senderType !== "member") {
    return refuse("malformed", "content of another type than announced");
  }
  const pastEpochs = member.pastEpochs.map((past) =>
    past === epoch ? { ...past, ratchets: opened.ratchets } : past,
  );
  const state: SymbolicMember = { ...member, pastEpochs };
  return {
    kind: "application",
    state,
    message: opened.message,
    sender: content.sender.leafIndex,
    credential: memberAt(epoch.tree, content.sender.leafIndex, "unknownSender").credential,
    epoch: { groupContext: epoch.groupContext, tree: epoch.tree },
    generation: opened.generation,
    applicationData: content.applicationData,
  };
}

type CommitReceived = Extract<InLayer<Received>, { kind: "commit" }> & { readonly state: SymbolicMember };
type Removed = Extract<InLayer<Received>, { kind: "removed" }>;

/** RFC 9420 §12.4.2 */
function receiveCommit(
  suite: CipherSuite,
  member: SymbolicMember,
  message: AuthenticatedContent,
  app: MlsApplication,
  computeOutcome: ComputeOutcome,
): { received: CommitReceived | Removed; outcome: CommitOutcome } {
  demandOpen(member);
  const { sender } = message.content;
  const isOwn = sender.senderType === "member" && sender.leafIndex === member.leafIndex;
  demand(!isOwn, "ownMessage", "a commit of one's own is taken up from the state it came with");
  const outcome = computeOutcome(suite, member, message, app);
  const facts = factsOnce(member, outcome);
  const gone = outcome.applied.removed.some(({ leafIndex }) => leafIndex === member.leafIndex);
  if (gone) return { received: { kind: "removed", state: member, message, facts }, outcome };
  const state = memberAfter(suite, member, message, outcome, app);
  return { received: { kind: "commit", state, message, facts }, outcome };
}

function memberAfter(
  suite: CipherSuite,
  member: SymbolicMember,
  message: AuthenticatedContent,
  outcome: CommitOutcome,
  app: MlsApplication,
): SymbolicMember {
  const { applied, groupContext, tree, path } = outcome;
  const own = committedUpdate(member, outcome);
  const leafKeys = own?.leafKeys ?? member.leafKeys;
  const commitSecret =
    path === undefined ? noSecret : openFlatPath(suite, path, outcome, member.leafIndex, leafKeys.publicKey);
  const init = initSecret(suite, member, applied.externalInit);
  const psk = applied.psks.length === 0 ? noSecret : pskSecret(suite, applied.psks, pskFinder(member, app));
  const { keys, tag } = nextEpoch(outcome, { init, commitSecret, psk });
  demand(isSame(present(message.auth.confirmationTag, "confirmationTag"), tag), "confirmationTag");
  return enterEpoch(
    {
      groupContext,
      tree,
      confirmationTag: tag,
      keys,
      leafIndex: member.leafIndex,
      signaturePrivateKey: own?.signaturePrivateKey ?? member.signaturePrivateKey,
      leafKeys,
      reInit: applied.reInit,
    },
    member,
    app,
  );
}

/** The keys of this member's own Update, where the commit covers it. */
function committedUpdate(
  member: SymbolicMember,
  outcome: CommitOutcome,
): { leafKeys: KeyPair; signaturePrivateKey: Uint8Array } | undefined {
  const own = outcome.applied.updated.find(({ leafIndex }) => leafIndex === member.leafIndex);
  if (own === undefined) return undefined;
  const { encryptionKey: publicKey } = own.leafNode;
  const update: OwnUpdate = present(member.ownUpdates.get(hex(publicKey)), "ownUpdateUnknown");
  const { encryptionPrivateKey: privateKey, signaturePrivateKey } = update;
  return { leafKeys: { privateKey, publicKey }, signaturePrivateKey };
}

/** RFC 9420 §8.3: of an external commit, what its KEM output holds; else the epoch's own. */
function initSecret(
  suite: CipherSuite,
  member: SymbolicMember,
  kemOutput: Uint8Array | undefined,
): Uint8Array {
  if (kemOutput === undefined) return member.keys.initSecret;
  const { privateKey } = externalKeyPair(suite, member.keys);
  const secret = suite.hpke.importSecret(privateKey, kemOutput, noBytes, externalInitLabel, suite.hashLength);
  return present(secret, "externalInit");
}

/** The facts are the same for all who share an outcome. */
function factsOnce(group: GroupView, outcome: CommitOutcome): CommitFacts {
  const known = factsOf.get(outcome);
  if (known !== undefined) return known;
  const facts = commitFacts(group.groupContext, outcome);
  factsOf.set(outcome, facts);
  return facts;
}

const factsOf = latestFew<CommitOutcome, CommitFacts>();

/** A message's signature, verified once for all receivers that are in one and the same epoch. */
function verifyOnce(suite: CipherSuite, group: GroupView, message: AuthenticatedContent): void {
  if (verifiedIn.get(message) === group.groupContext) return;
  verifyContent(suite, group, message);
  verifiedIn.set(message, group.groupContext);
}

const verifiedIn = new WeakMap<AuthenticatedContent, GroupView["groupContext"]>();
