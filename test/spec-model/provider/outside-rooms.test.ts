/** What a provider does for its users outside of rooms: row F10 over the wire, and the way to a discovery provider. */
import { describe, expect, it } from "vitest";
import { noBytes } from "../../../spec-model/bytes.ts";
import {
  IdentifierRequest,
  IdentifierResponse,
  type ProfileEntry,
} from "../../../spec-model/discovery/index.ts";
import { discoveryPaths, TokenRequest } from "../../../spec-model/discovery/mappings/index.ts";
import { stepProvider } from "../../../spec-model/provider/index.ts";
import { askServer, bob, bobClients, moment, post, providerB, respond, say } from "./world.ts";

const [b1] = bobClients;
const handle: ProfileEntry = {
  source: "account",
  name: "handle",
  value: "im:bob@b.example",
  searchable: "exact",
  isShown: false,
};
const listed = providerB({ accounts: [{ user: bob, clients: [b1], profile: [handle] }] });
const query = IdentifierRequest.encode({
  queryElements: [{ searchType: "handle", searchValue: "im:bob@b.example" }],
  idRequestExtensions: { componentData: [] },
});
const tokens = (count: number) =>
  TokenRequest.encode({ blinded: Array.from({ length: count }, () => new Uint8Array(32)) });
const codeIn = (body: Uint8Array) => IdentifierResponse.decode(body).responseCode;

describe("F10: identifierQuery", () => {
  it("of another provider is answered from the users' profiles, and changes nothing", () => {
    const { status, body, state } = post(listed, "identifierQuery", "b.example", query);
    expect([status, codeIn(body)]).toEqual([200, "success"]);
    expect(IdentifierResponse.decode(body).uri).toEqual([{ uri: bob }]);
    expect({ ...state, latestMs: listed.latestMs }).toEqual(listed);
  });

  it("that cannot be decoded is a bad request", () => {
    expect(post(listed, "identifierQuery", "b.example", new Uint8Array([5])).status).toBe(400);
  });

  it("of an own user for the own provider is answered at once", () => {
    const { status, body, requests } = say(listed, b1, askServer("identifierQuery", "b.example", query));
    expect([status, codeIn(body), requests.length]).toEqual([200, "success", 0]);
  });

  it("of an own user for another provider goes there, and its answer comes back unchanged", () => {
    const asked = say(listed, b1, askServer("identifierQuery", "a.example", query));
    expect(asked.requests).toMatchObject([{ to: "a.example", operation: "identifierQuery" }]);
    const answered = respond(asked.state, asked.requests[0]?.id ?? "", 200, new Uint8Array([1, 2, 3]));
    expect(answered).toMatchObject({ status: 200, body: new Uint8Array([1, 2, 3]) });
    expect(say(listed, b1, askServer("identifierQuery", "c.example", query)).status).toBe(502);
  });
});

describe("searchability", () => {
  const set = (searchable: "never" | "exact" | "partial", field?: string, client: string = b1) =>
    say(listed, client, { type: "setSearchability", searchable, field }).state;

  it("is the user's own to set", () => {
    expect(codeIn(post(set("never"), "identifierQuery", "b.example", query).body)).toBe("notFound");
    expect(codeIn(post(set("never", "phone"), "identifierQuery", "b.example", query).body)).toBe("success");
    const byAnother = set("never", undefined, "mimi://b.example/d/mallory/M1");
    expect({ ...byAnother, latestMs: listed.latestMs }).toEqual(listed);
  });
});

describe("a lookup at a discovery provider", () => {
  it("is passed on as it is, under the provider's name and not the user's", () => {
    const sealed = new Uint8Array([9, 9, 9]);
    const { requests } = say(listed, b1, askServer("discoveryLookup", "dp.example", sealed));
    expect(requests).toMatchObject([
      {
        to: "dp.example",
        request: { path: discoveryPaths.discoveryLookup, from: "mimi@b.example", body: sealed },
      },
    ]);
    expect(JSON.stringify(requests)).not.toContain("bob");
  });

  it("is answered as the discovery provider answers", () => {
    const asked = say(listed, b1, askServer("discoveryTokens", "dp.example", tokens(1)));
    const [sent] = asked.requests;
    expect(respond(asked.state, sent?.id ?? "", 429).status).toBe(429);
  });

  it("R8: gets so many tokens a day for each user, whichever of its clients asks", () => {
    const limited = providerB({ accounts: [], policy: { tokensPerUser: 3 } });
    const get = (state: typeof limited, count: number, client: string = b1) =>
      say(state, client, askServer("discoveryTokens", "dp.example", tokens(count)));
    const two = get(limited, 2);
    expect(two.requests).toHaveLength(1);
    expect(get(two.state, 2, bobClients[1])).toMatchObject({ status: 429, requests: [] });
    expect(get(two.state, 1).requests).toHaveLength(1);
    expect(get(two.state, 2, "mimi://b.example/d/zoe/Z1").requests).toHaveLength(1);
    const garbled = askServer("discoveryTokens", "dp.example", new Uint8Array([1]));
    expect(say(limited, b1, garbled)).toMatchObject({ status: 429 });
    const tomorrow = { ...moment, now: moment.now + 86_400_000 };
    const message = askServer("discoveryTokens", "dp.example", tokens(3));
    const next = stepProvider(two.state, { type: "local", from: b1, message }, tomorrow);
    expect(next.outputs.filter(({ type }) => type === "request")).toHaveLength(1);
  });

  it("has nothing to do with proofs and mappings, which the user brings itself", () => {
    expect(say(listed, b1, askServer("proveControl", "phone.example", noBytes)).status).toBe(404);
  });
});
