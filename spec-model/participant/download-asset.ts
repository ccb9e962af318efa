/** Downloading an asset: directly, through the hub's proxy or by Oblivious HTTP, and checking what comes. protocol-06 §5.10 */
import {
  type BinaryRequest,
  type DownloadWay,
  decapsulateResponse,
  decodeKeyConfiguration,
  decodeResponse,
  defaultWay,
  downloadMachine,
  encapsulateRequest,
  encodeRequest,
  OhttpError,
  parseAssetUrl,
  refusalOfDownload,
} from "../assets/index.ts";
import { noBytes } from "../bytes.ts";
import { type OpenedContent, openContent } from "../content/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { CipherSuite } from "../mls/index.ts";
import { advance, emit, first } from "../turn.ts";
import { remember } from "./asks.ts";
import type { Ask, ClientTurn } from "./client-state.ts";
import type { Download } from "./downloads-state.ts";
import type { ClientIntention } from "./intentions.ts";
import { policyStateOf } from "./policy-state.ts";
import { roomOf } from "./rooms.ts";
import { requestFrom } from "./share-asset.ts";

type Wish = Extract<ClientIntention, { type: "downloadAsset" }>;
type Event = Parameters<typeof advance<typeof downloadMachine, ClientTurn["state"]>>[3];

/** Downloads what the latest message of a user with an external part leads to. */
export function downloadAsset(turn: ClientTurn, { room, of, way: wished }: Wish): void {
  const { messages, member } = roomOf(turn, room);
  const message = messages.findLast(
    ({ sender, content }) => sender === of.latestOf && content.nestedPart.cardinality === "external",
  );
  const part = message?.content.nestedPart;
  if (message === undefined || member === undefined || part?.cardinality !== "external") {
    notice(turn, "nothingToDownload", "no message leads to an asset");
    return;
  }
  const state = policyStateOf(member);
  const way = wished ?? defaultWay(state);
  const { messageId, sender } = message;
  const machine = first(downloadMachine, { way });
  const refusal = refusalOfDownload(state, turn.state.user, { sender, part, way });
  const hasKey = turn.state.assets.gatewayKeys[domainOfUri(room)] !== undefined;
  const id = `${messageId} ${turn.state.asked + 1}`;
  stepDownload(
    turn,
    id,
    { room, sender, messageId, part, machine },
    { type: "wanted", refusal, hasKey },
    noBytes,
  );
}

/** The key of the hub's gateway, or what the URL gave. */
export function receiveDownload(
  turn: ClientTurn,
  { download: id, step }: Extract<Ask, { kind: "download" }>,
  status: number,
  body: Uint8Array,
): void {
  const download = turn.state.assets.downloads[id];
  if (download === undefined) return;
  if (step === "key") {
    const problem = status === 200 ? keep(turn, domainOfUri(download.room), body) : `status${status}`;
    stepDownload(turn, id, download, { type: "keyArrived", problem }, noBytes);
    return;
  }
  const answer = answerIn(turn, download, status, body);
  const opened = answer.status === 200 ? openContent(download.part, answer.content, turn.now) : undefined;
  const problem = answer.problem ?? (opened?.ok === false ? opened.problem : undefined);
  const arrived: Event = { type: "arrived", status: answer.status, problem };
  stepDownload(turn, id, download, arrived, contentIn(opened));
}

function contentIn(opened: OpenedContent | undefined): Uint8Array {
  return opened?.ok === true ? opened.content : noBytes;
}

interface Answer {
  readonly status: number;
  readonly content: Uint8Array;
  readonly problem?: string;
}

/** By Oblivious HTTP the answer that counts is the one inside. */
function answerIn(turn: ClientTurn, { machine, keys }: Download, status: number, body: Uint8Array): Answer {
  if (machine.context.way !== "ohttp" || status !== 200 || keys === undefined)
    return { status, content: body };
  try {
    return decodeResponse(decapsulateResponse(suiteOf(turn), keys, body));
  } catch (error) {
    if (error instanceof OhttpError) return { status, content: noBytes, problem: `ohttp ${error.code}` };
    throw error;
  }
}

function stepDownload(
  turn: ClientTurn,
  id: string,
  download: Download,
  event: Event,
  content: Uint8Array,
): void {
  const { snapshot, effects } = advance(turn, downloadMachine, download.machine, event, download.part.url);
  const { [id]: _, ...others } = turn.state.assets.downloads;
  const next = { ...download, machine: snapshot };
  const downloads = snapshot.status === "done" ? others : { ...others, [id]: next };
  turn.state = { ...turn.state, assets: { ...turn.state.assets, downloads } };
  for (const effect of effects) {
    if (effect.type === "askForKey") askGateway(turn, id, next, "key", noBytes);
    if (effect.type === "askForAsset") askForAsset(turn, id, next, snapshot.context.way);
    if (effect.type === "open") open(turn, next, content);
    if (effect.type === "report") notice(turn, effect["problem"] as string, `cannot use ${next.part.url}`);
  }
}

function askForAsset(turn: ClientTurn, id: string, download: Download, way: DownloadWay): void {
  const { url } = download.part;
  if (way === "ohttp") {
    askObliviously(turn, id, download);
    return;
  }
  const ask = remember(turn, { kind: "download", download: id, step: "asset" });
  if (way === "direct") {
    requestFrom(turn, ask, { method: "GET", url, body: noBytes, summary: "" });
    return;
  }
  const message = { type: "fetchAsset" as const, id: ask, hub: domainOfUri(download.room), url };
  emit(turn, { type: "local", to: turn.state.provider.domain, message, label: "Fetch asset" });
}

function askObliviously(turn: ClientTurn, id: string, download: Download): void {
  const target = parseAssetUrl(download.part.url);
  const configuration = turn.state.assets.gatewayKeys[domainOfUri(download.room)];
  if (!target.ok || configuration === undefined) return;
  const { host: authority, path } = target.value;
  const inner: BinaryRequest = { method: "GET", scheme: "https", authority, path, content: noBytes };
  const suite = suiteOf(turn);
  const decoded = decodeKeyConfiguration(suite, configuration);
  const { body, keys } = encapsulateRequest(suite, decoded, encodeRequest(inner), turn.random);
  const downloads = { ...turn.state.assets.downloads, [id]: { ...download, keys } };
  turn.state = { ...turn.state, assets: { ...turn.state.assets, downloads } };
  askGateway(turn, id, download, "asset", body);
}

/** Through the own provider, which is the relay. §5.10.3 */
function askGateway(
  turn: ClientTurn,
  id: string,
  { room }: Download,
  step: "key" | "asset",
  body: Uint8Array,
): void {
  const ask = remember(turn, { kind: "download", download: id, step });
  const message = { type: "ohttp" as const, id: ask, hub: domainOfUri(room), body };
  const label = step === "key" ? "Fetch gateway key" : "OHTTP request";
  emit(turn, { type: "local", to: turn.state.provider.domain, message, label });
}

/** What is wrong with a gateway's key; otherwise it is kept. */
function keep(turn: ClientTurn, hub: string, configuration: Uint8Array): string | undefined {
  try {
    decodeKeyConfiguration(suiteOf(turn), configuration);
  } catch (error) {
    if (error instanceof OhttpError) return `ohttp ${error.code}`;
    throw error;
  }
  const gatewayKeys = { ...turn.state.assets.gatewayKeys, [hub]: configuration };
  turn.state = { ...turn.state, assets: { ...turn.state.assets, gatewayKeys } };
  return undefined;
}

function open(turn: ClientTurn, { messageId, part }: Download, content: Uint8Array): void {
  const opened = { ...turn.state.assets.opened, [messageId]: content };
  turn.state = { ...turn.state, assets: { ...turn.state.assets, opened } };
  const text = `opens ${part.filename}: ${content.length} octets`;
  emit(turn, { type: "decided", text, draft: "content-09 §4.5" });
}

function suiteOf(turn: ClientTurn): CipherSuite {
  return turn.mls.suite(turn.state.suite);
}

function notice(turn: ClientTurn, code: string, text: string): void {
  emit(turn, { type: "noticed", errorType: "ClientError", code, where: "protocol-06 §5.10", text });
}
