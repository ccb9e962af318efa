/** GroupInfo: how a member describes the epoch to newcomers and to the hub (RFC 9420 §12.4.3, ratchet-tree-options-03). */
import type { CipherSuite } from "./crypto/index.ts";
import { decoded, demand, present } from "./errors.ts";
import { demandDistinct, extensionData } from "./extensions.ts";
import type { GroupView } from "./group-view.ts";
import { signWithLabel, verifyWithLabel } from "./labelled.ts";
import {
  fromRatchetTreeExtension,
  memberAt,
  type RatchetTree,
  toRatchetTreeExtension,
} from "./ratchet-tree.ts";
import {
  type Extension,
  ExternalPub,
  type GroupInfo,
  GroupInfoTBS,
  type PartialGroupInfo,
  RatchetTreeExtension,
} from "./structures/index.ts";

const label = "GroupInfoTBS";

export interface GroupInfoSigner {
  readonly leafIndex: number;
  readonly signaturePrivateKey: Uint8Array;
}

/** A member's GroupInfo of the group's epoch with these extensions. RFC 9420 §12.4.3 */
export function signGroupInfo(
  suite: CipherSuite,
  group: GroupView,
  signer: GroupInfoSigner,
  extensions: Extension[],
): GroupInfo {
  const { groupContext, confirmationTag } = group;
  const unsigned = { groupContext, extensions, confirmationTag, signer: signer.leafIndex };
  const signed = GroupInfoTBS.encode(unsigned);
  return { ...unsigned, signature: signWithLabel(suite, signer.signaturePrivateKey, label, signed) };
}

/** Refuses a GroupInfo that no member of the tree signed (`groupInfoSigner`, `groupInfoSignature`). */
export function verifyGroupInfo(suite: CipherSuite, groupInfo: GroupInfo, tree: RatchetTree): void {
  demandDistinct(groupInfo.extensions);
  demandDistinct(groupInfo.groupContext.extensions);
  const { signatureKey } = memberAt(tree, groupInfo.signer, "groupInfoSigner");
  const signed = GroupInfoTBS.encode(groupInfo);
  const authentic = verifyWithLabel(suite, signatureKey, label, signed, groupInfo.signature);
  demand(authentic, "groupInfoSignature");
}

/** The tree in the GroupInfo, or the one received beside it; refuses where there is neither (`noRatchetTree`). */
export function treeFor(groupInfo: GroupInfo, beside: RatchetTree | undefined): RatchetTree {
  const data = extensionData(groupInfo.extensions, "ratchet_tree");
  return data === undefined ? present(beside, "noRatchetTree") : decodeRatchetTree(data);
}

/** The tree that octets in the form of the ratchet_tree extension describe. RFC 9420 §12.4.3.3 */
export function decodeRatchetTree(octets: Uint8Array): RatchetTree {
  return fromRatchetTreeExtension(decoded(RatchetTreeExtension, octets));
}

/** The tree in the form of the ratchet_tree extension's content. RFC 9420 §12.4.3.3 */
export function encodeRatchetTree(tree: RatchetTree): Uint8Array {
  return RatchetTreeExtension.encode(toRatchetTreeExtension(tree));
}

/** A ratchet_tree extension for a GroupInfo. RFC 9420 §12.4.3.3 */
export function ratchetTreeExtension(tree: RatchetTree): Extension {
  return { extensionType: "ratchet_tree", extensionData: encodeRatchetTree(tree) };
}

/** An external_pub extension for a GroupInfo. RFC 9420 §12.4.3.2 */
export function externalPubExtension(externalPub: Uint8Array): Extension {
  return { extensionType: "external_pub", extensionData: ExternalPub.encode({ externalPub }) };
}

/** The key for external commits, or a refusal where the GroupInfo has none (`noExternalPub`). */
export function externalPubOf(groupInfo: GroupInfo): Uint8Array {
  const data = present(extensionData(groupInfo.extensions, "external_pub"), "noExternalPub");
  return decoded(ExternalPub, data).externalPub;
}

/** What a hub that follows the handshakes still needs of a GroupInfo. ratchet-tree-options-03 §4 */
export function partialGroupInfo(groupInfo: GroupInfo, previousHadTree: boolean): PartialGroupInfo {
  const hasTree = extensionData(groupInfo.extensions, "ratchet_tree") !== undefined;
  const now = hasTree ? (["added", "present"] as const) : (["no_ratchet_tree", "removed"] as const);
  return {
    ratchetTreePresence: previousHadTree ? now[1] : now[0],
    groupInfoExtensions: groupInfo.extensions.filter((e) => e.extensionType !== "ratchet_tree"),
    signature: groupInfo.signature,
  };
}

/**
 * The GroupInfo that a committer signed, put together from what a follower of the handshakes knows. Refuses one whose
 * signature does not fit. ratchet-tree-options-03 §4
 *
 * The signature covers the extensions in their order, and a PartialGroupInfo does not say where ratchet_tree was: it
 * is taken to be the last.
 */
export function completeGroupInfo(
  suite: CipherSuite,
  group: GroupView,
  signer: number,
  partial: PartialGroupInfo,
): GroupInfo {
  const { ratchetTreePresence: presence, groupInfoExtensions, signature } = partial;
  const stray = groupInfoExtensions.some((e) => e.extensionType === "ratchet_tree");
  demand(!stray, "partialGroupInfoTree");
  const withTree = presence === "present" || presence === "added";
  const extensions = withTree
    ? [...groupInfoExtensions, ratchetTreeExtension(group.tree)]
    : groupInfoExtensions;
  const { groupContext, confirmationTag } = group;
  const groupInfo = { groupContext, extensions, confirmationTag, signer, signature };
  verifyGroupInfo(suite, groupInfo, group.tree);
  return groupInfo;
}
