/** Rooms whose handshakes followers cannot read: what their clients support, require and send. protocol-06 §5.3 */
import {
  type CommitResult,
  type Extension,
  type ExtensionType,
  ExternalReceivers,
  externalReceivers,
  type HandshakeFormat,
  componentIds as mlsComponents,
  type Proposal,
  partialGroupInfo,
  requiredWireFormats,
  toRatchetTreeExtension,
  WireFormats,
} from "../mls/index.ts";
import { providerCredential, RoomError } from "../room/index.ts";
import type { ClientState, OwnProvider } from "./client-state.ts";

const semiPrivate = "mls_semiprivate_message";
const wireFormats = WireFormats.encode({ wireFormats: [semiPrivate] });

/** The extensions that say which formats a leaf supports and a group requires. mls-extensions §5 */
export const wireFormatExtensions: readonly ExtensionType[] = [
  "supported_wire_formats",
  "required_wire_formats",
];

/** What a leaf says of the formats that its client supports, beyond RFC 9420's. semiprivatemessage-07 §3 */
export function supportedFormats({ handshakes }: Pick<ClientState, "handshakes">): Extension[] {
  return handshakes === undefined
    ? []
    : [{ extensionType: "supported_wire_formats", extensionData: wireFormats }];
}

/** A group whose members agree on SemiPrivateMessages that its hub, and nobody else outside, can read. */
export function hiddenHandshakes({ domain, receiverKey }: OwnProvider): {
  readonly extension: Extension;
  readonly component: readonly [number, Uint8Array];
} {
  if (receiverKey === undefined) {
    const text = `no key is known that handshakes could be encrypted to for ${domain}`;
    throw new RoomError("hubReceives", "semiprivatemessage-07 §3", text);
  }
  const hub = { externalReceiverPublicKey: receiverKey, credential: providerCredential(domain) };
  return {
    extension: { extensionType: "required_wire_formats", extensionData: wireFormats },
    component: [mlsComponents.external_receivers, ExternalReceivers.encode([hub])],
  };
}

/** Whether a group's members send their handshakes as SemiPrivateMessages. semiprivatemessage-07 §3 */
export function hidesHandshakes(extensions: readonly Extension[]): boolean {
  return requiredWireFormats(extensions).includes(semiPrivate) && externalReceivers(extensions).length > 0;
}

/**
 * The format of a member's commit, or of its proposal. A SelfRemove is a PublicMessage in every room: whoever joins by
 * an external commit has to be able to take it up. mls-extensions §6.3.1
 */
export function formatFor(extensions: readonly Extension[], proposal?: Proposal): HandshakeFormat {
  return proposal?.proposalType !== "self_remove" && hidesHandshakes(extensions)
    ? semiPrivate
    : "mls_public_message";
}

/**
 * What goes beside a commit. Where the commit itself is hidden from followers, a whole GroupInfo and a whole tree beside
 * it would tell the committer's provider all that the commit hides; the hub knows both. ratchet-tree-options-03 §3, §4
 */
export function besideCommit({ groupInfo, ratchetTree }: Pick<CommitResult, "groupInfo" | "ratchetTree">) {
  const [full, partial] = ["full" as const, "partial" as const];
  if (hidesHandshakes(groupInfo.groupContext.extensions)) {
    return {
      groupInfoOption: { representation: partial, partialGroupInfo: partialGroupInfo(groupInfo, false) },
      ratchetTreeOption: { representation: "distributionService" as const },
    };
  }
  return {
    groupInfoOption: { representation: full, groupInfo },
    ratchetTreeOption: { representation: full, ratchetTree: toRatchetTreeExtension(ratchetTree) },
  };
}
