/** MLS (RFC 9420) with the extensions that MIMI uses: state in, state out, nothing hidden. */
export { type Acknowledged, appAck, appAcksLeftOut } from "./app-acks.ts";
export { componentData, dictionaryExtension, dictionaryOf, safeAad, safeAadItems } from "./app-data.ts";
export {
  type ComponentLogic,
  type EphemeralLogic,
  type MlsApplication,
  type Refusal,
  type Retention,
  suiteFor,
} from "./application.ts";
export type { AddedMember, AppliedProposals, RemovedMember, UpdatedMember } from "./apply-proposals.ts";
export { type CommitOptions, type CommitResult, commit, groupInfo } from "./commit.ts";
export type { CommitOutcome, ComputeOutcome } from "./commit-outcome.ts";
export {
  frameContent,
  lackingMediaTypes,
  mediaTypesData,
  mediaTypesIn,
  unframeContent,
} from "./content-advertisement.ts";
export { createGroup, type GroupOptions } from "./create-group.ts";
export {
  type CipherSuite,
  type CipherSuiteId,
  cipherSuite,
  cipherSuiteIds,
  type KeyPair,
  type ProviderName,
} from "./crypto/index.ts";
export { MlsError } from "./errors.ts";
export { extensionData, externalSenders, requiredCapabilities, requiredWireFormats } from "./extensions.ts";
export { type ExternalCommitOptions, externalCommit } from "./external-commit.ts";
export type { CommitFacts } from "./facts.ts";
export { branch, linkTo, reinitialise, type SuccessorOptions } from "./found-successor.ts";
export {
  completeGroupInfo,
  decodeRatchetTree,
  encodeRatchetTree,
  partialGroupInfo,
  ratchetTreeExtension,
  verifyGroupInfo,
} from "./group-info.ts";
export type { GroupView, PendingProposal } from "./group-view.ts";
export * from "./intermediate.ts";
export {
  generateKeyPackage,
  type KeyPackageOptions,
  keyPackageRef,
  type OwnKeyPackage,
  validateKeyPackage,
} from "./key-package.ts";
export { decryptWithLabel, encryptWithLabel, signWithLabel, verifyWithLabel } from "./labelled.ts";
export { type Member, type MlsLayer, realMls } from "./layer.ts";
export type { MemberState } from "./member.ts";
export { decryptAsReceiver, epochAuthenticator, exportSecret, safeExportSecret } from "./member-secrets.ts";
export {
  bindCredential,
  type MultiCredentialProblem,
  multiCredential,
  multiCredentialProblem,
  multiCredentialTypes,
} from "./multi-credential.ts";
export { committable } from "./pending.ts";
export { previewProposals } from "./preview.ts";
export type { CommittedProposal } from "./proposal-list.ts";
export {
  encryptApplication,
  type LeafChanges,
  type OutsideProposer,
  propose,
  proposeExternally,
  proposeUpdate,
  type SentMessage,
  type SentProposal,
} from "./propose.ts";
export {
  type Followed,
  followContent,
  followHandshake,
  startPublicGroup,
  type Unverified,
} from "./public-group.ts";
export { publicContent } from "./public-message.ts";
export {
  fromRatchetTreeExtension,
  leafAt,
  members,
  type RatchetTree,
  toRatchetTreeExtension,
} from "./ratchet-tree.ts";
export { type Received, receive } from "./receive.ts";
export { rememberingOutcomes } from "./remembering-outcomes.ts";
export { type MlsErrorCode, mlsRules } from "./rules.ts";
export {
  type ComponentOperation,
  componentLabel,
  safeDecrypt,
  safeEncrypt,
  safeSign,
  safeVerify,
} from "./safe-application.ts";
export { externalReceivers, knownProposalIn } from "./semiprivate-message.ts";
export type { HandshakeFormat, SendOptions } from "./send.ts";
export { sharingOutcomes } from "./sharing-outcomes.ts";
export * from "./structures/index.ts";
export { demandAnnounced } from "./successor-group.ts";
export { type TreeSources, treeOptionProblem, treeSourceDomains } from "./tree-location.ts";
export { type Joined, type JoinOptions, joinByWelcome } from "./welcome.ts";
