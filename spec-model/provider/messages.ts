/** What a provider sends: requests to other providers, answers to them and to its own clients. */
import type { HttpResponse } from "../actor.ts";
import { noBytes } from "../bytes.ts";
import { directoryPath, type EndpointName, endpointUrl } from "../endpoints/index.ts";
import type { FollowerLinks } from "../follower/index.ts";
import { type Asker, effectiveRoom, type HubLinks } from "../hub/index.ts";
import { emit } from "../turn.ts";
import { toClient } from "./clients.ts";
import type { Awaiting, ProviderTurn } from "./state.ts";
import { welcomed } from "./welcomes.ts";

/** Sends a POST request to another provider; false where its directory is not known. protocol-06 §4.1 */
export function post(
  turn: ProviderTurn,
  to: string,
  endpoint: EndpointName,
  subject: string,
  content: { readonly body: Uint8Array; readonly summary: string },
  awaiting: Awaiting,
): boolean {
  const url = endpointUrl(turn.state.peers[to] ?? {}, endpoint, subject);
  if (!url.ok) {
    const text = `${to} has no known endpoint ${endpoint}: its directory has to be read first`;
    emit(turn, {
      type: "noticed",
      errorType: "ProviderError",
      code: "unknownPeer",
      where: "protocol-06 §5.1",
      text,
    });
    missDirectory(turn, to);
    return false;
  }
  send(turn, to, endpoint, { method: "POST", path: url.value.path, ...content }, awaiting);
  return true;
}

/** Reads another provider's directory. protocol-06 §5.1 */
export function askDirectory(turn: ProviderTurn, of: string, attempt = 1): void {
  const request = { method: "GET" as const, path: directoryPath, body: noBytes, summary: "" };
  send(turn, of, "directory", request, { kind: "directory", of, attempt });
}

/** Asks for a directory that is needed now, unless that is under way. The draft has it read, and not when. */
function missDirectory(turn: ProviderTurn, of: string): void {
  const asked = Object.values(turn.state.awaiting);
  if (!asked.some((each) => each.kind === "directory" && each.of === of)) askDirectory(turn, of);
}

/** Sends any request and remembers what its answer is for. */
export function send(
  turn: ProviderTurn,
  to: string,
  operation: string,
  request: {
    readonly method: "GET" | "POST";
    readonly path: string;
    readonly body: Uint8Array;
    readonly summary: string;
  },
  awaiting: Awaiting,
): void {
  const { domain, requestsSent } = turn.state;
  const id = `${domain} ${requestsSent + 1}`;
  turn.state = {
    ...turn.state,
    requestsSent: requestsSent + 1,
    awaiting: { ...turn.state.awaiting, [id]: { ...awaiting, to } },
  };
  const { method, path, body, summary } = request;
  const http = { method, path, host: to, from: `mimi@${domain}`, body };
  emit(turn, { type: "request", id, to, operation, summary, request: http });
}

export function respond(turn: ProviderTurn, id: string, response: HttpResponse, summary: string): void {
  emit(turn, { type: "response", id, summary, response });
}

/** Answers whoever asked, in the same form. */
export function answer(
  turn: ProviderTurn,
  asker: Asker,
  status: number,
  body: Uint8Array,
  summary: string,
): void {
  if (asker.kind === "provider") {
    respond(turn, asker.request, { status, body }, summary);
    return;
  }
  const message = { type: "answer" as const, id: asker.ask, status, body };
  toClient(turn, asker.client, message, labelForClient(status, summary));
}

/** The provider's side of its hubs and of the rooms it follows. */
export function linksOf(
  turn: ProviderTurn,
): HubLinks & Pick<FollowerLinks, "ownersOf" | "deliver" | "isOwn"> {
  return {
    answer: (asker, status, body, summary) => answer(turn, asker, status, body, summary),
    participantsOf: (room) => {
      const hosted = turn.state.hosted[room];
      return hosted === undefined ? undefined : effectiveRoom(hosted.machine.context).participants;
    },
    envelope: turn.state.roomEnvelope,
    isOwn: (domain) => domain === turn.state.domain,
    ownersOf: (keyPackages, room) => welcomed(turn, keyPackages, room),
    deliver: (client, room, message, label) =>
      toClient(turn, client, { type: "deliver", room, message }, label),
    notify: (provider, room, body, summary, items) => {
      post(turn, provider, "notify", room, { body, summary }, { kind: "notified", room, provider, items });
    },
    wake: (provider, room, afterMs) =>
      emit(turn, { type: "wake", id: JSON.stringify([room, provider]), afterMs }),
  };
}

/** What the figures call an answer to a client. */
function labelForClient(status: number, summary: string): string {
  if (status !== 200) return `${status}`;
  if (summary.startsWith("KeyMaterial") || summary === "keyMaterial") return "KPs";
  if (summary.startsWith("GroupInfo") || summary === "groupInfo") return "GroupInfo, tree";
  const named = outsideRooms[summary];
  if (named !== undefined) return named;
  const refused = /wrongEpoch|notAllowed|invalidProposal|epochTooOld/.exec(summary)?.[0];
  return refused ?? "Accepted";
}

/** Answers to what a client asks outside of rooms. */
const outsideRooms: Readonly<Record<string, string>> = {
  identifierQuery: "Users",
  asset: "Asset",
  ohttp: "OHTTP response",
  discoveryTokens: "Tokens",
  discoveryLookup: "Mappings",
};
