/** What a hub's room machine knows: small, immutable, plain data. protocol-06 §4.3.1 and §7.1 */
import type {
  CommitFacts,
  JoinCode,
  Participant,
  PolicyEnvelope,
  PolicyVariants,
  ProposalFacts,
  Refused,
  RoomFacts,
  RoomPolicy,
} from "../room/index.ts";
import type { HubWish } from "./wishes.ts";

/** Which provider a KeyPackage came from, so that its Welcome finds the way back. protocol-06 §5.2 */
export interface KeyPackageSource {
  readonly keyPackage: string;
  readonly provider: string;
  /** When the KeyPackage can no longer be used, in milliseconds since the UNIX epoch. */
  readonly notAfterMs: number;
}

/**
 * A client that was given the GroupInfo, with the join code that it showed: its external commit rests on both.
 * protocol-06 §5.6
 */
export interface ShownCode {
  readonly client: string;
  /** Empty where it showed none. */
  readonly code: string;
}

export interface HubRoomContext {
  readonly room: string;
  /** The hub's own domain. */
  readonly hub: string;
  /** The policy in the current epoch. */
  readonly policy: RoomPolicy;
  /** The room in the current epoch. */
  readonly current: RoomFacts;
  /** Proposals accepted in this epoch, in order, that no commit has taken up. */
  readonly pending: readonly ProposalFacts[];
  /** What the hub itself has proposed in this epoch, to be proposed again where an external commit voids it. §5.5 */
  readonly own: readonly HubWish[];
  readonly keyPackageSources: readonly KeyPackageSource[];
  readonly joinCodes: readonly JoinCode[];
  readonly shownCodes: readonly ShownCode[];
  /** Names of the last requests that were accepted: a repeated one gets the same answer. */
  readonly answered: readonly string[];
  /** Once a ReInit has closed the group: the ReInit, in hexadecimal. RFC 9420 §11.2 */
  readonly agreed?: string | undefined;
  /** In the first epoch of a group that follows another: the clients that were in that one. RFC 9420 §11.2 */
  readonly former?: readonly string[] | undefined;
  /** The bounds of the room's policy, as they were when it was created; missing where the hub sets none. arch-03 §4.4 */
  readonly envelope?: PolicyEnvelope | undefined;
  /** How many events the hub has accepted; the next one's place in the log. */
  readonly accepted: number;
}

export interface HubRoomInput {
  readonly room: string;
  readonly hub: string;
  readonly policy: RoomPolicy;
  readonly created: RoomFacts;
  readonly envelope?: PolicyEnvelope | undefined;
}

/** What a decision rests on besides the room: the hub's clock, the room that this one depends on, how it is read. */
export interface Surroundings {
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
  /** The effective list of the parent room, where there is one. room-policy-04 §5 */
  readonly parent: { readonly participants: readonly Participant[] } | undefined;
  /** How the hub reads what the policy draft leaves open, where not as the model does. */
  readonly reading?: PolicyVariants | undefined;
}

/** Who asked: the provider the request came from, and the identifier its answer goes to. */
interface Asked {
  /** Who asked and the hash of the body: a request that comes again has the same name. */
  readonly request: string;
  readonly from: string;
  readonly surroundings: Surroundings;
}

/** A commit in an UpdateRequest. protocol-06 §5.3 */
export interface CommitEvent extends Asked {
  readonly type: "commit";
  readonly epoch: number;
  readonly verified: CommitFacts | Refused;
  /** KeyPackageRefs that the Welcome has secrets for. */
  readonly welcomed: readonly string[];
  /** Whether it ends the group in favour of another one. RFC 9420 §11.2 */
  readonly reInit: boolean;
  /** The ReInit, in hexadecimal, where there is one. */
  readonly agreed?: string | undefined;
  /** The wire formats that members have chosen for what is in it. room-policy-04 §7 */
  readonly formats?: readonly string[];
}

/** One or more proposals in an UpdateRequest. */
export interface ProposalsEvent extends Asked {
  readonly type: "proposals";
  readonly epoch: number;
  readonly verified: { readonly proposals: readonly ProposalFacts[] } | Refused;
  /** The wire formats that members have chosen for what is in it. room-policy-04 §7 */
  readonly formats?: readonly string[];
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
  /** Empty where none is shown. */
  readonly joinCode: string;
}

/** Key material for this room passed through on its way to the requester's provider. §5.2 */
export interface KeyMaterialPassedEvent {
  readonly type: "keyMaterialPassed";
  readonly provider: string;
  readonly keyPackages: readonly { readonly reference: string; readonly notAfterMs: number }[];
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
}

/** The hub's own proposals: asked for by its operator, or made again after an external commit. protocol-06 §5.5, §7.4 */
export interface OwnProposalsEvent {
  readonly type: "ownProposals";
  readonly wishes: readonly HubWish[];
  readonly surroundings: Surroundings;
  readonly verified: { readonly proposals: readonly ProposalFacts[] } | Refused;
  /** Whether they have travelled already, stapled to an external commit. */
  readonly stapled: boolean;
}

/** A user of the hub's own asks that the room come to an end. room-policy-04 §8.6 */
export interface DestroyEvent {
  readonly type: "destroy";
  readonly request: string;
  readonly surroundings: Surroundings;
  readonly user: string;
}

/** A member of the group that a ReInit has closed has created the one that follows it. RFC 9420 §11.2 */
export interface SucceedEvent {
  readonly type: "succeed";
  readonly request: string;
  readonly surroundings: Surroundings;
  readonly user: string;
  /** The new group's parameters as a ReInit would announce them, in hexadecimal. */
  readonly founded: string;
  readonly policy: RoomPolicy;
  readonly created: RoomFacts;
}

/** The hub has given out a join code. How it is asked for is no matter of MIMI's. room-policy-04 §6.2 */
export interface CodeIssuedEvent {
  readonly type: "codeIssued";
  readonly code: JoinCode;
}

export type HubRoomEvent =
  | CommitEvent
  | ProposalsEvent
  | SubmitEvent
  | GroupInfoEvent
  | KeyMaterialPassedEvent
  | OwnProposalsEvent
  | CodeIssuedEvent
  | SucceedEvent
  | DestroyEvent;
