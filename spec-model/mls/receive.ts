/** What a member makes of a message: application data, a proposal that waits, or the next epoch (RFC 9420 §6, §12.4.2, §15). */

import { hex, noBytes } from "../bytes.ts";
import { type MlsApplication, retentionOf, suiteFor } from "./application.ts";
import { type CommitOutcome, type ComputeOutcome, commitOutcome } from "./commit-outcome.ts";
import { verifyContent } from "./content-signature.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present, refuse } from "./errors.ts";
import { type CommitFacts, commitFacts } from "./facts.ts";
import type { GroupView } from "./group-view.ts";
import { type PendingProposal, withPending } from "./group-view.ts";
import {
  confirmationTag,
  epochSecretsAfter,
  externalInitLabel,
  externalKeyPair,
  joinerSecret,
  zeroSecret,
} from "./key-schedule.ts";
import {
  demandOpen,
  enterEpoch,
  keysInUse,
  type MemberState,
  messageKeys,
  type OwnUpdate,
  pskFinder,
} from "./member.ts";
import { type OpenedPath, openPath } from "./open-path.ts";
import { pskSecret } from "./pre-shared-keys.ts";
import { unprotectPrivate } from "./private-message.ts";
import { demandSameEpoch, verifiedProposal } from "./public-group.ts";
import { unprotectPublic } from "./public-message.ts";
import { memberAt } from "./ratchet-tree.ts";
import { receiveLate } from "./receive-late.ts";
import { unprotectSemiPrivate } from "./semiprivate-message.ts";
import type { AuthenticatedContent, Credential, MLSMessage } from "./structures/index.ts";

/** In each case `state` is the member afterwards and `message` the message without its protection. */
export type Received =
  | {
      readonly kind: "application";
      readonly state: MemberState;
      readonly message: AuthenticatedContent;
      /** The sender's leaf index, in the message's epoch. */
      readonly sender: number;
      /** The sender's in the message's epoch: by now the leaf may be somebody else's. */
      readonly credential: Credential;
      /** The group in the message's epoch: by now another policy may be in force. */
      readonly epoch: Pick<GroupView, "groupContext" | "tree">;
      readonly generation: number;
      readonly applicationData: Uint8Array;
    }
  | {
      readonly kind: "proposal";
      readonly state: MemberState;
      readonly message: AuthenticatedContent;
      readonly pending: PendingProposal;
    }
  | {
      readonly kind: "commit";
      readonly state: MemberState;
      readonly message: AuthenticatedContent;
      readonly facts: CommitFacts;
    }
  /** The commit removes this member: the state stays that of its last epoch. */
  | {
      readonly kind: "removed";
      readonly state: MemberState;
      readonly message: AuthenticatedContent;
      readonly facts: CommitFacts;
    };

/** Processes a message of the member's group in any of the three formats. Refuses whatever breaks a rule. */
export function receive(
  member: MemberState,
  message: MLSMessage,
  app: MlsApplication,
  computeOutcome: ComputeOutcome = commitOutcome,
): Received {
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  if (
    message.wireFormat === "mls_private_message" &&
    message.privateMessage.epoch < member.groupContext.epoch
  ) {
    return receiveLate(suite, member, message.privateMessage, app);
  }
  const opened = unprotect(suite, member, message, app);
  const { content } = opened.message;
  switch (content.contentType) {
    case "application": {
      verifyContent(suite, member, opened.message);
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
      return {
        kind: "proposal",
        message: opened.message,
        pending,
        state: { ...opened.state, pendingProposals },
      };
    }
    case "commit":
      return receiveCommit(suite, opened.state, opened.message, app, computeOutcome);
  }
}

interface Opened {
  readonly message: AuthenticatedContent;
  readonly state: MemberState;
  readonly generation: number;
}

function unprotect(
  suite: CipherSuite,
  member: MemberState,
  message: MLSMessage,
  app: MlsApplication,
): Opened {
  const { groupContext, tree, secrets } = member;
  const retention = retentionOf(app);
  switch (message.wireFormat) {
    case "mls_public_message": {
      const { publicMessage } = message;
      demandSameEpoch(member, publicMessage.content);
      const opened = unprotectPublic(suite, secrets.membershipKey, publicMessage, groupContext);
      return { message: opened, state: member, generation: 0 };
    }
    case "mls_private_message": {
      demandSameEpoch(member, message.privateMessage);
      const opened = unprotectPrivate(suite, messageKeys(member), tree, message.privateMessage, retention);
      return { ...opened, state: { ...member, secretTree: opened.secretTree } };
    }
    case "mls_semiprivate_message": {
      const { semiprivateMessage } = message;
      demandSameEpoch(member, semiprivateMessage);
      const keys = messageKeys(member);
      const opened = unprotectSemiPrivate(suite, keys, tree, semiprivateMessage, groupContext, retention);
      return { ...opened, state: { ...member, secretTree: opened.secretTree } };
    }
    default:
      return refuse("unexpectedWireFormat", `${message.wireFormat}`);
  }
}

/** RFC 9420 §12.4.2 */
function receiveCommit(
  suite: CipherSuite,
  member: MemberState,
  message: AuthenticatedContent,
  app: MlsApplication,
  computeOutcome: ComputeOutcome,
): Received {
  demandOpen(member);
  const { sender } = message.content;
  const isOwn = sender.senderType === "member" && sender.leafIndex === member.leafIndex;
  demand(!isOwn, "ownMessage", "a commit of one's own is taken up from the state it came with");
  const outcome = computeOutcome(suite, member, message, app);
  const facts = commitFacts(member.groupContext, outcome);
  const gone = outcome.applied.removed.some(({ leafIndex }) => leafIndex === member.leafIndex);
  if (gone) return { kind: "removed", state: member, message, facts };
  return { kind: "commit", state: memberAfter(suite, member, message, outcome, app), message, facts };
}

function memberAfter(
  suite: CipherSuite,
  member: MemberState,
  message: AuthenticatedContent,
  outcome: CommitOutcome,
  app: MlsApplication,
): MemberState {
  const { applied, groupContext, tree } = outcome;
  const ownUpdate = committedUpdate(member, outcome);
  const keys = ownUpdate
    ? new Map([[2 * member.leafIndex, ownUpdate.encryptionPrivateKey]])
    : member.privateKeys;
  const opened = openCommitPath(suite, member, outcome, keys);
  const init = initSecret(suite, member, applied.externalInit);
  const psk = pskSecret(suite, applied.psks, pskFinder(member, app));
  const joiner = joinerSecret(suite, init, opened?.commitSecret ?? zeroSecret(suite), groupContext);
  const secrets = epochSecretsAfter(suite, joiner, psk, groupContext);
  const tag = confirmationTag(suite, secrets, groupContext.confirmedTranscriptHash);
  demand(suite.sameDigest(present(message.auth.confirmationTag, "confirmationTag"), tag), "confirmationTag");
  const privateKeys = new Map(keys);
  for (const [node, key] of opened?.privateKeys ?? []) privateKeys.set(node, key);
  return enterEpoch(
    {
      groupContext,
      tree,
      confirmationTag: tag,
      secrets,
      leafIndex: member.leafIndex,
      signaturePrivateKey: ownUpdate?.signaturePrivateKey ?? member.signaturePrivateKey,
      privateKeys,
      reInit: applied.reInit,
    },
    member,
    app,
  );
}

/** The private keys of this member's own Update, where the commit covers it. */
function committedUpdate(member: MemberState, outcome: CommitOutcome): OwnUpdate | undefined {
  const own = outcome.applied.updated.find(({ leafIndex }) => leafIndex === member.leafIndex);
  if (own === undefined) return undefined;
  return present(member.ownUpdates.get(hex(own.leafNode.encryptionKey)), "ownUpdateUnknown");
}

function openCommitPath(
  suite: CipherSuite,
  member: MemberState,
  outcome: CommitOutcome,
  keys: MemberState["privateKeys"],
): OpenedPath | undefined {
  const { path, committer, treeBeforePath, tree, applied, provisional } = outcome;
  if (path === undefined) return undefined;
  const added = new Set(applied.added.map(({ leafIndex }) => leafIndex));
  const toOpen = { path, committer, treeBefore: treeBeforePath, treeAfter: tree, added, provisional };
  return openPath(suite, toOpen, member.leafIndex, keysInUse(keys, treeBeforePath));
}

/** RFC 9420 §8.3: of an external commit, what its KEM output holds; else the epoch's own. */
function initSecret(suite: CipherSuite, member: MemberState, kemOutput: Uint8Array | undefined): Uint8Array {
  if (kemOutput === undefined) return member.secrets.initSecret;
  const { privateKey } = externalKeyPair(suite, member.secrets);
  const { hashLength } = suite;
  const secret = suite.hpke.importSecret(privateKey, kemOutput, noBytes, externalInitLabel, hashLength);
  return present(secret, "externalInit");
}
