/** A client: one pure step for whatever reaches it. */
import type { ActorStep, Input, LocalMessage, Moment } from "../actor.ts";
import { type MlsLayer, realMls } from "../mls/index.ts";
import { emit, takeTurn } from "../turn.ts";
import type { ClientState, ClientTurn } from "./client-state.ts";
import { addOwnClients, addUser, commitProposals } from "./commits.ts";
import { createRoom } from "./create-room.ts";
import { receiveDelivery, replayBuffered } from "./deliveries.ts";
import type { ClientIntention } from "./intentions.ts";
import { askForGroupInfo, receiveGroupInfo } from "./join.ts";
import { fetchKeyMaterial, publishKeyPackages, receiveKeyMaterial } from "./key-packages.ts";
import { leave } from "./leave.ts";
import { say } from "./messages.ts";
import { receiveSubmitAnswer, receiveUpdateAnswer } from "./outcomes.ts";

/** What the client does with `input` at `moment`. Pure; never throws for what its provider or a peer sends. */
export function stepClient(
  state: ClientState,
  input: Input<ClientIntention>,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ClientState> {
  return takeTurn(state, moment, mls, (turn) => {
    if (input.type === "intention") pursue(turn, input.intention);
    else if (input.type === "local") fromProvider(turn, input.message);
  });
}

function pursue(turn: ClientTurn, intention: ClientIntention): void {
  switch (intention.type) {
    case "publishKeyPackages":
      publishKeyPackages(turn, intention.count);
      break;
    case "createRoom":
      createRoom(turn, intention.room, intention.name, intention.role);
      break;
    case "fetchKeyMaterial":
      fetchKeyMaterial(turn, intention.room, intention.user);
      break;
    case "addUser":
      addUser(turn, intention.room, intention.user, intention.role);
      break;
    case "addOwnClients":
      addOwnClients(turn, intention.room);
      break;
    case "commit":
      commitProposals(turn, intention.room, [], undefined);
      break;
    case "say":
      say(turn, intention.room, intention.said);
      break;
    case "leave":
      leave(turn, intention.room);
      break;
    case "joinAsNewClient":
      askForGroupInfo(turn, intention.room);
  }
}

function fromProvider(turn: ClientTurn, message: LocalMessage): void {
  if (message.type === "deliver") receiveDelivery(turn, message.room, message.message);
  if (message.type === "answer") receiveAnswer(turn, message.id, message.status, message.body);
}

function receiveAnswer(turn: ClientTurn, id: string, status: number, body: Uint8Array): void {
  const { [id]: asked, ...asks } = turn.state.asks;
  turn.state = { ...turn.state, asks };
  switch (asked?.kind) {
    case "keyMaterial":
      receiveKeyMaterial(turn, asked, status, body);
      break;
    case "update":
    case "leave":
      receiveUpdateAnswer(turn, asked, status, body);
      replayBuffered(turn, asked.room);
      break;
    case "submitMessage":
      receiveSubmitAnswer(turn, asked, status, body);
      break;
    case "groupInfo":
      receiveGroupInfo(turn, asked.room, status, body);
      break;
    case "createRoom":
      if (status === 200) break;
      emit(turn, { type: "decided", text: `the provider does not take the room: ${status}` });
      break;
    default:
      break;
  }
}
