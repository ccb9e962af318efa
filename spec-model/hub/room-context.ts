/** What a hub's room machine knows: small, immutable, plain data. protocol-06 §4.3.1 and §7.1 */
import type { CommitFacts, ProposalFacts, Refused, Role, RoomFacts } from "../room/index.ts";

/** Which provider a KeyPackage came from, so that its Welcome finds the way back. protocol-06 §5.2 */
export interface KeyPackageSource {
  readonly keyPackage: string;
  readonly provider: string;
}

export interface HubRoomContext {
  readonly room: string;
  /** The hub's own domain. */
  readonly hub: string;
  readonly roles: readonly Role[];
  /** The room in the current epoch. */
  readonly current: RoomFacts;
  /** Proposals accepted in this epoch, in order, that no commit has taken up. */
  readonly pending: readonly ProposalFacts[];
  readonly keyPackageSources: readonly KeyPackageSource[];
  /** How many events the hub has accepted; the next one's place in the log. */
  readonly accepted: number;
}

export interface HubRoomInput {
  readonly room: string;
  readonly hub: string;
  readonly roles: readonly Role[];
  readonly created: RoomFacts;
}

/** Who asked: the provider the request came from, and the identifier its answer goes to. */
interface Asked {
  readonly request: string;
  readonly from: string;
}

/** A commit in an UpdateRequest; `verified` is missing where the public group refused it. protocol-06 §5.3 */
export interface CommitEvent extends Asked {
  readonly type: "commit";
  readonly epoch: number;
  readonly verified: CommitFacts | Refused;
  /** KeyPackageRefs that the Welcome has secrets for. */
  readonly welcomed: readonly string[];
}

/** One or more proposals in an UpdateRequest. */
export interface ProposalsEvent extends Asked {
  readonly type: "proposals";
  readonly epoch: number;
  readonly verified:
    | { readonly proposals: readonly ProposalFacts[]; readonly effective: RoomFacts }
    | Refused;
}

/** An application message. protocol-06 §5.4 */
export interface SubmitEvent extends Asked {
  readonly type: "submit";
  readonly epoch: number;
  readonly sender: string;
}

/** A request for the GroupInfo; `requester` is what its credential says, once its signature is verified. §5.6 */
export interface GroupInfoEvent extends Asked {
  readonly type: "groupInfo";
  readonly requester: { readonly user: string; readonly client: string } | Refused;
}

/** Key material for this room passed through on its way to the requester's provider. §5.2 */
export interface KeyMaterialPassedEvent {
  readonly type: "keyMaterialPassed";
  readonly provider: string;
  readonly keyPackages: readonly string[];
}

export interface DestroyEvent {
  readonly type: "destroy";
}

export type HubRoomEvent =
  | CommitEvent
  | ProposalsEvent
  | SubmitEvent
  | GroupInfoEvent
  | KeyMaterialPassedEvent
  | DestroyEvent;
