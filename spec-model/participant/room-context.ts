/** What a client's machine knows of one room: a cursor into the hub's log, and what it has under way. */
import type { CommitFacts, Decision, ProposalFacts, Refused, RoomFacts } from "../room/index.ts";
import type { RoomWish } from "./room-wishes.ts";

export interface ParticipantContext {
  readonly room: string;
  readonly client: string;
  readonly user: string;
  /** The epoch the client is in; -1 before it is a member. */
  readonly epoch: number;
  /** ProposalRefs of this epoch that the hub has accepted and no commit has taken up, in order. */
  readonly known: readonly string[];
  /** The own update that waits for the hub's word. */
  readonly inFlight: UpdateInFlight | undefined;
  /** What the user wants and the hub has not accepted yet; the first is under way. */
  readonly wishes: readonly RoomWish[];
  /** How often a join has been tried again after a lost race. */
  readonly attempts: number;
}

export interface UpdateInFlight {
  /** The hash of its first message. */
  readonly update: string;
  readonly kind: "commit" | "proposals";
  /** The epoch it was made in. */
  readonly epoch: number;
  /** The epoch that a commit begins. */
  readonly begins: number;
  /** The ProposalRefs of proposals. */
  readonly references: readonly string[];
  /** How many proposals were known when it was made: a commit has to cover those that came since. */
  readonly covers: number;
}

/** A message is named by the hash of its bytes: the shell keeps the bytes and the state they lead to. */
interface Arrived {
  readonly message: string;
}

export type HandshakeEvent =
  | (Arrived & {
      readonly type: "commitArrived";
      /** The epoch it was made in. */
      readonly epoch: number;
      /** Missing where it is for another epoch or the client's own: MLS was not asked. */
      readonly verified: CommitFacts | Refused | undefined;
      /** What the room's policy says of it, by this client's own judgement. protocol-06 §7.3 */
      readonly decision?: Decision;
      /** Whether it closes the group by a ReInit. */
      readonly reInit?: boolean;
    })
  | (Arrived & {
      readonly type: "proposalsArrived";
      readonly epoch: number;
      readonly verified: readonly ProposalFacts[] | Refused | undefined;
      /** With everything that is pending nobody would be left to commit it. */
      readonly leavesNobody?: boolean;
      /** When this member commits them where nobody else has, as the room's policy has it. room-policy-04 §7.1 */
      readonly commitAfterMs?: number;
    });

export type ParticipantEvent =
  | HandshakeEvent
  | { readonly type: "create"; readonly created: RoomFacts }
  | (Arrived & { readonly type: "welcomed"; readonly verified: RoomFacts | Refused })
  /** What the provider says of the group that was created: for a new room, or in the place of a closed one. */
  | { readonly type: "roomAnswered"; readonly code: string }
  | { readonly type: "join" }
  | { readonly type: "groupInfoAnswered"; readonly code: string }
  | { readonly type: "want"; readonly wish: RoomWish }
  | ({ readonly type: "updateBuilt" } & UpdateInFlight)
  | { readonly type: "buildFailed"; readonly refused: Refused }
  | {
      readonly type: "updateAnswered";
      readonly update: string;
      /** A code of the draft; `unknown` where no answer came, `gone` where the hub has no such room (any more). */
      readonly code: string;
      readonly currentEpoch?: number;
    }
  /** The delay of a pending proposal has run out in the present epoch. */
  | { readonly type: "commitDue" }
  | { readonly type: "say" }
  | { readonly type: "submitAnswered"; readonly code: string }
  | (Arrived & {
      readonly type: "messageArrived";
      readonly epoch: number;
      /** Missing where the message is the client's own, or of an epoch to come. */
      readonly verified: "decrypted" | Refused | undefined;
    });
