/** All state machines of the model, by the name their diagrams have. */
import type { AnyStateMachine } from "xstate";
import { consentCacheMachine, consentMachine } from "../spec-model/consent/index.ts";
import { identifierMachine } from "../spec-model/discovery/mappings/index.ts";
import { clientLinkMachine, followerRoomMachine } from "../spec-model/follower/index.ts";
import { deliveryMachine, hubRoomMachine } from "../spec-model/hub/index.ts";
import { claimMachine, introductionMachine } from "../spec-model/introduction/index.ts";
import { stockMachine } from "../spec-model/key-material/index.ts";
import { participantRoomMachine, requestMachine } from "../spec-model/participant/index.ts";

export const machines: ReadonlyMap<string, AnyStateMachine> = new Map<string, AnyStateMachine>([
  ["hub-room", hubRoomMachine],
  ["hub-fan-out", deliveryMachine],
  ["follower-room", followerRoomMachine],
  ["client-link", clientLinkMachine],
  ["participant-room", participantRoomMachine],
  ["client-request", requestMachine],
  ["key-material-claim", claimMachine],
  ["key-material-stock", stockMachine],
  ["consent", consentMachine],
  ["consent-cache", consentCacheMachine],
  ["introduction", introductionMachine],
  ["discovery-mapping", identifierMachine],
]);
