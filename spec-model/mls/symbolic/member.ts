/** A member's state in the symbolic layer: the group's public state, and the few keys that only this member has. Plain data. */
import { equalBytes } from "../../bytes.ts";
import { rememberedPair } from "../../remembered.ts";
import { defaultRetention, type MlsApplication, type Retention, retentionOf } from "../application.ts";
import type { KeyPair } from "../crypto/index.ts";
import { demand } from "../errors.ts";
import type { ExporterTree } from "../exporter.ts";
import type { GroupView } from "../group-view.ts";
import type { Member } from "../layer.ts";
import type { OwnUpdate } from "../member.ts";
import type { FindPsk } from "../pre-shared-keys.ts";
import type { ReInit } from "../structures/index.ts";
import type { EpochKeys, ResumptionPsk } from "./epoch-keys.ts";
import { type Ratchets, ratchetsOf } from "./ratchets.ts";

/** What is kept of a past epoch to read application messages that arrive late. RFC 9420 §15.3 */
export interface PastEpoch extends Pick<GroupView, "groupContext" | "tree"> {
  readonly senderDataSecret: Uint8Array;
  readonly ratchets: Ratchets;
}

export interface SymbolicMember extends Member {
  readonly signaturePrivateKey: Uint8Array;
  readonly leafKeys: KeyPair;
  readonly keys: EpochKeys;
  readonly ratchets: Ratchets;
  /** Undefined where no component's secret has been exported in this epoch. */
  readonly exporterTree: ExporterTree | undefined;
  /** By encryption key in hexadecimal. */
  readonly ownUpdates: ReadonlyMap<string, OwnUpdate>;
  /** The latest last. */
  readonly resumptionPsks: readonly ResumptionPsk[];
  /** The latest first. */
  readonly pastEpochs: readonly PastEpoch[];
  readonly reInit: ReInit | undefined;
}

/** What a member brings into an epoch. */
export interface Entry extends Pick<GroupView, "groupContext" | "tree" | "confirmationTag"> {
  readonly keys: EpochKeys;
  readonly leafIndex: number;
  readonly signaturePrivateKey: Uint8Array;
  readonly leafKeys: KeyPair;
  readonly reInit?: ReInit | undefined;
}

/** The state at the start of an epoch; `before` is the same member's state of the epoch that ends. */
export function enterEpoch(
  entry: Entry,
  before: SymbolicMember | undefined,
  app: MlsApplication,
): SymbolicMember {
  const retention = app.retention === undefined ? defaultRetention : retentionOf(app);
  const { keys } = entry;
  return {
    groupContext: entry.groupContext,
    tree: entry.tree,
    confirmationTag: entry.confirmationTag,
    pendingProposals: nothing,
    leafIndex: entry.leafIndex,
    signaturePrivateKey: entry.signaturePrivateKey,
    leafKeys: entry.leafKeys,
    keys,
    ratchets: ratchetsOf(keys.encryptionSecret),
    exporterTree: undefined,
    ownUpdates: nothing,
    resumptionPsks: latestPsks(withOneMore(before?.resumptionPsks ?? noPsks, keys.resumption), retention),
    pastEpochs: before === undefined ? noPast : withPast(before, retention.pastEpochs),
    reInit: entry.reInit,
  };
}

/** The state with all that the symbolic layer keeps in it. Throws TypeError for a state of another layer. */
export function withKeys(member: Member): SymbolicMember {
  if ("ratchets" in member) return member as SymbolicMember;
  throw new TypeError("a member of another MLS layer");
}

/** Refuses to act in a group that a ReInit has closed (`groupClosed`). RFC 9420 §12.4.2 */
export function demandOpen(member: SymbolicMember): void {
  demand(member.reInit === undefined, "groupClosed");
}

/** Finds the group's own resumption PSKs in the state, and asks the application for all others. */
export function pskFinder(member: SymbolicMember | undefined, app: MlsApplication): FindPsk {
  return (id) => {
    const ofGroup =
      id.psktype === "resumption" &&
      member !== undefined &&
      equalBytes(id.pskGroupId, member.groupContext.groupId)
        ? member.resumptionPsks.find(({ epoch }) => epoch === id.pskEpoch)
        : undefined;
    return ofGroup?.psk ?? app.findPsk?.(id);
  };
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

const noPast: readonly PastEpoch[] = [];
const noPsks: readonly ResumptionPsk[] = [];

/** One list for all members that have been in the same epochs. */
const withOneMore = rememberedPair((psks: readonly ResumptionPsk[], psk: ResumptionPsk) => [...psks, psk]);

function latestPsks(psks: readonly ResumptionPsk[], { resumptionPsks: limit }: Retention) {
  return psks.length <= limit ? psks : latestOf(psks, limit);
}

const latestOf = rememberedPair((psks: readonly ResumptionPsk[], limit: number) =>
  psks.slice(psks.length - limit),
);

/** One list for all members that have come through the same epochs and read nothing in them but handshakes. */
function withPast(before: SymbolicMember, limit: number): readonly PastEpoch[] {
  if (limit <= 0) return noPast;
  const ended = pastEpoch(before);
  const { pastEpochs } = before;
  if (!isListOf(latestList, ended, pastEpochs, limit))
    latestList = [ended, ...pastEpochs.slice(0, limit - 1)];
  return latestList;
}

let latestList: readonly PastEpoch[] = [];

function isListOf(list: readonly PastEpoch[], first: PastEpoch, rest: readonly PastEpoch[], limit: number) {
  if (list.length !== Math.min(limit, rest.length + 1) || list[0] !== first) return false;
  for (let i = 1; i < list.length; i++) if (list[i] !== rest[i - 1]) return false;
  return true;
}

function pastEpoch({ groupContext, tree, keys, ratchets }: SymbolicMember): PastEpoch {
  const known = latestEnded;
  if (known?.keys === keys && known.past.ratchets === ratchets) {
    if (known.past.groupContext === groupContext && known.past.tree === tree) return known.past;
  }
  const past = { groupContext, tree, senderDataSecret: keys.senderDataSecret, ratchets };
  latestEnded = { keys, past };
  return past;
}

let latestEnded: { readonly keys: EpochKeys; readonly past: PastEpoch } | undefined;
