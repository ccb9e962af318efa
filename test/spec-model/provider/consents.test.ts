/** Consent between providers: rows F8 and F9 of the transition tables. protocol-06 §5.7 */
import { describe, expect, it } from "vitest";
import { ConsentEntry, type Scope, scopeOf } from "../../../spec-model/consent/index.ts";
import {
  alice,
  anyRoom,
  askServer,
  bob,
  bobClients,
  entry,
  post,
  providerB,
  respond,
  room,
  say,
} from "./world.ts";

const [b1] = bobClients;
const carol = "mimi://c.example/u/carol";
const reversed: Scope = { requester: bob, target: alice, room: undefined };
const request = (state = providerB(), body = entry("request"), from?: string) =>
  post(state, "requestConsent", "b.example", body, from);
const update = (state = providerB(), body = entry("grant", reversed), from?: string) =>
  post(state, "updateConsent", "b.example", body, from);
const opened = (body: Uint8Array) => {
  const { consentOperation, ...about } = ConsentEntry.decode(body);
  return [consentOperation, scopeOf({ consentOperation, ...about } as ConsentEntry)] as const;
};

describe("F8: requestConsent of another provider", () => {
  it("is answered 201, and shown by all of the user's clients", () => {
    const { status, news, requests } = request();
    expect(status).toBe(201);
    expect(news.map(({ client }) => client)).toEqual(bobClients);
    expect(news.map(({ message }) => message.type === "consentNews" && opened(message.body))).toEqual([
      ["request", anyRoom],
      ["request", anyRoom],
    ]);
    expect(requests).toEqual([]);
  });

  it("is answered the same when it is repeated, taken back, or taken back for nothing", () => {
    const asked = request().state;
    expect(request(asked)).toMatchObject({ status: 201, news: [] });
    expect(request(asked, entry("cancel"))).toMatchObject({ status: 201, news: [{ client: b1 }, {}] });
    expect(request(providerB(), entry("cancel"))).toMatchObject({ status: 201, news: [] });
    expect(request(asked, entry("cancel", { ...anyRoom, room }))).toMatchObject({ status: 201, news: [] });
  });

  it("for a user who is not there is answered 201, or 404 under detailed refusals", () => {
    const forNobody = entry("request", { ...anyRoom, target: "mimi://b.example/u/nobody" });
    expect(request(providerB(), forNobody)).toMatchObject({ status: 201, news: [] });
    const detailed = providerB({ policy: { refusals: "detailed" } });
    expect(request(detailed, forNobody)).toMatchObject({ status: 404, news: [] });
  });

  it.each([
    ["a requester of another domain", entry("request", { ...anyRoom, requester: carol })],
    ["a target of another domain", entry("request", { ...anyRoom, target: carol })],
    ["an operation that is for updateConsent", entry("grant")],
  ])("is refused with %s", (_, body) => {
    expect(request(providerB(), body)).toMatchObject({ status: 403, news: [] });
  });

  it("is refused from a provider that is not the requester's, and where it cannot be decoded", () => {
    expect(request(providerB(), entry("request"), "c.example").status).toBe(403);
    expect(request(providerB(), new Uint8Array([7])).status).toBe(400);
  });

  it("for something granted is answered with the grant once more", () => {
    const { status, requests } = request(providerB({ consents: [anyRoom] }));
    expect(status).toBe(201);
    expect(requests.map(({ to, operation }) => [to, operation])).toEqual([["a.example", "updateConsent"]]);
  });
});

describe("F9: updateConsent of another provider", () => {
  it("is answered 201, and told to the requester's clients", () => {
    const { status, news } = update();
    expect(status).toBe(201);
    expect(news.map(({ message }) => message.type === "consentNews" && opened(message.body)[0])).toEqual([
      "grant",
      "grant",
    ]);
    expect(update(providerB(), entry("revoke", reversed)).status).toBe(201);
  });

  it("does not grant anything by itself: what counts is at the target's provider", () => {
    expect(update().state.consents).toEqual({});
  });

  it("for a requester who is not there is answered 201, or 404 under detailed refusals", () => {
    const forNobody = entry("grant", { ...reversed, requester: "mimi://b.example/u/nobody" });
    expect(update(providerB(), forNobody)).toMatchObject({ status: 201, news: [] });
    expect(update(providerB({ policy: { refusals: "detailed" } }), forNobody).status).toBe(404);
  });

  it.each([
    ["a target of another domain", entry("grant", { ...reversed, target: carol })],
    ["a requester of another domain", entry("grant", { ...reversed, requester: carol })],
    ["an operation that is for requestConsent", entry("request", reversed)],
  ])("is refused with %s", (_, body) => {
    expect(update(providerB(), body)).toMatchObject({ status: 403, news: [] });
  });
});

describe("an own user", () => {
  const ask = (operation: "request" | "cancel", scope = reversed, state = providerB(), client: string = b1) =>
    say(state, client, askServer("requestConsent", "a.example", entry(operation, scope)));
  const decide = (operation: "grant" | "revoke", scope = anyRoom, state = providerB(), client: string = b1) =>
    say(state, client, askServer("updateConsent", "a.example", entry(operation, scope)));

  it("asks through its provider, and learns that the request was received", () => {
    const asked = ask("request");
    const [sent] = asked.requests;
    expect(sent).toMatchObject({ to: "a.example", operation: "requestConsent" });
    expect(opened(sent?.request.body ?? entry("cancel"))).toEqual(["request", reversed]);
    expect(asked.status).toBeUndefined();
    expect(respond(asked.state, sent?.id ?? "", 201)).toMatchObject({ status: 201, requests: [] });
    expect(respond(asked.state, sent?.id ?? "", 404).status).toBe(404);
  });

  it("takes back only what it has asked", () => {
    expect(ask("cancel")).toMatchObject({ status: 404, requests: [] });
    const asked = ask("request").state;
    expect(ask("cancel", reversed, asked).requests).toHaveLength(1);
  });

  it("is told of a grant at once where there is one already", () => {
    const granted = update().state;
    expect(ask("request", reversed, granted)).toMatchObject({ status: 201, requests: [] });
    expect(ask("request", reversed, granted).news).toHaveLength(2);
  });

  it("decides for itself: the grant is conveyed, the revocation is not", () => {
    const granted = decide("grant");
    expect(granted.requests.map(({ to, operation }) => [to, operation])).toEqual([
      ["a.example", "updateConsent"],
    ]);
    expect(decide("revoke", anyRoom, granted.state).requests).toEqual([]);
    const telling = providerB({ policy: { tellsRevocations: true } });
    expect(decide("revoke", anyRoom, telling).requests).toHaveLength(1);
  });

  it("cannot ask or decide in another's name", () => {
    expect(ask("request", anyRoom)).toMatchObject({ status: 403, requests: [], noticed: ["speaksForUser"] });
    expect(decide("grant", reversed)).toMatchObject({
      status: 403,
      requests: [],
      noticed: ["speaksForUser"],
    });
    const mallory = "mimi://b.example/d/mallory/M1";
    expect(decide("grant", anyRoom, providerB(), mallory)).toMatchObject({ status: 403 });
  });

  it("cannot use one endpoint for the other's operations, or send what cannot be decoded", () => {
    const crossed = say(providerB(), b1, askServer("requestConsent", "a.example", entry("grant")));
    expect(crossed).toMatchObject({ status: 403, noticed: ["operationOfEndpoint"] });
    expect(say(providerB(), b1, askServer("updateConsent", "", new Uint8Array([9]))).status).toBe(400);
  });

  it("is answered 504 where the other provider's endpoints are not known", () => {
    const strange = { ...reversed, target: carol };
    expect(ask("request", strange)).toMatchObject({ status: 504, noticed: ["unknownPeer"] });
  });

  it("asks and decides about users of the same provider without a request between providers", () => {
    const zoe = "mimi://b.example/u/zoe";
    const zoesClient = "mimi://b.example/d/zoe/Z1";
    const both = providerB({
      accounts: [
        { user: bob, clients: [b1], profile: [] },
        { user: zoe, clients: [zoesClient], profile: [] },
      ],
    });
    const scope = { requester: bob, target: zoe, room: undefined };
    const asked = ask("request", scope, both);
    expect(asked).toMatchObject({ status: 201, requests: [], news: [{ client: zoesClient }] });
    const granted = decide("grant", scope, asked.state, zoesClient);
    expect(granted).toMatchObject({ status: 201, requests: [], news: [{ client: b1 }] });
  });
});
