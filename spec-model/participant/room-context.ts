/** What a client's machine knows of one room: a cursor into the hub's log, and what it has under way. */
import type { CommitFacts, ProposalFacts, Refused, RoomFacts } from "../room/index.ts";

export interface ParticipantContext {
  readonly room: string;
  readonly client: string;
  readonly user: string;
  /** The epoch the client is in; -1 before it is a member. */
  readonly epoch: number;
  /** ProposalRefs heard in this epoch that no commit has taken up. */
  readonly known: readonly string[];
  /** The own commit that waits for the hub's word. */
  readonly inFlight: CommitInFlight | undefined;
}

/** By the hash of its bytes, and the epoch that it begins. */
export interface CommitInFlight {
  readonly commit: string;
  readonly begins: number;
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
    })
  | (Arrived & {
      readonly type: "proposalsArrived";
      readonly epoch: number;
      readonly verified: readonly ProposalFacts[] | Refused | undefined;
    });

export type ParticipantEvent =
  | HandshakeEvent
  | { readonly type: "create"; readonly created: RoomFacts }
  | (Arrived & { readonly type: "welcomed"; readonly verified: RoomFacts | Refused })
  | { readonly type: "join" }
  | { readonly type: "groupInfoAnswered"; readonly code: string }
  | ({ readonly type: "commitBuilt" } & CommitInFlight)
  | { readonly type: "buildFailed"; readonly refused: Refused }
  | { readonly type: "updateAnswered"; readonly code: string; readonly currentEpoch?: number }
  | { readonly type: "leave" }
  | { readonly type: "say" }
  | { readonly type: "submitAnswered"; readonly code: string }
  | (Arrived & {
      readonly type: "messageArrived";
      readonly epoch: number;
      /** Missing where the message is the client's own, or of an epoch to come. */
      readonly verified: "decrypted" | Refused | undefined;
    });
