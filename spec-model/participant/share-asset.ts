/** Sending an asset: encrypt, upload, and send the message that says where it lies and how to open it. content-09 §4.5 */
import { refusalOfUpload, uploadHost } from "../assets/index.ts";
import { hex, utf8 } from "../bytes.ts";
import { compose, type ExternalPart, sealContent } from "../content/index.ts";
import { emit } from "../turn.ts";
import { remember } from "./asks.ts";
import type { Ask, ClientTurn } from "./client-state.ts";
import type { ClientIntention } from "./intentions.ts";
import { sendComposed } from "./messages.ts";
import { policyStateOf } from "./policy-state.ts";
import { roomOf } from "./rooms.ts";

type Wish = Extract<ClientIntention, { type: "shareAsset" }>;

/** Uploads to where the room's policy has it; the message follows when the server has taken it. room-policy-04 §6.4 */
export function shareAsset(
  turn: ClientTurn,
  { room, content, contentType, filename, host: wished }: Wish,
): void {
  const { member } = roomOf(turn, room);
  const state = member === undefined ? undefined : policyStateOf(member);
  const host = state === undefined ? undefined : (wished ?? uploadHost(state, turn.state.user));
  if (state === undefined || host === undefined) {
    refuseLocally(turn, "noUploadHost", `nothing says where to upload for ${room}`);
    return;
  }
  const { uploaded, protection } = sealContent(utf8(content), turn.random);
  const part: ExternalPart = {
    disposition: contentType.startsWith("image/") ? "render" : "attachment",
    language: "",
    cardinality: "external",
    contentType,
    url: `https://${host}/${hex(turn.random.bytes(16))}`,
    expires: 0,
    ...protection,
    description: "",
    filename,
  };
  const refusal = refusalOfUpload(state, turn.state.user, part);
  if (refusal !== undefined) {
    refuseLocally(turn, "uploadRefused", `the room does not take this: ${refusal}`);
    return;
  }
  const id = remember(turn, { kind: "upload", room, part });
  requestFrom(turn, id, { method: "POST", url: part.url, body: uploaded, summary: "ciphertext" });
}

/** The asset server's answer. */
export function receiveUploadAnswer(
  turn: ClientTurn,
  { room, part }: Extract<Ask, { kind: "upload" }>,
  status: number,
): void {
  if (status !== 201) {
    refuseLocally(turn, "uploadFailed", `the server does not take the upload: ${status}`);
    return;
  }
  const composed = compose({ sender: turn.state.user, room, salt: turn.random }, part);
  sendComposed(turn, room, composed);
}

/** A request that a client makes by itself: the server at the other end sees where it comes from. */
export function requestFrom(
  turn: ClientTurn,
  ask: string,
  request: {
    readonly method: "GET" | "POST";
    readonly url: string;
    readonly body: Uint8Array;
    readonly summary: string;
  },
): void {
  const [, host = "", path = "/"] = /^https:\/\/([^/]*)(.*)$/.exec(request.url) ?? [];
  const { method, body, summary } = request;
  const id = `${turn.state.client} ${ask}`;
  // From is for what providers say to each other. protocol-06 §4.1
  const http = { method, path, host, from: "", body };
  emit(turn, { type: "request", id, to: host, operation: "asset", summary, request: http });
}

function refuseLocally(turn: ClientTurn, code: string, text: string): void {
  emit(turn, { type: "noticed", errorType: "ClientError", code, where: "room-policy-04 §6.4", text });
}
