/** The heads of requests between providers, beyond what a provider's own tests try. protocol-06 §4.1 */
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../spec-model/actor.ts";
import { noBytes } from "../../../spec-model/bytes.ts";
import { directoryPath, endpoints, endpointUrl } from "../../../spec-model/endpoints/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider, stepProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const provider = newProvider("a.example", cipherSuite(1), expandEntropy(noBytes, "request heads"));

function statusOf(head: Partial<HttpRequest>): number | undefined {
  const request: HttpRequest = {
    method: "GET",
    path: directoryPath,
    host: "a.example",
    from: "mimi@b.example",
    body: noBytes,
    ...head,
  };
  const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };
  const { outputs } = stepProvider(
    provider,
    { type: "request", id: "1", from: "b.example", request },
    moment,
  );
  return outputs.flatMap((output) => (output.type === "response" ? [output.response.status] : []))[0];
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
