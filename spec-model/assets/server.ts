/** An asset server: keeps ciphertexts under paths and gives them to whoever asks. protocol-06 §5.10; upload is its own business */
import type { ActorStep, HttpRequest, HttpResponse, Input, Moment } from "../actor.ts";
import { noBytes, utf8 } from "../bytes.ts";
import { type MlsLayer, realMls } from "../mls/index.ts";
import { emit, takeTurn } from "../turn.ts";

export interface StoredAsset {
  readonly content: Uint8Array;
  /** Milliseconds since the UNIX epoch; undefined: kept for ever. */
  readonly expiresMs: number | undefined;
}

/** What the server writes down of every download: who was at the other end of the connection, when, and for what. */
export interface Access {
  readonly from: string;
  readonly path: string;
  readonly atMs: number;
}

export interface AssetServerState {
  /** The host of its URLs. */
  readonly host: string;
  readonly assets: Readonly<Record<string, StoredAsset>>;
  /** Paths that lead elsewhere, with the URL. */
  readonly redirects: Readonly<Record<string, string>>;
  readonly accesses: readonly Access[];
  /** How long uploads are kept, in milliseconds; undefined: for ever. */
  readonly keptMs: number | undefined;
}

export function newAssetServer(
  host: string,
  settings: Partial<Pick<AssetServerState, "redirects" | "keptMs">> = {},
): AssetServerState {
  const { redirects = {}, keptMs } = settings;
  return { host, assets: {}, redirects, accesses: [], keptMs };
}

/** What the server does with `input` at `moment`. Pure; never throws for what somebody sends. */
export function stepAssetServer(
  state: AssetServerState,
  input: Input<never>,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<AssetServerState> {
  return takeTurn(state, moment, mls, (turn) => {
    if (input.type !== "request") return;
    const { id, from, request } = input;
    const { path } = request;
    const response = answerTo(turn.state, request, turn.now);
    emit(turn, { type: "response", id, summary: response.status === 200 ? "ciphertext" : "", response });
    if (response.status === 201) {
      const { assets, keptMs } = turn.state;
      const expiresMs = keptMs === undefined ? undefined : turn.now + keptMs;
      turn.state = { ...turn.state, assets: { ...assets, [path]: { content: request.body, expiresMs } } };
    } else if (request.method === "GET") {
      const access = { from, path, atMs: turn.now };
      turn.state = { ...turn.state, accesses: [...turn.state.accesses, access] };
    }
  });
}

/** A redirect has its URL in the body: the model's responses have no other place for it. */
function answerTo(state: AssetServerState, { method, path, host }: HttpRequest, now: number): HttpResponse {
  if (host !== state.host) return { status: 421, body: noBytes };
  const kept = state.assets[path];
  if (method === "POST") return { status: kept === undefined ? 201 : 409, body: noBytes };
  const elsewhere = state.redirects[path];
  if (elsewhere !== undefined) return { status: 302, body: utf8(elsewhere) };
  if (kept === undefined) return { status: 404, body: noBytes };
  if (kept.expiresMs !== undefined && now >= kept.expiresMs) return { status: 410, body: noBytes };
  return { status: 200, body: kept.content };
}
