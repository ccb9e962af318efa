/** The steps between an epoch's secrets and what travels: for test vectors, which show every intermediate value. */
export { applyAppDataUpdates } from "./app-data.ts";
export { defaultRetention } from "./application.ts";
export {
  contentPlaintext,
  guardedNonce,
  headOf,
  openSenderData,
  sealSenderData,
} from "./content-encryption.ts";
export { contentToBeSigned, signContent, verifyContent } from "./content-signature.ts";
export { nodePrimitives, type Provider } from "./crypto/index.ts";
export { exporterTreeOf, exportFrom, safeExportFrom } from "./exporter.ts";
export { externalPubOf } from "./group-info.ts";
export { proposalRef } from "./group-view.ts";
export { validateForGroup } from "./key-package.ts";
export { epochSecretsOf, externalInitLabel, welcomeKeys, welcomeSecret } from "./key-schedule.ts";
export { expandWithLabel, type Label } from "./labelled.ts";
export { groupDemands, signLeaf } from "./leaf-node.ts";
export { messageKeys } from "./member.ts";
export { pathHashes } from "./merge-path.ts";
export {
  resumeCommit,
  resumeExternalCommit,
  resumeProposal,
  type SentExternalCommit,
} from "./own-commit.ts";
export { type CreatedGroup, resumeGroup } from "./own-group.ts";
export { nodeKeyPair } from "./path-secrets.ts";
export { pskSecret } from "./pre-shared-keys.ts";
export { addLeaf, blankAbove, filteredDirectPath, type PathStep, updateLeaf } from "./ratchet-tree.ts";
export { keyOfGeneration, secretTreeOf } from "./secret-tree.ts";
export {
  contentUnder,
  openAsReceiver,
  openKeys,
  protectSemiPrivate,
  unprotectSemiPrivate,
} from "./semiprivate-message.ts";
export { treeHash } from "./tree-hash.ts";
export { validateTree } from "./tree-validation.ts";
