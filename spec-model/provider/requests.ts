/** Requests that reach a provider: from other providers over HTTPS, and from its own clients. protocol-06 §5 */
import type { Input, LocalMessage } from "../actor.ts";
import { noBytes } from "../bytes.ts";
import { directoryPath, endpointAt, endpoints, statusCodes } from "../endpoints/index.ts";
import { receiveNotify, unknownRoom } from "../follower/index.ts";
import {
  type Asker,
  destroyRoom,
  type HostedRoom,
  hostRoom,
  isClosed,
  isSuperseded,
  receiveGroupInfoRequest,
  receiveSubmission,
  receiveUpdate,
  refuseUnknownRoom,
  succeedRoom,
} from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import { decodeRatchetTree, GroupInfo } from "../mls/index.ts";
import { attempt, isRefused, RoomError } from "../room/index.ts";
import { emit } from "../turn.ts";
import { mayRelayReport, receiveReport } from "./abuse.ts";
import { requestProblem, sourceOf } from "./connections.ts";
import { receiveConsentRequest, receiveConsentUpdate } from "./consents.ts";
import { drawConsequences } from "./consequences.ts";
import { giveDirectory } from "./directories.ts";
import { gatewayPath, receiveOhttp, receiveProxyDownload } from "./downloads.ts";
import { receiveIdentifierQuery } from "./identifier-query.ts";
import { receiveKeyMaterialRequest } from "./key-material.ts";
import { answer, linksOf, post, respond } from "./messages.ts";
import type { ProviderTurn } from "./state.ts";
import { userOf } from "./users.ts";

type Arrived = Pick<Extract<Input<never>, { type: "request" }>, "id" | "certificate" | "request">;

/** A request of another provider. */
export function receiveRequest(turn: ProviderTurn, { id, certificate, request }: Arrived): void {
  const problem = requestProblem(turn.state.domain, certificate, request);
  const from = sourceOf(request.from);
  if (problem !== undefined || from === undefined) {
    const where = "protocol-06 §4.1";
    if (problem !== undefined) emit(turn, { type: "noticed", errorType: "ProviderError", ...problem, where });
    respond(turn, id, { status: 403, body: noBytes }, "");
    return;
  }
  if (request.method === "GET" && request.path === directoryPath) {
    giveDirectory(turn, id);
    return;
  }
  if (request.path === gatewayPath) {
    receiveOhttp(turn, { kind: "provider", domain: from, request: id }, request.body);
    return;
  }
  const endpoint = endpointAt(turn.state.directory, `https://${endpointHost(turn)}${request.path}`);
  const asker: Asker = { kind: "provider", domain: from, request: id };
  if (endpoint !== undefined && endpoints[endpoint.name].method !== request.method) {
    respond(turn, id, { status: statusCodes.methodNotAllowed, body: noBytes }, "");
    return;
  }
  switch (endpoint?.name) {
    case "keyMaterial":
      receiveKeyMaterialRequest(turn, asker, request.body);
      break;
    case "notify":
      notify(turn, id, from, endpoint.identifier, request.body);
      break;
    case "update":
    case "submitMessage":
    case "groupInfo":
      atHub(turn, asker, endpoint.name, endpoint.identifier, request.body);
      break;
    case "proxyDownload":
      receiveProxyDownload(turn, asker, endpoint.identifier);
      break;
    case "reportAbuse":
      reportAtHub(turn, asker, endpoint.identifier, request.body);
      break;
    case "requestConsent":
      receiveConsentRequest(turn, { id, from, body: request.body });
      break;
    case "updateConsent":
      receiveConsentUpdate(turn, { id, from, body: request.body });
      break;
    case "identifierQuery":
      receiveIdentifierQuery(turn, asker, request.body);
      break;
    default:
      respond(turn, id, { status: 404, body: noBytes }, "");
  }
}

/** A request of an own client: for a room hosted here, for key material, or to be passed on to a room's hub. */
export function receiveAsk(
  turn: ProviderTurn,
  client: string,
  ask: Extract<LocalMessage, { type: "ask" }>,
): void {
  const { operation, room, body } = ask;
  const asker: Asker = { kind: "client", client, ask: ask.id, domain: turn.state.domain };
  if (operation === "keyMaterial") {
    receiveKeyMaterialRequest(turn, asker, body);
    return;
  }
  if (operation === "reportAbuse" && !mayRelayReport(turn, client, body)) {
    answer(turn, asker, 403, noBytes, "");
    return;
  }
  if (turn.state.hosted[room] !== undefined) {
    if (operation === "reportAbuse") reportAtHub(turn, asker, room, body);
    else atHub(turn, asker, operation, room, body);
    return;
  }
  const content = { body, summary: summaries[operation] };
  const awaiting = { kind: "relayed" as const, asker, operation, room, body };
  if (!post(turn, domainOfUri(room), operation, room, content, awaiting))
    answer(turn, asker, 502, noBytes, "");
}

/** An own client has created a group for a room that is to be hosted here. protocol-06 §3.1 */
export function createRoom(
  turn: ProviderTurn,
  client: string,
  message: Extract<LocalMessage, { type: "createRoom" }>,
): void {
  const { room, groupInfo, ratchetTree, id } = message;
  const asker: Asker = { kind: "client", client, ask: id, domain: turn.state.domain };
  const before = turn.state.hosted[room];
  const follows = before !== undefined && isSuperseded(before);
  const hosted = attempt(() => {
    if (domainOfUri(room) !== turn.state.domain) {
      throw new RoomError("roomIsHere", "protocol-06 §3.1", `${room} has another hub`);
    }
    if (follows) {
      const founded = { groupInfo: GroupInfo.decode(groupInfo), tree: decodeRatchetTree(ratchetTree) };
      const founding = { asker, user: userOf(turn, client), ...founded };
      return succeedRoom(turn, linksOf(turn), turn.state.keys, before, founding);
    }
    if (before !== undefined) {
      throw new RoomError("roomIsNew", "protocol-06 §3.1", `${room} exists already`);
    }
    return hostRoom(
      turn,
      linksOf(turn),
      turn.state.keys,
      room,
      GroupInfo.decode(groupInfo),
      decodeRatchetTree(ratchetTree),
      Object.values(turn.state.hosted),
    );
  });
  if (isRefused(hosted)) {
    emit(turn, { type: "noticed", ...hosted });
    answer(turn, asker, 400, noBytes, "");
    return;
  }
  keep(turn, hosted);
  if (follows) return;
  emit(turn, { type: "decided", text: `becomes the hub of ${room}`, draft: "protocol-06 §3.1" });
  answer(turn, asker, 200, noBytes, "room success");
}

/** An own client asks that a room hosted here come to an end. room-policy-04 §8.6 */
export function endRoom(
  turn: ProviderTurn,
  client: string,
  { room, id }: Extract<LocalMessage, { type: "destroyRoom" }>,
): void {
  const asker: Asker = { kind: "client", client, ask: id, domain: turn.state.domain };
  const hosted = turn.state.hosted[room];
  if (hosted === undefined || isClosed(hosted)) answer(turn, asker, 404, noBytes, "");
  else keep(turn, destroyRoom(turn, linksOf(turn), hosted, asker, userOf(turn, client)));
}

function atHub(
  turn: ProviderTurn,
  asker: Asker,
  operation: "update" | "submitMessage" | "groupInfo",
  room: string,
  body: Uint8Array,
): void {
  const hosted = turn.state.hosted[room];
  const links = linksOf(turn);
  // A room that has come to an end is as one that never was: no message of MIMI's says more. protocol-06 §5.6
  if (hosted === undefined || hosted.machine.status === "done") {
    // Only this operation has a code for it; the draft's other answers have none, and HTTP's own says it.
    if (operation === "groupInfo")
      refuseUnknownRoom(turn, links, turn.state.policy.refusals, room, asker, body);
    else answer(turn, asker, 404, noBytes, "");
    return;
  }
  const { keys } = turn.state;
  if (operation === "update") {
    keep(turn, receiveUpdate(turn, links, keys, hosted, asker, body));
    drawConsequences(turn, room);
  } else if (operation === "submitMessage")
    keep(turn, receiveSubmission(turn, links, keys, hosted, asker, body));
  else keep(turn, receiveGroupInfoRequest(turn, links, keys, hosted, asker, body));
}

/** A room that has come to an end is still one to report about. */
function reportAtHub(turn: ProviderTurn, asker: Asker, room: string, body: Uint8Array): void {
  const hosted = turn.state.hosted[room];
  if (hosted === undefined) answer(turn, asker, 404, noBytes, "");
  else receiveReport(turn, asker, hosted, body);
}

function notify(turn: ProviderTurn, request: string, from: string, room: string, body: Uint8Array): void {
  const followed = turn.state.followed[room] ?? unknownRoom(room, domainOfUri(room));
  const links = {
    ...linksOf(turn),
    answer: (id: string, status: number) => respond(turn, id, { status, body: noBytes }, ""),
  };
  const next = receiveNotify(turn, links, followed, { request, from, body });
  turn.state = { ...turn.state, followed: { ...turn.state.followed, [room]: next } };
}

function keep(turn: ProviderTurn, hosted: HostedRoom): void {
  turn.state = { ...turn.state, hosted: { ...turn.state.hosted, [hosted.room]: hosted } };
}

function endpointHost(turn: ProviderTurn): string {
  return /^https:\/\/([^/]*)/.exec(turn.state.directory.update ?? "")?.[1] ?? "";
}

const summaries = {
  update: "UpdateRequest",
  submitMessage: "SubmitMessageRequest",
  groupInfo: "GroupInfoRequest",
  reportAbuse: "AbuseReport",
} as const;
