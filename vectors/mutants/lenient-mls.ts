/** Hubs and joiners that have never heard of one rule of MLS each. RFC 9420 */
import { type MlsErrorCode, mlsRules } from "../../spec-model/mls/index.ts";
import { remembered } from "../../spec-model/remembered.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import type { JsonObject } from "../format/case.ts";
import type { Answer } from "../verify/protocol.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

/** Whoever lacks the rule takes what a right implementation refuses by it. */
function without(operation: string, rules: Readonly<Partial<Record<MlsErrorCode, string>>>): CheckLeftOut[] {
  const answer = remembered(
    (input: JsonObject): Answer => cryptoHandlers[operation]?.(input) ?? { outcome: "unsupported" },
  );
  return Object.entries(rules).map(([rule, says]) => ({
    id: `${operation} without ${rule}`,
    says,
    operation,
    accepts: (input) => answer(input).says?.startsWith(mlsRules[rule as MlsErrorCode][1]) === true,
  }));
}

const handshakes = without("group.follow", {
  applicationInPublic: "takes application data that is not encrypted",
  commitSender: "takes commits of external senders",
  duplicateExtension: "takes the last of two extensions of one type",
  externalCommitProposal: "takes all proposals in external commits",
  externalCommitReference: "lets external commits cover all that is pending",
  externalInitCount: "does not count ExternalInits",
  initKeyReused: "does not compare the keys of a KeyPackage",
  keyPackageCipherSuite: "adds clients by KeyPackages of other cipher suites",
  keyPackageExtension: "does not look who supports the extensions of a KeyPackage",
  keyPackageSignature: "does not verify the signature of KeyPackages",
  keyPackageVersion: "adds clients by KeyPackages of other versions",
  leafCipherSuite: "does not look whether a client still supports the cipher suite",
  leafCredentialType: "does not look whether a client supports its own credential",
  leafParentHash: "does not look what the committer's leaf is bound to",
  leafSignature: "does not verify the signature of leaves",
  leafSource: "does not look where a leaf comes from",
  leafVersion: "does not look whether a client supports the version",
  newMemberCommitContent: "takes proposals of newcomers that commit",
  newMemberProposalContent: "takes all proposals of newcomers",
  ownUpdate: "lets committers cover their own Updates",
  pathKeyReused: "does not look whether the keys of a path are new",
  pathLength: "does not measure paths",
  pathSecretCount: "does not count path secrets",
  pskUsage: "takes resumption PSKs of all usages",
  reInitVersion: "closes groups in favour of other versions",
  requiredExtension: "does not look who supports required extensions",
  signatureKeyTwice: "does not look whether a signature key is in the tree",
  unknownExternalSender: "verifies no signature where there is no such external sender",
  updateKeyReused: "does not look whether the key of an Update is new",
});

const trees = without("ratchet-tree.validate", {
  encryptionKeyTwice: "does not look whether encryption keys differ",
  leafCipherSuite: "does not look which cipher suites members support",
  leafCredentialType: "does not look whether members support their own credentials",
  leafExtension: "does not look whether members support the extensions in their leaves",
  leafSignature: "does not verify the signatures of leaves",
  leafVersion: "does not look which versions members support",
  malformed: "reads as much of a tree as there is, and no more",
  nodeKindMisplaced: "does not look where leaves and parents are",
  parentHash: "does not look at parent hashes",
  requiredExtension: "does not look whether members support required extensions",
  requiredProposal: "does not look whether members support required types of proposals",
  signatureKeyTwice: "does not look whether signature keys differ",
  treeEndsBlank: "takes trees that end in blank nodes",
  treeHash: "does not look at the tree hash",
  unmergedLeafMissing: "does not look whether nodes list the unmerged leaves of those above",
  unmergedLeafUnknown: "does not look which leaves are listed as unmerged",
  unmergedLeavesOrder: "does not look at the order of unmerged leaves",
});

export const lenientMls: readonly CheckLeftOut[] = [...handshakes, ...trees];
