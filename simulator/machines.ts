/** All state machines of the model, by the name their diagrams have. */
import type { AnyStateMachine } from "xstate";
import { followerRoomMachine } from "../spec-model/follower/index.ts";
import { deliveryMachine, hubRoomMachine } from "../spec-model/hub/index.ts";
import { claimMachine } from "../spec-model/introduction/index.ts";
import { stockMachine } from "../spec-model/key-material/index.ts";
import { participantRoomMachine } from "../spec-model/participant/index.ts";

export const machines: ReadonlyMap<string, AnyStateMachine> = new Map<string, AnyStateMachine>([
  ["hub-room", hubRoomMachine],
  ["hub-fan-out", deliveryMachine],
  ["follower-room", followerRoomMachine],
  ["participant-room", participantRoomMachine],
  ["key-material-claim", claimMachine],
  ["key-material-stock", stockMachine],
]);
