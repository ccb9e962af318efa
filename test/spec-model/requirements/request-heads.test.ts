/** The heads of requests between providers, beyond what a provider's own tests try. protocol-06 §4.1 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Certificate, HttpRequest } from "../../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  directoryAt,
  directoryDocument,
  directoryPath,
  endpoints,
  endpointUrl,
} from "../../../spec-model/endpoints/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider, stepProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const provider = newProvider("a.example", cipherSuite(1), expandEntropy(noBytes, "request heads"));
const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };

function answerTo(head: Partial<HttpRequest>, certificate: Certificate) {
  const request: HttpRequest = {
    method: "GET",
    path: directoryPath,
    host: "a.example",
    from: "mimi@b.example",
    body: noBytes,
    ...head,
  };
  const { outputs } = stepProvider(
    provider,
    { type: "request", id: "1", from: "b.example", certificate, request },
    moment,
  );
  return {
    status: outputs.flatMap((output) => (output.type === "response" ? [output.response.status] : []))[0],
    noticed: outputs.flatMap((output) => (output.type === "noticed" ? [output.code] : [])),
  };
}

function statusOf(head: Partial<HttpRequest>): number | undefined {
  return answerTo(head, ["b.example"]).status;
}

describe("the From header", () => {
  it("is mimi at the sending provider's domain", () => {
    expect(statusOf({})).toBe(200);
  });

  it.each([
    "postmaster@b.example",
    "b.example",
    "mimi@c.example",
    "<mimi@b.example>",
    "MIMI <mimi@b.example>",
    "mimi@b.example, mimi@b.example",
    "",
  ])("is not %j", (from) => {
    expect(statusOf({ from })).toBe(403);
  });
});

describe("the connection of a request", () => {
  it("is one whose other end has shown a certificate", () => {
    expect(answerTo({}, ["b.example"])).toEqual({ status: 200, noticed: [] });
    expect(answerTo({}, [])).toEqual({ status: 403, noticed: ["unauthenticated"] });
  });

  it.each([[["c.example"]], [["b.example.evil.example"]], [["*.b.example"]], [["*.example.com", "*"]]])(
    "is not one with a certificate for %j, where the request is from b.example",
    (certificate) => {
      expect(answerTo({}, certificate)).toEqual({ status: 403, noticed: ["wrongCertificate"] });
    },
  );

  it.each([[["c.example", "b.example"]], [["B.Example"]], [["*.example"]]])(
    "may be one with a certificate for %j",
    (certificate) => expect(answerTo({}, certificate).status).toBe(200),
  );

  it("is asked about before anything is done (any names in a certificate that are not the sender's)", () => {
    const name = fc.domain().filter((each) => each !== "b.example" && each !== "*.example");
    fc.assert(
      fc.property(fc.array(name, { maxLength: 3 }), (certificate) => {
        const endpoint = endpointUrl(provider.directory, "keyMaterial", "mimi://a.example/u/alice");
        if (!endpoint.ok) throw new Error("keyMaterial");
        const { path } = endpoint.value;
        expect(answerTo({ method: "POST", path }, certificate).status).toBe(403);
      }),
    );
  });
});

describe("the connection of an answer", () => {
  const asked = stepProvider(
    provider,
    { type: "intention", intention: { type: "readDirectory", of: "b.example" } },
    moment,
  );
  const id = asked.outputs.flatMap((output) => (output.type === "request" ? [output.id] : []))[0] ?? "";
  const response = { status: 200, body: utf8(directoryDocument(directoryAt("https://mimi.b.example/v1"))) };
  const heard = (certificate: Certificate) => {
    const { state, outputs } = stepProvider(
      asked.state,
      { type: "response", id, certificate, response },
      moment,
    );
    const noticed = outputs.flatMap((output) => (output.type === "noticed" ? [output.code] : []));
    return { knows: state.peers["b.example"] !== undefined, noticed };
  };

  it("is one whose other end has shown that it is the server that was asked", () => {
    expect(heard(["b.example"])).toEqual({ knows: true, noticed: [] });
    expect(heard([])).toMatchObject({ knows: false, noticed: ["unauthenticated"] });
    expect(heard(["c.example"])).toMatchObject({ knows: false, noticed: ["wrongCertificate"] });
  });
});

describe("the Host header", () => {
  it("means the same provider with a port and without", () => {
    for (const host of ["a.example", "a.example:443", "a.example:8443"]) expect(statusOf({ host })).toBe(200);
  });

  it.each(["c.example", "c.example:443", "a.example.evil.example", "a.example:x", "443:a.example", ""])(
    "does not mean it with %j",
    (host) => expect(statusOf({ host })).toBe(403),
  );
});

describe("the method", () => {
  const identifiers = {
    user: "mimi://a.example/u/alice",
    room: "mimi://a.example/r/clubhouse",
    domain: "a.example",
    url: "https://assets.a.example/1",
  };

  it.each(Object.values(endpoints))("is $method at $name, and every other is told so", (endpoint) => {
    const { name, method, subject } = endpoint;
    const found = endpointUrl(provider.directory, name, identifiers[subject]);
    if (!found.ok) throw new Error(name);
    const { path } = found.value;
    expect(statusOf({ path, method: method === "GET" ? "POST" : "GET" })).toBe(405);
    expect(statusOf({ path, method })).not.toBe(405);
  });
});
