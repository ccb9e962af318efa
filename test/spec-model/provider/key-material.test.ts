/** Key material over the wire: rows F1, F2, F6, U8, U9, U11 and U12 of the transition tables. protocol-06 §5.2 and §5.5 */
import { describe, expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { KeyMaterialRequest, KeyMaterialResponse } from "../../../spec-model/key-material/index.ts";
import { keyPackageRef, realMls } from "../../../spec-model/mls/index.ts";
import { type ProviderState, stepProvider } from "../../../spec-model/provider/index.ts";
import { welcomed } from "../../../spec-model/provider/welcomes.ts";
import { takeTurn } from "../../../spec-model/turn.ts";
import {
  anyRoom,
  askServer,
  bob,
  bobClients,
  claim,
  clientNamed,
  entry,
  moment,
  post,
  providerB,
  room,
  say,
  sent,
  stocked,
  suite,
} from "./world.ts";

const [b1, b2] = bobClients;
const consenting = { consents: [anyRoom] };
const detailed = { policy: { refusals: "detailed" } } as const;

function fetch(state: ProviderState, body = claim(), from?: string) {
  const answered = post(state, "keyMaterial", bob, body, from);
  const response = answered.status === 200 ? KeyMaterialResponse.decode(answered.body) : undefined;
  return { ...answered, code: response?.userStatus, clients: response?.clients ?? [] };
}

describe("F1: a client's KeyPackages", () => {
  it("are taken from the client itself, and from nobody else", () => {
    const fromB2 = sent(clientNamed(b2, bob), { type: "publishKeyPackages", count: 1 });
    expect(say(providerB(), b2, fromB2).noticed).toEqual([]);
    expect(say(providerB(), b1, fromB2).noticed).toEqual(["keyPackageOfClient"]);
  });

  it("are refused when they have expired or cannot be decoded", () => {
    const stored = sent(clientNamed(b1, bob), { type: "publishKeyPackages", count: 1 });
    const late = { ...moment, now: moment.now + 91 * 86_400_000 };
    const { outputs } = stepProvider(providerB(), { type: "local", from: b1, message: stored }, late);
    expect(outputs).toMatchObject([{ type: "noticed" }]);
    const garbled = { type: "storeKeyPackages" as const, keyPackages: [new Uint8Array([1, 2])] };
    expect(say(providerB(), b1, garbled).noticed).toEqual(["malformed"]);
  });

  it("make whoever stores them a user of the provider", () => {
    const unknown = providerB({ accounts: [] });
    expect(Object.keys(stocked(unknown, 1).accounts)).toEqual([bob]);
    expect(stocked(unknown, 1, 1).accounts[bob]?.clients).toEqual([b1, b2]);
  });
});

describe("F2: keyMaterial at the target's provider", () => {
  it("gives a KeyPackage of each client to whoever has consent", () => {
    const { code, clients } = fetch(stocked(providerB(consenting), 2, 2));
    expect(code).toBe("success");
    expect(clients.map(({ clientUri }) => clientUri.uri)).toEqual([b1, b2]);
  });

  it("gives nothing without consent, to anybody about anybody", () => {
    expect(fetch(stocked(providerB(), 2))).toMatchObject({ code: "noConsent", clients: [] });
    expect(fetch(providerB())).toMatchObject({ code: "noConsent" });
    expect(fetch(providerB({ accounts: [] }))).toMatchObject({ code: "noConsent" });
  });

  it("tells a missing user, another room and missing devices apart under detailed refusals", () => {
    expect(fetch(providerB({ accounts: [], ...detailed }))).toMatchObject({ code: "userUnknown" });
    const forOther = { consents: [{ ...anyRoom, room: "mimi://a.example/r/other" }] };
    expect(fetch(stocked(providerB({ ...forOther, ...detailed }), 1))).toMatchObject({
      code: "noConsentForThisRoom",
    });
    expect(fetch(providerB({ ...consenting, ...detailed }))).toMatchObject({ code: "noCompatibleMaterial" });
  });

  it("lists no clients with a refusal that is not about their material", () => {
    const forOther = { consents: [{ ...anyRoom, room: "mimi://a.example/r/other" }] };
    const refused = [
      fetch(stocked(providerB(), 2)),
      fetch(providerB({ accounts: [], ...detailed })),
      fetch(stocked(providerB({ ...forOther, ...detailed }), 1)),
    ];
    expect(refused.map(({ code, clients }) => [code, clients])).toEqual([
      ["noConsent", []],
      ["userUnknown", []],
      ["noConsentForThisRoom", []],
    ]);
  });

  it("U11: a deleted user is userDeleted or noConsent, as the provider likes", () => {
    const without = (state: ProviderState) =>
      stepProvider(state, { type: "intention", intention: { type: "deleteAccount", user: bob } }, moment)
        .state;
    expect(fetch(without(stocked(providerB(consenting), 1)))).toMatchObject({ code: "noConsent" });
    expect(fetch(without(stocked(providerB({ ...consenting, ...detailed }), 1)))).toMatchObject({
      code: "userDeleted",
    });
  });

  it("says partialSuccess and then noCompatibleMaterial as clients run out", () => {
    const first = fetch(stocked(providerB(consenting), 2, 1));
    const second = fetch(first.state);
    expect([first.code, second.code, fetch(second.state).code]).toEqual([
      "success",
      "partialSuccess",
      "noCompatibleMaterial",
    ]);
    expect(second.clients.map(({ clientStatus }) => clientStatus)).toEqual([
      "success",
      "keyMaterialExhausted",
    ]);
  });

  it("answers a repeated request with the same octets under sameAnswer", () => {
    const same = { ...consenting, policy: { claimReplay: "sameAnswer" } } as const;
    const first = fetch(stocked(providerB(same), 2));
    expect(hex(fetch(first.state).body)).toBe(hex(first.body));
    const fresh = fetch(stocked(providerB(consenting), 2));
    expect(hex(fetch(fresh.state).body)).not.toBe(hex(fresh.body));
  });

  it("refuses a request that did not come through the room's hub", () => {
    const state = stocked(providerB(consenting), 1);
    expect(fetch(state, claim(), "c.example")).toMatchObject({ status: 403, noticed: ["throughHub"] });
  });

  it("takes a request outside of any room from the requester's provider, where consent is for any room", () => {
    const state = stocked(providerB(consenting), 1);
    expect(fetch(state, claim(bob, ""))).toMatchObject({ code: "success" });
    expect(fetch(state, claim(bob, ""), "c.example")).toMatchObject({ status: 403 });
    const oneRoom = stocked(providerB({ consents: [{ ...anyRoom, room }] }), 1);
    expect(fetch(oneRoom, claim(bob, ""))).toMatchObject({ code: "noConsent" });
  });

  it("refuses a damaged signature, and a credential of somebody else, before anything else", () => {
    const damaged = claim().map((octet, i, all) => (i === all.length - 1 ? octet ^ 1 : octet));
    expect(fetch(stocked(providerB(consenting), 1), damaged)).toMatchObject({
      status: 403,
      noticed: ["requestSignature"],
    });
    const carols = sent(clientNamed("mimi://a.example/d/carol/C1", "mimi://a.example/u/alice"), {
      type: "fetchKeyMaterial",
      room,
      user: bob,
    });
    const body = carols.type === "ask" ? carols.body : claim();
    expect(KeyMaterialRequest.decode(body).requestingUser.uri).toBe("mimi://a.example/u/alice");
    expect(fetch(stocked(providerB(consenting), 1), body)).toMatchObject({
      status: 403,
      noticed: ["requesterIsHolder"],
    });
  });

  it("U12: consent of a user does not reach to another name of the same person", () => {
    const pseudonym = "mimi://b.example/u/anonymous";
    const answered = post(stocked(providerB(consenting), 1), "keyMaterial", pseudonym, claim(pseudonym));
    expect(KeyMaterialResponse.decode(answered.body).userStatus).toBe("noConsent");
  });
});

describe("F6: a Welcome's KeyPackageRefs", () => {
  function handedOut(settings: Parameters<typeof providerB>[0] = consenting) {
    const { state, clients } = fetch(stocked(providerB(settings), 1, 1));
    const references = clients.flatMap((each) =>
      each.clientStatus === "success" ? [hex(keyPackageRef(suite, each.keyPackage))] : [],
    );
    return { state, references };
  }
  function owners(state: ProviderState, references: readonly string[], where = room) {
    let clients: readonly string[] = [];
    const { outputs } = takeTurn(state, moment, realMls, (turn) => {
      clients = welcomed(turn, references, where);
    });
    return {
      clients,
      decided: outputs.flatMap((output) => (output.type === "decided" ? [output.text] : [])),
    };
  }
  const revoke = (state: ProviderState) =>
    say(state, b1, askServer("updateConsent", "a.example", entry("revoke"))).state;

  it("lead to the clients whose they are; others' are passed over", () => {
    const { state, references } = handedOut();
    expect(references).toHaveLength(2);
    expect(owners(state, [...references, "unknown"])).toEqual({ clients: [b1, b2], decided: [] });
  });

  it("I21: lead nowhere for another room than the one they were handed out for", () => {
    const { state, references } = handedOut();
    const { clients, decided } = owners(state, references, "mimi://a.example/r/other");
    expect(clients).toEqual([]);
    expect(decided[0]).toContain("was not handed out for");
  });

  it("U8: lead nowhere once consent is taken back, unless the provider looks at the claim only", () => {
    const { state, references } = handedOut();
    const { clients, decided } = owners(revoke(state), references);
    expect(clients).toEqual([]);
    expect(decided[0]).toContain("no consent any more");
    const literal = handedOut({ ...consenting, policy: { consentAt: "claim" } });
    expect(owners(revoke(literal.state), literal.references).clients).toEqual([b1, b2]);
  });

  it("U9: lead nowhere where they were never handed out, however their owner's adder came by them", () => {
    const before = stocked(providerB(consenting), 1);
    const [reference] = Object.keys(before.keyPackages);
    expect(owners(before, [reference ?? ""]).clients).toEqual([]);
  });
});
