/**
 * A member after a handshake of its own, from the message as it was sent and what was drawn for it (RFC 9420 §7.4, §8.3
 * and §12.4): for whoever has kept these and not the state that they led to.
 */
import { equalBytes } from "../bytes.ts";
import { type MlsApplication, retentionOf, suiteFor } from "./application.ts";
import { type CommitOutcome, commitOutcome } from "./commit-outcome.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present, refuse } from "./errors.ts";
import { type ExternalCommitOptions, groupWithSelfRemoves } from "./external-commit.ts";
import { type GroupView, withPending } from "./group-view.ts";
import { confirmationTag, epochSecretsAfter, joinerSecret, zeroSecret } from "./key-schedule.ts";
import { type Member, withSecrets } from "./layer.ts";
import { enterEpoch, type MemberState, messageKeys, pskFinder } from "./member.ts";
import { climb, type OpenedPath } from "./open-path.ts";
import { nextPathSecret, nodeKeyPair } from "./path-secrets.ts";
import { pskSecret } from "./pre-shared-keys.ts";
import { demandSameEpoch, verifiedProposal } from "./public-group.ts";
import { publicContent, unprotectPublic } from "./public-message.ts";
import { filteredDirectPath } from "./ratchet-tree.ts";
import { reopenSemiPrivate } from "./semiprivate-message.ts";
import type { AuthenticatedContent, MLSMessage } from "./structures/index.ts";

/** The secret that a path begins with, its committer's leaf key comes from it; undefined where there is no path. */
type PathSecret = Uint8Array | undefined;

/** The member in the epoch that its commit begins. Refuses a commit or a secret that does not fit. RFC 9420 §12.4.2 */
export function resumeCommit(
  publicly: Member,
  message: MLSMessage,
  pathSecret: PathSecret,
  app: MlsApplication,
): MemberState {
  const member = withSecrets(publicly);
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const { initSecret } = member.secrets;
  const { message: opened } = ownHandshake(suite, member, message, app);
  return entered(suite, member, opened, { pathSecret, initSecret }, member, app);
}

/** The member with a proposal that it has sent. Refuses what is none of its own. RFC 9420 §12.1 */
export function resumeProposal(publicly: Member, message: MLSMessage, app: MlsApplication): MemberState {
  const member = withSecrets(publicly);
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const opened = ownHandshake(suite, member, message, app);
  const pending = verifiedProposal(suite, member, opened.message);
  const { state } = opened;
  return { ...state, pendingProposals: withPending(state.pendingProposals, pending) };
}

/** The content of a member's own handshake, and the member with its key used up. */
function ownHandshake(
  suite: CipherSuite,
  member: MemberState,
  message: MLSMessage,
  app: MlsApplication,
): { readonly message: AuthenticatedContent; readonly state: MemberState } {
  const { groupContext, secrets } = member;
  switch (message.wireFormat) {
    case "mls_public_message": {
      demandSameEpoch(member, message.publicMessage.content);
      const opened = unprotectPublic(suite, secrets.membershipKey, message.publicMessage, groupContext);
      return { message: opened, state: member };
    }
    case "mls_semiprivate_message": {
      const { semiprivateMessage } = message;
      demandSameEpoch(member, semiprivateMessage);
      const keys = messageKeys(member);
      const opened = reopenSemiPrivate(suite, keys, semiprivateMessage, groupContext, retentionOf(app));
      return { message: opened.message, state: { ...member, secretTree: opened.secretTree } };
    }
    default:
      return refuse("unexpectedWireFormat", `${message.wireFormat}`);
  }
}

/** What a client brings to an external commit that it has sent. */
export interface SentExternalCommit
  extends Pick<ExternalCommitOptions, "groupInfo" | "ratchetTree" | "selfRemoves"> {
  readonly message: MLSMessage;
  readonly pathSecret: Uint8Array;
  /** What the KEM output in the commit holds. */
  readonly initSecret: Uint8Array;
  readonly signaturePrivateKey: Uint8Array;
}

/** The client in the epoch that its external commit begins. RFC 9420 §12.4.3.2 */
export function resumeExternalCommit(sent: SentExternalCommit, app: MlsApplication): MemberState {
  const { message, signaturePrivateKey } = sent;
  const suite = suiteFor(app, sent.groupInfo.groupContext.cipherSuite);
  if (message.wireFormat !== "mls_public_message")
    return refuse("unexpectedWireFormat", `${message.wireFormat}`);
  const group = groupWithSelfRemoves(suite, sent, app);
  const opened = publicContent(message.publicMessage);
  return entered(suite, group, opened, sent, { signaturePrivateKey }, app);
}

function entered(
  suite: CipherSuite,
  group: GroupView,
  message: AuthenticatedContent,
  drawn: { readonly pathSecret: PathSecret; readonly initSecret: Uint8Array },
  before: MemberState | Pick<MemberState, "signaturePrivateKey">,
  app: MlsApplication,
): MemberState {
  const outcome = commitOutcome(suite, group, message, app);
  const { applied, groupContext, tree, committer } = outcome;
  const member = "secrets" in before ? before : undefined;
  const path = ownPath(suite, outcome, drawn.pathSecret);
  const psk = pskSecret(suite, applied.psks, pskFinder(member, app));
  const joiner = joinerSecret(suite, drawn.initSecret, path?.commitSecret ?? zeroSecret(suite), groupContext);
  const secrets = epochSecretsAfter(suite, joiner, psk, groupContext);
  const tag = confirmationTag(suite, secrets, groupContext.confirmedTranscriptHash);
  demand(suite.sameDigest(present(message.auth.confirmationTag, "confirmationTag"), tag), "confirmationTag");
  return enterEpoch(
    {
      groupContext,
      tree,
      confirmationTag: tag,
      secrets,
      leafIndex: committer,
      signaturePrivateKey: before.signaturePrivateKey,
      privateKeys: new Map([...(member?.privateKeys ?? []), ...(path?.privateKeys ?? [])]),
      reInit: applied.reInit,
    },
    member,
    app,
  );
}

/** The private keys of leaf and path, each of which has to fit its public key in the commit. RFC 9420 §7.4 */
function ownPath(suite: CipherSuite, outcome: CommitOutcome, secret: PathSecret): OpenedPath | undefined {
  const { path, treeBeforePath, tree, committer } = outcome;
  if (path === undefined) return undefined;
  const pathSecret = present(secret, "pathDecryption", "no path secret");
  const leaf = nodeKeyPair(suite, pathSecret);
  demand(equalBytes(leaf.publicKey, path.leafNode.encryptionKey), "pathKeyMismatch", "the committer's leaf");
  const nodes = filteredDirectPath(treeBeforePath, committer).map(({ node }) => node);
  const { privateKeys, commitSecret } = climb(suite, nodes, nextPathSecret(suite, pathSecret), tree);
  return { privateKeys: new Map([[2 * committer, leaf.privateKey], ...privateKeys]), commitSecret };
}
