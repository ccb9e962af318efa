/** A provider's server: one pure step for whatever reaches it. protocol-06 §4.3 and §5 */
import type { ActorStep, HttpResponse, Input, LocalMessage, Moment } from "../actor.ts";
import { noBytes } from "../bytes.ts";
import { clientMoved, unknownRoom } from "../follower/index.ts";
import { deliver, type HostedRoom, issueJoinCode, pursueHubWish } from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import { type MlsLayer, realMls } from "../mls/index.ts";
import type { ProviderIntention } from "../participant/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { emit, takeTurn } from "../turn.ts";
import { UpdateRoomResponse } from "../update/index.ts";
import { rotateFrankingKey, rotateHubKey } from "./abuse.ts";
import { clientConnection } from "./clients.ts";
import { peerProblem } from "./connections.ts";
import { requestAnswered } from "./consents.ts";
import { drawConsequences } from "./consequences.ts";
import { directoryAnswered } from "./directories.ts";
import { downloaded, fetched, receiveFetch, relayOhttp } from "./downloads.ts";
import { deleteAccount, receiveKeyMaterial, store } from "./key-material.ts";
import { answer, askDirectory, linksOf } from "./messages.ts";
import { receiveServerAsk, setSearchability } from "./outside-rooms.ts";
import { createRoom, endRoom, receiveAsk, receiveRequest } from "./requests.ts";
import { crash, restart } from "./restart.ts";
import type { Awaiting, ProviderState, ProviderTurn } from "./state.ts";

/** What the provider does with `input` at `moment`. Pure; never throws for what a peer or a client sends. */
export function stepProvider(
  state: ProviderState,
  input: Input<ProviderIntention>,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ProviderState> {
  const now = state.followsClock === true ? moment.now : Math.max(moment.now, state.latestMs);
  return takeTurn({ ...state, latestMs: now }, { ...moment, now }, mls, (turn) => {
    // A server that has stopped hears nothing until it is started again.
    if (state.isDown && !(input.type === "intention" && input.intention.type === "restart")) return;
    switch (input.type) {
      case "intention":
        pursue(turn, input.intention);
        break;
      case "local":
        fromClient(turn, input.from, input.message);
        break;
      case "request":
        receiveRequest(turn, input);
        break;
      case "response":
        fromServer(turn, input);
        break;
      case "noResponse":
        fromPeer(turn, input.id, undefined);
        break;
      case "wake":
        retryDelivery(turn, input.id);
    }
  });
}

function pursue(turn: ProviderTurn, intention: ProviderIntention): void {
  switch (intention.type) {
    case "readDirectory":
      askDirectory(turn, intention.of);
      break;
    case "deleteAccount":
      deleteAccount(turn, intention.user);
      break;
    case "propose": {
      const hosted = turn.state.hosted[intention.room];
      if (hosted === undefined) break;
      keepHosted(turn, pursueHubWish(turn, linksOf(turn), turn.state.keys, hosted, intention.wish));
      drawConsequences(turn, intention.room);
      break;
    }
    case "issueCode": {
      const hosted = turn.state.hosted[intention.room];
      if (hosted !== undefined) keepHosted(turn, issueJoinCode(turn, hosted, intention.code));
      break;
    }
    case "rotateHubKey":
      rotateHubKey(turn);
      break;
    case "rotateFrankingKey":
      rotateFrankingKey(turn, intention.franking);
      break;
    case "crash":
      crash(turn);
      break;
    case "restart":
      restart(turn);
  }
}

function fromClient(turn: ProviderTurn, client: string, message: LocalMessage): void {
  switch (message.type) {
    case "storeKeyPackages":
      store(turn, client, message.keyPackages);
      break;
    case "createRoom":
      createRoom(turn, client, message);
      break;
    case "ask":
      receiveAsk(turn, client, message);
      break;
    case "left": {
      const followed = turn.state.followed[message.room];
      if (followed === undefined) break;
      const left = clientMoved(turn, followed, { type: "clientLeft", client });
      turn.state = { ...turn.state, followed: { ...turn.state.followed, [message.room]: left } };
      break;
    }
    case "destroyRoom":
      endRoom(turn, client, message);
      break;
    case "connect":
    case "disconnect":
      clientConnection(turn, client, message.type);
      break;
    case "fetchAsset":
      receiveFetch(turn, client, message);
      break;
    case "ohttp":
      relayOhttp(turn, client, message);
      break;
    case "askServer":
      receiveServerAsk(turn, client, message);
      break;
    case "setSearchability":
      setSearchability(turn, client, message);
      break;
    default:
      // Answers and deliveries go the other way.
      break;
  }
}

/** An answer counts where the server that was asked has given it. protocol-06 §4.1 */
function fromServer(
  turn: ProviderTurn,
  { id, certificate, response }: Extract<Input<never>, { type: "response" }>,
): void {
  const to = turn.state.awaiting[id]?.to;
  const problem = to === undefined ? undefined : peerProblem(to, certificate);
  const where = "protocol-06 §4.1";
  if (problem !== undefined) emit(turn, { type: "noticed", errorType: "ProviderError", ...problem, where });
  fromPeer(turn, id, problem === undefined ? response : undefined);
}

/** The answer to a request of this provider's own, or that none came. */
function fromPeer(turn: ProviderTurn, id: string, response: HttpResponse | undefined): void {
  const { [id]: awaiting, ...rest } = turn.state.awaiting;
  turn.state = { ...turn.state, awaiting: rest };
  switch (awaiting?.kind) {
    case "relayed":
      relayAnswer(turn, awaiting, response);
      break;
    case "keyMaterial":
      if (response?.status === 200) receiveKeyMaterial(turn, awaiting, response.body);
      else answer(turn, awaiting.asker, 502, noBytes, "");
      break;
    case "notified":
      delivered(turn, awaiting, response);
      break;
    case "fetchedAsset":
      fetched(turn, awaiting, response);
      break;
    case "proxiedDownload":
      downloaded(turn, awaiting, response);
      break;
    case "relayedOutside":
      answer(turn, awaiting.asker, response?.status ?? 504, response?.body ?? noBytes, awaiting.operation);
      break;
    case "consentRequest":
      requestAnswered(turn, awaiting, response?.status);
      break;
    case "directory":
      if (directoryAnswered(turn, awaiting, response)) goOnWith(turn, awaiting.of);
      break;
    default:
      break;
  }
}

/** Brings the hub's answer to the client that asked, unchanged. */
function relayAnswer(
  turn: ProviderTurn,
  awaiting: Extract<Awaiting, { kind: "relayed" }>,
  response: HttpResponse | undefined,
): void {
  if (response === undefined) {
    answer(turn, awaiting.asker, 504, noBytes, "");
    return;
  }
  if (awaiting.operation === "update") admitJoiner(turn, awaiting, response);
  answer(turn, awaiting.asker, response.status, response.body, awaiting.operation);
}

/** A client of this provider is in the room from the moment its own external commit is accepted. */
function admitJoiner(
  turn: ProviderTurn,
  { asker, room }: Extract<Awaiting, { kind: "relayed" }>,
  response: HttpResponse,
): void {
  const answered = attempt(() => UpdateRoomResponse.decode(response.body));
  if (isRefused(answered) || answered.responseCode !== "success") return;
  const followed = turn.state.followed[room] ?? unknownRoom(room, domainOfUri(room));
  if (followed.context.clients.includes(asker.client)) return;
  const joined = clientMoved(turn, followed, { type: "clientJoined", client: asker.client });
  turn.state = { ...turn.state, followed: { ...turn.state.followed, [room]: joined } };
}

function delivered(
  turn: ProviderTurn,
  { room, provider, items }: Extract<Awaiting, { kind: "notified" }>,
  response: HttpResponse | undefined,
): void {
  const hosted = turn.state.hosted[room];
  if (hosted === undefined) return;
  const event =
    response === undefined
      ? ({ type: "unanswered" } as const)
      : ({
          type: "answered",
          status: response.status,
          items,
          ...(response.retryAfter === undefined ? {} : { retryAfterMs: response.retryAfter * 1000 }),
        } as const);
  keepHosted(turn, deliver(turn, linksOf(turn), hosted, provider, event));
}

/** What had no known way to a provider until now is sent. protocol-06 §5.1 and §5.5 */
function goOnWith(turn: ProviderTurn, provider: string): void {
  for (const { room } of Object.values(turn.state.hosted)) {
    const hosted = turn.state.hosted[room];
    if (hosted?.deliveries[provider] === undefined) continue;
    keepHosted(turn, deliver(turn, linksOf(turn), hosted, provider, { type: "restarted" }));
  }
}

function retryDelivery(turn: ProviderTurn, id: string): void {
  const [room = "", provider = ""] = JSON.parse(id) as string[];
  const hosted = turn.state.hosted[room];
  if (hosted === undefined) return;
  keepHosted(turn, deliver(turn, linksOf(turn), hosted, provider, { type: "retryDue" }));
}

function keepHosted(turn: ProviderTurn, hosted: HostedRoom): void {
  turn.state = { ...turn.state, hosted: { ...turn.state.hosted, [hosted.room]: hosted } };
}
