/** Downloading for others: as a hub that proxies and has an OHTTP gateway, and as a provider whose clients download. §5.10 */
import type { HttpResponse, LocalMessage } from "../actor.ts";
import {
  configurationOf,
  decapsulateRequest,
  decodeRequest,
  defaultAssetVariants,
  encapsulateResponse,
  encodeKeyConfiguration,
  encodeResponse,
  fetchMachine,
  OhttpError,
  parseAssetUrl,
} from "../assets/index.ts";
import { noBytes, textOf } from "../bytes.ts";
import { endpointUrl } from "../endpoints/index.ts";
import type { Asker } from "../hub/index.ts";
import { advance, emit, first } from "../turn.ts";
import { answer, send } from "./messages.ts";
import type { Awaiting, Fetch, ProviderTurn } from "./state.ts";

/** Where a gateway is, for want of an endpoint in the directory. RFC 9540 §5 */
export const gatewayPath = "/.well-known/ohttp-gateway";

/** For how long a download is kept for others, in milliseconds. */
const cacheMs = 600_000;

type ClientAsker = Extract<Asker, { kind: "client" }>;

/** An own client wants an asset through a hub. §5.10.2 */
export function receiveFetch(
  turn: ProviderTurn,
  client: string,
  { id, hub, url }: Extract<LocalMessage, { type: "fetchAsset" }>,
): void {
  const asker: ClientAsker = { kind: "client", client, ask: id, domain: turn.state.domain };
  if (hub === turn.state.domain) {
    startFetch(turn, { kind: "proxied", asker }, url);
    return;
  }
  const cached = cachedAt(turn, url);
  if (cached !== undefined) {
    answer(turn, asker, 200, cached, "asset");
    return;
  }
  const endpoint = endpointUrl(turn.state.peers[hub] ?? {}, "proxyDownload", url);
  if (!endpoint.ok) {
    answer(turn, asker, 502, noBytes, "");
    return;
  }
  const request = { method: "GET" as const, path: endpoint.value.path, body: noBytes, summary: "" };
  send(turn, hub, "proxyDownload", request, { kind: "proxiedDownload", asker, url });
}

/** The hub's answer to a download of an own client. */
export function downloaded(
  turn: ProviderTurn,
  { asker, url }: Extract<Awaiting, { kind: "proxiedDownload" }>,
  response: HttpResponse | undefined,
): void {
  if (response?.status === 200) cache(turn, url, response.body);
  answer(turn, asker, response?.status ?? 504, response?.body ?? noBytes, "asset");
}

/** As a hub: another provider wants an asset. §5.10.2 */
export function receiveProxyDownload(turn: ProviderTurn, asker: Asker, url: string): void {
  startFetch(turn, { kind: "proxied", asker }, url);
}

/** As a relay: an own client's request for a hub's gateway, passed on unread; without a body, for the gateway's key. §5.10.3 */
export function relayOhttp(
  turn: ProviderTurn,
  client: string,
  { id, hub, body }: Extract<LocalMessage, { type: "ohttp" }>,
): void {
  const asker: ClientAsker = { kind: "client", client, ask: id, domain: turn.state.domain };
  if (hub === turn.state.domain) {
    receiveOhttp(turn, asker, body);
    return;
  }
  const method = body.length === 0 ? ("GET" as const) : ("POST" as const);
  const request = { method, path: gatewayPath, body, summary: body.length === 0 ? "" : "sealed" };
  send(turn, hub, "ohttp", request, { kind: "relayedOutside", asker, operation: "ohttp" });
}

/** As a gateway. §5.10.3, RFC 9458 §3 and §4.3 */
export function receiveOhttp(turn: ProviderTurn, asker: Asker, body: Uint8Array): void {
  const { gateway } = turn.state;
  const suite = turn.mls.suite(gateway.suite);
  if (body.length === 0) {
    answer(turn, asker, 200, encodeKeyConfiguration(configurationOf(suite, gateway)), "key configuration");
    return;
  }
  try {
    const { request, keys } = decapsulateRequest(suite, gateway, body);
    const { method, scheme, authority, path } = decodeRequest(request);
    const url = method === "GET" ? `${scheme}://${authority}${path}` : "";
    startFetch(turn, { kind: "encapsulated", asker, keys }, url);
  } catch (error) {
    if (!(error instanceof OhttpError)) throw error;
    const { name: errorType, code, message: text } = error;
    emit(turn, { type: "noticed", errorType, code, where: "RFC 9458 §4.3", text });
    answer(turn, asker, 400, noBytes, "");
  }
}

/** The asset server's answer, or that none came. */
export function fetched(
  turn: ProviderTurn,
  { fetch: id }: Extract<Awaiting, { kind: "fetchedAsset" }>,
  response: HttpResponse | undefined,
): void {
  const before = turn.state.fetches[id];
  if (before === undefined) return;
  if (response === undefined) {
    stepFetch(turn, id, before, { type: "unanswered" }, noBytes);
    return;
  }
  const { status, body } = response;
  const location = status >= 300 && status < 400 ? textOf(body) : undefined;
  stepFetch(turn, id, before, { type: "upstream", status, size: body.length, location }, body);
}

function startFetch(turn: ProviderTurn, reply: Fetch["reply"], url: string): void {
  const variants = { ...defaultAssetVariants, ...turn.state.assetVariants };
  const machine = first(fetchMachine, { url, hosts: turn.state.assetHosts, variants });
  const id = `fetch ${turn.state.requestsSent + 1}`;
  const isCached = variants.cache === "byUrl" && cachedAt(turn, url) !== undefined;
  stepFetch(turn, id, { machine, reply }, { type: "asked", isCached }, noBytes);
}

function stepFetch(
  turn: ProviderTurn,
  id: string,
  { machine, reply }: Fetch,
  event: Parameters<typeof advance<typeof fetchMachine, ProviderTurn["state"]>>[3],
  body: Uint8Array,
): void {
  const { snapshot, effects } = advance(turn, fetchMachine, machine, event, id);
  const { [id]: _, ...others } = turn.state.fetches;
  const isDone = snapshot.status === "done";
  const fetches = isDone ? others : { ...others, [id]: { machine: snapshot, reply } };
  turn.state = { ...turn.state, fetches };
  const { url } = snapshot.context;
  for (const effect of effects) {
    if (effect.type === "fetch") askServer(turn, id, url);
    if (effect.type === "cache" && snapshot.context.variants.cache === "byUrl") cache(turn, url, body);
    if (effect.type === "answerFromCache") give(turn, reply, 200, cachedAt(turn, url) ?? noBytes);
    if (effect.type === "passOn") give(turn, reply, effect["status"] as number, body);
    if (effect.type === "refuse") refuse(turn, reply, effect["status"] as number, effect["rule"] as string);
  }
}

function askServer(turn: ProviderTurn, id: string, url: string): void {
  const target = parseAssetUrl(url);
  if (!target.ok) return;
  const { host, path } = target.value;
  const request = { method: "GET" as const, path, body: noBytes, summary: "" };
  send(turn, host, "asset", request, { kind: "fetchedAsset", fetch: id });
}

function refuse(turn: ProviderTurn, reply: Fetch["reply"], status: number, rule: string): void {
  emit(turn, { type: "decided", text: `does not fetch this: ${rule}`, draft: "protocol-06 §5.10.2" });
  give(turn, reply, status, noBytes);
}

function give(turn: ProviderTurn, reply: Fetch["reply"], status: number, body: Uint8Array): void {
  // What an asset server says when it has nothing to give is its own affair.
  const content = status === 200 ? body : noBytes;
  if (reply.kind === "proxied") {
    answer(turn, reply.asker, status, content, status === 200 ? "asset" : "");
    return;
  }
  const suite = turn.mls.suite(turn.state.gateway.suite);
  const inner = encodeResponse({ status, content });
  answer(turn, reply.asker, 200, encapsulateResponse(suite, reply.keys, inner, turn.random), "sealed");
}

function cachedAt(turn: ProviderTurn, url: string): Uint8Array | undefined {
  const kept = turn.state.assetCache[normal(url)];
  return kept !== undefined && turn.now < kept.untilMs ? kept.body : undefined;
}

function cache(turn: ProviderTurn, url: string, body: Uint8Array): void {
  const kept = { body, untilMs: turn.now + cacheMs };
  turn.state = { ...turn.state, assetCache: { ...turn.state.assetCache, [normal(url)]: kept } };
}

function normal(url: string): string {
  const parsed = parseAssetUrl(url);
  return parsed.ok ? parsed.value.url : url;
}
