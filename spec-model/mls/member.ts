/** A member's state: the public state of the group and everything only this member has. Plain data, never changed in place. */

import { equalBytes } from "../bytes.ts";
import { type MlsApplication, retentionOf } from "./application.ts";
import { demand } from "./errors.ts";
import { type ExporterTree, exporterTreeOf } from "./exporter.ts";
import type { GroupView } from "./group-view.ts";
import type { EpochSecrets } from "./key-schedule.ts";
import type { NodeKeys } from "./open-path.ts";
import type { FindPsk } from "./pre-shared-keys.ts";
import type { MessageKeys } from "./private-message.ts";
import type { RatchetTree } from "./ratchet-tree.ts";
import { type SecretTree, secretTreeOf } from "./secret-tree.ts";
import type { GroupContext, ReInit } from "./structures/index.ts";

/** The epoch's secrets but for the roots of the secret tree and the exporter tree, which are used up at once. */
export type KeptSecrets = Omit<EpochSecrets, "encryptionSecret" | "applicationExportSecret">;

/** The private keys of an Update proposal of one's own that nobody has committed yet. */
export interface OwnUpdate {
  readonly encryptionPrivateKey: Uint8Array;
  readonly signaturePrivateKey: Uint8Array;
}

/** What is kept of a past epoch to read application messages that arrive late. RFC 9420 §15.3 */
export interface PastEpoch extends Pick<GroupView, "groupContext" | "tree"> {
  readonly senderDataSecret: Uint8Array;
  readonly secretTree: SecretTree;
  readonly leafIndex: number;
}

export interface MemberState extends GroupView {
  readonly leafIndex: number;
  readonly signaturePrivateKey: Uint8Array;
  /** Of one's leaf and the nodes above it. */
  readonly privateKeys: NodeKeys;
  readonly secrets: KeptSecrets;
  readonly secretTree: SecretTree;
  readonly exporterTree: ExporterTree;
  /** By encryption key in hexadecimal. */
  readonly ownUpdates: ReadonlyMap<string, OwnUpdate>;
  /** By epoch. */
  readonly resumptionPsks: ReadonlyMap<bigint, Uint8Array>;
  /** The latest first. */
  readonly pastEpochs: readonly PastEpoch[];
  /** Set once a ReInit has been committed: the group is closed in favour of another. RFC 9420 §11.2 */
  readonly reInit: ReInit | undefined;
}

/** What a member brings into an epoch. */
export interface Entry {
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly confirmationTag: Uint8Array;
  readonly secrets: EpochSecrets;
  readonly leafIndex: number;
  readonly signaturePrivateKey: Uint8Array;
  readonly privateKeys: NodeKeys;
  readonly reInit?: ReInit | undefined;
}

/** The state at the start of an epoch; `before` is the same member's state of the epoch that ends. */
export function enterEpoch(entry: Entry, before: MemberState | undefined, app: MlsApplication): MemberState {
  const { encryptionSecret, applicationExportSecret, ...secrets } = entry.secrets;
  const retention = retentionOf(app);
  const { epoch } = entry.groupContext;
  return {
    groupContext: entry.groupContext,
    tree: entry.tree,
    confirmationTag: entry.confirmationTag,
    pendingProposals: new Map(),
    leafIndex: entry.leafIndex,
    signaturePrivateKey: entry.signaturePrivateKey,
    privateKeys: keysInUse(entry.privateKeys, entry.tree),
    secrets,
    secretTree: secretTreeOf(encryptionSecret, entry.tree.length),
    exporterTree: exporterTreeOf(applicationExportSecret),
    ownUpdates: new Map(),
    resumptionPsks: withLatest(
      before?.resumptionPsks,
      epoch,
      secrets.resumptionPsk,
      retention.resumptionPsks,
    ),
    pastEpochs:
      before === undefined ? [] : [pastEpoch(before), ...before.pastEpochs].slice(0, retention.pastEpochs),
    reInit: entry.reInit,
  };
}

/** The keys with which the member encrypts and decrypts messages of its epoch. */
export function messageKeys(member: MemberState): MessageKeys {
  const { leafIndex, secretTree, secrets } = member;
  return { leafIndex, secretTree, senderDataSecret: secrets.senderDataSecret };
}

/** Refuses to act in a group that a ReInit has closed (`groupClosed`). RFC 9420 §12.4.2 */
export function demandOpen(member: MemberState): void {
  demand(member.reInit === undefined, "groupClosed");
}

/** Finds the group's own resumption PSKs in the state, and asks the application for all others. */
export function pskFinder(member: MemberState | undefined, app: MlsApplication): FindPsk {
  return (id) => {
    const own =
      id.psktype === "resumption" &&
      member !== undefined &&
      equalBytes(id.pskGroupId, member.groupContext.groupId)
        ? member.resumptionPsks.get(id.pskEpoch)
        : undefined;
    return own ?? app.findPsk?.(id);
  };
}

function pastEpoch(member: MemberState): PastEpoch {
  const { groupContext, tree, leafIndex, secretTree, secrets } = member;
  return { groupContext, tree, leafIndex, secretTree, senderDataSecret: secrets.senderDataSecret };
}

/** Without those of blank nodes, which have no private key. */
export function keysInUse(keys: NodeKeys, tree: RatchetTree): NodeKeys {
  const used = new Map<number, Uint8Array>();
  for (const [node, key] of keys) if (tree[node] !== undefined) used.set(node, key);
  return used;
}

/** The PSKs of the epochs before and of this one, but for the oldest. */
function withLatest(
  before: MemberState["resumptionPsks"] | undefined,
  epoch: bigint,
  psk: Uint8Array,
  limit: number,
): ReadonlyMap<bigint, Uint8Array> {
  const psks = new Map(before).set(epoch, psk);
  for (const oldest of psks.keys()) {
    if (psks.size <= limit) break;
    psks.delete(oldest);
  }
  return psks;
}
