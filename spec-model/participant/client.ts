/** A client: one pure step for whatever reaches it. */
import type { ActorStep, HttpResponse, Input, LocalMessage, Moment } from "../actor.ts";
import { noBytes } from "../bytes.ts";
import { type MlsLayer, realMls } from "../mls/index.ts";
import { emit, takeTurn } from "../turn.ts";
import { noAnswer, remember, retryRequest, settleRequest, waitAgain } from "./asks.ts";
import { changeFrankingAgent, hearFrankingKey } from "./change-agent.ts";
import type { ClientState, ClientTurn } from "./client-state.ts";
import { receiveConsentNews } from "./consents.ts";
import { createRoom } from "./create-room.ts";
import { receiveDelivery, replayBuffered } from "./deliveries.ts";
import { downloadAsset, receiveDownload } from "./download-asset.ts";
import type { ClientIntention } from "./intentions.ts";
import { hearClaim, hearRoom, hearUpdate } from "./introductions.ts";
import { join, receiveGroupInfo } from "./join.ts";
import { fetchKeyMaterial, publishKeyPackages, receiveKeyMaterial } from "./key-packages.ts";
import { say, sendUnsent } from "./messages.ts";
import { receiveSubmitAnswer, receiveUpdateAnswer } from "./outcomes.ts";
import { pursueOutsideRooms, receiveOutsideRooms } from "./outside-rooms.ts";
import { commitOnReturn, commitPending, commitWake } from "./pending-commits.ts";
import { receiveReportAnswer, reportAbuse } from "./report-abuse.ts";
import type { RoomWish } from "./room-wishes.ts";
import { receiveUploadAnswer, shareAsset } from "./share-asset.ts";
import { foundSuccessor, hearFounding } from "./succeed.ts";
import { want } from "./updates.ts";

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
    else if (input.type === "wake") wake(turn, input.id);
    else if (input.type === "response") fromServer(turn, input.id, input.response);
    else if (input.type === "noResponse") fromServer(turn, input.id, { status: noAnswer, body: noBytes });
  });
}

function pursue(turn: ClientTurn, intention: ClientIntention): void {
  if (!turn.state.connected && intention.type !== "connect") {
    emit(turn, { type: "decided", text: "has no connection to its provider" });
    return;
  }
  switch (intention.type) {
    case "publishKeyPackages":
      publishKeyPackages(turn, intention.count, intention.lastResort ?? false);
      break;
    case "createRoom":
      createRoom(turn, intention.room, intention.name, intention.role, intention.setup);
      break;
    case "fetchKeyMaterial":
      fetchKeyMaterial(turn, intention.room, intention.user);
      break;
    case "say":
      say(turn, intention.room, intention.said);
      break;
    case "joinAsNewClient":
      join(turn, intention.room, { code: intention.code ?? "", role: intention.role });
      break;
    case "succeed":
      foundSuccessor(turn, intention.room);
      break;
    case "changeFrankingAgent":
      changeFrankingAgent(turn, intention.room, intention.groupId);
      break;
    case "destroyRoom":
      destroyRoom(turn, intention.room);
      break;
    case "reportAbuse":
      reportAbuse(turn, intention);
      break;
    case "shareAsset":
      shareAsset(turn, intention);
      break;
    case "downloadAsset":
      downloadAsset(turn, intention);
      break;
    case "disconnect":
    case "connect":
      changeConnection(turn, intention.type);
      break;
    case "requestConsent":
    case "cancelConsent":
    case "grantConsent":
    case "revokeConsent":
    case "connectWith":
    case "queryIdentifier":
    case "setSearchability":
    case "authoriseMapping":
    case "removeMapping":
    case "discover":
    case "introduce":
    case "giveUp":
      pursueOutsideRooms(turn, intention);
      break;
    default:
      want(turn, intention.room, wishOf(intention));
  }
}

/** A wish for a room: what is wanted, without the room it is wanted of. */
function wishOf(intention: UpdateIntention): RoomWish {
  const { room, type, ...about } = intention;
  if (type === "leave") return { kind: type, form: intention.form ?? "remove" };
  return { kind: type, ...about } as RoomWish;
}

type UpdateIntention = Extract<ClientIntention, { readonly type: RoomWish["kind"] }>;

/** Lost connections are noticed by both sides. */
function changeConnection(turn: ClientTurn, type: "connect" | "disconnect"): void {
  const before = turn.state.connected;
  turn.state = { ...turn.state, connected: type === "connect" };
  if (!before && type === "connect") {
    waitAgain(turn);
    commitOnReturn(turn);
  }
  const label = type === "connect" ? "connect" : "disconnect";
  emit(turn, { type: "local", to: turn.state.provider.domain, message: { type }, label });
}

/** The server had stopped when this client told it that it was back. */
function connectAgain(turn: ClientTurn): void {
  const message = { type: "connect" } as const;
  emit(turn, { type: "local", to: turn.state.provider.domain, message, label: message.type });
}

/** A room ends at its hub, by a word that MIMI leaves to the hub's provider. room-policy-04 §8.6 */
function destroyRoom(turn: ClientTurn, room: string): void {
  const id = remember(turn, { kind: "destroyRoom", room });
  const message = { type: "destroyRoom" as const, id, room };
  emit(turn, { type: "local", to: turn.state.provider.domain, message, label: "Destroy room" });
}

/** The time of an answer has passed, or that of another attempt has come. */
function wake(turn: ClientTurn, wakeId: string): void {
  // Without a connection no answer can come: waiting begins anew when it is back.
  if (!turn.state.connected) return;
  const [what, id = ""] = wakeId.split(" ");
  if (what === commitWake) commitPending(turn, wakeId);
  if (what === "retry") retryRequest(turn, id);
  if (what === "timeout" && settleRequest(turn, id, "timeout")) takeAnswer(turn, id, noAnswer, noBytes);
}

function fromProvider(turn: ClientTurn, message: LocalMessage): void {
  if (message.type === "deliver") receiveDelivery(turn, message.room, message.message);
  if (message.type === "frankingKey") hearFrankingKey(turn, message.key);
  if (message.type === "consentNews") receiveConsentNews(turn, message.body);
  if (message.type === "answer") receiveAnswer(turn, message.id, message.status, message.body);
  if (message.type === "connect" && turn.state.connected) connectAgain(turn);
}

/** The answer to a request that the client has made by itself: the last word in its name is the ask. */
function fromServer(turn: ClientTurn, request: string, { status, body }: HttpResponse): void {
  receiveAnswer(turn, request.split(" ").at(-1) ?? "", status, body);
}

function receiveAnswer(turn: ClientTurn, id: string, status: number, body: Uint8Array): void {
  if (settleRequest(turn, id, status)) takeAnswer(turn, id, status, body);
}

function takeAnswer(turn: ClientTurn, id: string, status: number, body: Uint8Array): void {
  const { [id]: asked, ...asks } = turn.state.asks;
  turn.state = { ...turn.state, asks };
  switch (asked?.kind) {
    case "keyMaterial":
      receiveKeyMaterial(turn, asked, status, body);
      hearClaim(turn, asked, status, body);
      break;
    case "update":
      receiveUpdateAnswer(turn, asked, status, body);
      hearUpdate(turn, asked.room, status, body);
      replayBuffered(turn, asked.room);
      sendUnsent(turn, asked.room);
      break;
    case "submitMessage":
      receiveSubmitAnswer(turn, asked, status, body);
      sendUnsent(turn, asked.room);
      break;
    case "groupInfo":
      receiveGroupInfo(turn, asked.room, status, body);
      break;
    case "reportAbuse":
      receiveReportAnswer(turn, status);
      break;
    case "upload":
      receiveUploadAnswer(turn, asked, status);
      break;
    case "download":
      receiveDownload(turn, asked, status, body);
      break;
    case "createRoom":
      hearRoom(turn, asked.room, status);
      hearFounding(turn, asked.room, status);
      if (status === 200) break;
      emit(turn, { type: "decided", text: `the provider does not take the room: ${status}` });
      break;
    case "destroyRoom": {
      const text = status === 200 ? `${asked.room} is destroyed` : `may not destroy the room: ${status}`;
      emit(turn, { type: "decided", text, draft: "room-policy-04 §8.6" });
      break;
    }
    default:
      if (asked !== undefined) receiveOutsideRooms(turn, asked, status, body);
  }
}
