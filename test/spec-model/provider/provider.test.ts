/** A provider's door: what is refused before any room is asked. protocol-06 §4.1, §5.1 and §5.2 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpRequest, Output } from "../../../spec-model/actor.ts";
import { noBytes, textOf } from "../../../spec-model/bytes.ts";
import {
  directoryPath,
  endpointNames,
  endpointUrl,
  parseDirectory,
} from "../../../spec-model/endpoints/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider, stepProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const provider = newProvider("a.example", cipherSuite(1), expandEntropy(noBytes, "provider test"));
const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };

function answerTo(request: Partial<HttpRequest>, from = "b.example") {
  const whole: HttpRequest = {
    method: "POST",
    path: "/",
    host: "a.example",
    from: `mimi@${from}`,
    body: noBytes,
    ...request,
  };
  const { outputs } = stepProvider(
    provider,
    { type: "request", id: "1", from, certificate: [from], request: whole },
    moment,
  );
  const response = outputs.find(
    (output): output is Extract<Output, { type: "response" }> => output.type === "response",
  );
  return {
    status: response?.response.status,
    body: response?.response.body,
    noticed: outputs.filter((o) => o.type === "noticed"),
  };
}

function pathOf(name: (typeof endpointNames)[number], identifier: string): string {
  const url = endpointUrl(provider.directory, name, identifier);
  if (!url.ok) throw url.error;
  return url.value.path;
}

describe("a provider", () => {
  it("gives its directory, with a template for every endpoint", () => {
    const { status, body } = answerTo({ method: "GET", path: directoryPath });
    expect(status).toBe(200);
    const parsed = parseDirectory(textOf(body ?? noBytes) ?? "");
    expect(parsed.ok && Object.keys(parsed.value).sort()).toEqual([...endpointNames].sort());
  });

  it("refuses a request that is for another provider, or says it is from another than the connection's", () => {
    expect(answerTo({ host: "c.example" })).toMatchObject({ status: 403, noticed: [{ code: "wrongHead" }] });
    expect(answerTo({ from: "mimi@c.example" })).toMatchObject({
      status: 403,
      noticed: [{ code: "wrongCertificate" }],
    });
    expect(answerTo({ from: "b.example" })).toMatchObject({ status: 403 });
  });

  it("takes no room that has another hub by its URI", () => {
    const room = "mimi://b.example/r/club";
    const message = { type: "createRoom", id: "1", room, groupInfo: noBytes, ratchetTree: noBytes } as const;
    const from = "mimi://a.example/d/alice/ClientA1";
    const { outputs } = stepProvider(provider, { type: "local", from, message }, moment);
    expect(outputs).toMatchObject([
      { type: "noticed", code: "roomIsHere" },
      { type: "local", message: { type: "answer", status: 400 } },
    ]);
  });

  it("answers 404 for paths and rooms it does not know", () => {
    expect(answerTo({ path: "/v1/nothing" }).status).toBe(404);
    expect(answerTo({ path: pathOf("update", "mimi://a.example/r/nowhere") }).status).toBe(404);
  });

  it("answers 400 for bodies that do not decode, and says where", () => {
    const { status, noticed } = answerTo({
      path: pathOf("keyMaterial", "mimi://a.example/u/alice"),
      body: new Uint8Array([1, 255]),
    });
    expect(status).toBe(400);
    expect(noticed).toMatchObject([
      { errorType: "DecodeError", where: expect.stringContaining("KeyMaterialRequest") },
    ]);
  });

  it("answers every request with one response and never throws (any path and body)", () => {
    const anywhere = fc.oneof(
      fc.webPath(),
      fc.constantFrom(...endpointNames).map((name) => pathOf(name, "mimi://a.example/r/room")),
    );
    fc.assert(
      fc.property(
        anywhere,
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom("GET" as const, "POST" as const),
        (path, body, method) => {
          const whole: HttpRequest = { method, path, host: "a.example", from: "mimi@b.example", body };
          const { outputs } = stepProvider(
            provider,
            { type: "request", id: "1", from: "b.example", certificate: ["b.example"], request: whole },
            moment,
          );
          expect(outputs.filter((output) => output.type === "response")).toHaveLength(1);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a client that creates a room", () => {
  const create = (room: string) => {
    const message = { type: "createRoom", id: "1", room, groupInfo: noBytes, ratchetTree: noBytes } as const;
    const from = "mimi://a.example/d/alice/ClientA1";
    const { state, outputs } = stepProvider(provider, { type: "local", from, message }, moment);
    const codes = outputs.flatMap((output) => (output.type === "noticed" ? [output.code] : []));
    return { hosted: Object.keys(state.hosted), codes };
  };

  it("is refused one that has its hub elsewhere, whatever is in it", () => {
    expect(create("mimi://b.example/r/club")).toEqual({ hosted: [], codes: ["roomIsHere"] });
    expect(create("mimi://a.example/r/club").codes).not.toContain("roomIsHere");
  });
});
