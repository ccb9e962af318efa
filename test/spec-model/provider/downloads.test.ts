/** A provider that downloads for others: what its proxy and its gateway fetch, and what they refuse. protocol-06 §5.10 */
import { describe, expect, it } from "vitest";
import type { HttpRequest, HttpResponse, Input, Output } from "../../../spec-model/actor.ts";
import {
  configurationOf,
  decapsulateResponse,
  decodeKeyConfiguration,
  decodeResponse,
  encapsulateRequest,
  encodeRequest,
  newAssetServer,
  stepAssetServer,
} from "../../../spec-model/assets/index.ts";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { endpointUrl } from "../../../spec-model/endpoints/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider, type ProviderState, stepProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const suite = cipherSuite(1);
const random = expandEntropy(new Uint8Array(32), "download tests");
const assetHosts = { "c.example": ["assets.c.example"] };
const url = "https://assets.c.example/x";
const fresh = () => newProvider("a.example", suite, random, { assetHosts });
const at = (now: number) => ({ now, entropy: random.bytes(32) });

function taken(state: ProviderState, input: Input<never>, now = 1000) {
  return stepProvider(state, input, at(now));
}

function asking(state: ProviderState, of: string, id = "b.example 1"): Input<never> {
  const endpoint = endpointUrl(state.directory, "proxyDownload", of);
  if (!endpoint.ok) throw new Error("the directory has no such endpoint");
  return requested({ method: "GET", path: endpoint.value.path, body: noBytes }, id);
}

function requested(request: Pick<HttpRequest, "method" | "path" | "body">, id = "b.example 1"): Input<never> {
  const head = { host: "a.example", from: "mimi@b.example" };
  return {
    type: "request",
    id,
    from: "b.example",
    certificate: ["b.example"],
    request: { ...request, ...head },
  };
}

type Sent = Extract<Output, { type: "request" }>;
const requestIn = (outputs: readonly Output[]): Sent | undefined =>
  outputs.find((output) => output.type === "request");
const answerIn = (outputs: readonly Output[]): HttpResponse | undefined => {
  const found = outputs.find((output) => output.type === "response");
  return found?.type === "response" ? found.response : undefined;
};

/** The server that was asked answers. */
function answering({ id, to }: Sent, response: HttpResponse): Input<never> {
  return { type: "response", id, certificate: [to], response };
}

/** Asks for `of`, lets the asset server answer, and gives what comes back and the state. */
function proxied(of: string, upstream: HttpResponse | undefined) {
  const first = fresh();
  const asked = taken(first, asking(first, of));
  const request = requestIn(asked.outputs);
  if (request?.type !== "request") return { answer: answerIn(asked.outputs), state: asked.state };
  const id = request.id;
  const answered = taken(
    asked.state,
    upstream === undefined ? { type: "noResponse", id } : answering(request, upstream),
  );
  return { answer: answerIn(answered.outputs), state: answered.state, request, after: answered.outputs };
}

describe("the proxy of a hub", () => {
  it("fetches an asset of a peer and passes it on; the asset server sees the hub", () => {
    const { answer, request } = proxied(url, { status: 200, body: utf8("octets") });
    expect(request).toMatchObject({
      to: "assets.c.example",
      request: { path: "/x", from: "mimi@a.example" },
    });
    expect(answer).toMatchObject({ status: 200, body: utf8("octets") });
  });

  it.each([
    "https://internal.example/",
    "https://assets.c.example@internal/",
    "http://assets.c.example/x",
    "x",
  ])("answers 403 to %s and asks nobody", (of) => {
    const { answer, request } = proxied(of, undefined);
    expect([answer?.status, request]).toEqual([403, undefined]);
  });

  it("answers 502 to a redirect, and follows it nowhere", () => {
    const { answer, after } = proxied(url, { status: 302, body: utf8("https://internal.example/") });
    expect([answer?.status, answer?.body]).toEqual([502, noBytes]);
    expect(requestIn(after ?? [])).toBeUndefined();
  });

  it("passes on that there is nothing, without what the asset server says to it", () => {
    expect(proxied(url, { status: 404, body: utf8("go away") }).answer).toEqual({
      status: 404,
      body: noBytes,
    });
    expect(proxied(url, undefined).answer?.status).toBe(504);
  });

  it("gives a second asker what it has, until ten minutes are over", () => {
    const { state } = proxied(url, { status: 200, body: utf8("octets") });
    const again = taken(state, asking(state, url, "b.example 2"), 2000);
    expect([answerIn(again.outputs)?.status, requestIn(again.outputs)]).toEqual([200, undefined]);
    const late = taken(state, asking(state, url, "b.example 3"), 700_000);
    expect(requestIn(late.outputs)).toBeDefined();
  });
});

describe("the OHTTP gateway of a hub", () => {
  const path = "/.well-known/ohttp-gateway";

  it("gives its key to whoever asks", () => {
    const state = fresh();
    const { outputs } = taken(state, requested({ method: "GET", path, body: noBytes }));
    const configuration = decodeKeyConfiguration(suite, answerIn(outputs)?.body ?? noBytes);
    expect(configuration.publicKey).toEqual(state.gateway.keys.publicKey);
  });

  /** What comes out of the encapsulated response to an encapsulated GET. */
  function obliviously(authority: string, upstream: HttpResponse) {
    const state = fresh();
    const inner = encodeRequest({ method: "GET", scheme: "https", authority, path: "/x", content: noBytes });
    const { body, keys } = encapsulateRequest(suite, configurationOf(suite, state.gateway), inner, random);
    const asked = taken(state, requested({ method: "POST", path, body }));
    const request = requestIn(asked.outputs);
    const outputs =
      request?.type === "request" ? taken(asked.state, answering(request, upstream)).outputs : asked.outputs;
    const answer = answerIn(outputs);
    expect(answer?.status).toBe(200);
    return { inner: decodeResponse(decapsulateResponse(suite, keys, answer?.body ?? noBytes)), request };
  }

  it("fetches from asset hosts of peers and seals the answer", () => {
    const { inner, request } = obliviously("assets.c.example", { status: 200, body: utf8("octets") });
    expect(request).toMatchObject({ to: "assets.c.example" });
    expect(inner).toEqual({ status: 200, content: utf8("octets") });
  });

  it("fetches from no other target, and says so within the seal", () => {
    const { inner, request } = obliviously("internal.example", { status: 200, body: noBytes });
    expect([inner.status, request]).toEqual([403, undefined]);
  });

  it("answers 400 to what it cannot open", () => {
    const { outputs } = taken(fresh(), requested({ method: "POST", path, body: random.bytes(100) }));
    expect(answerIn(outputs)?.status).toBe(400);
    expect(outputs).toContainEqual(expect.objectContaining({ type: "noticed", errorType: "OhttpError" }));
  });
});

describe("an asset server", () => {
  const step = (
    state: ReturnType<typeof newAssetServer>,
    method: "GET" | "POST",
    path: string,
    now = 0,
    body = noBytes,
  ) => {
    const request = { method, path, host: "assets.c.example", from: "", body };
    const next = stepAssetServer(
      state,
      { type: "request", id: "1", from: "somebody", certificate: [], request },
      at(now),
    );
    return { state: next.state, status: answerIn(next.outputs)?.status, body: answerIn(next.outputs)?.body };
  };

  it("gives what was uploaded, to anybody, and writes down who asked", () => {
    const stored = step(newAssetServer("assets.c.example"), "POST", "/x", 0, utf8("octets"));
    expect(stored.status).toBe(201);
    const given = step(stored.state, "GET", "/x", 7);
    expect([given.status, given.body]).toEqual([200, utf8("octets")]);
    expect(given.state.accesses).toEqual([{ from: "somebody", path: "/x", atMs: 7 }]);
  });

  it("does not replace what it has, has nothing else, and forgets what has expired", () => {
    const stored = step(newAssetServer("assets.c.example", { keptMs: 100 }), "POST", "/x", 0, utf8("octets"));
    expect(step(stored.state, "POST", "/x", 0, utf8("others")).status).toBe(409);
    expect(step(stored.state, "GET", "/y").status).toBe(404);
    expect(step(stored.state, "GET", "/x", 99).status).toBe(200);
    expect(step(stored.state, "GET", "/x", 100).status).toBe(410);
  });

  it("may send one elsewhere", () => {
    const server = newAssetServer("assets.c.example", { redirects: { "/x": "https://internal.example/" } });
    expect(step(server, "GET", "/x")).toMatchObject({ status: 302, body: utf8("https://internal.example/") });
  });
});
