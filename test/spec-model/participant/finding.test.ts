/** A client on the way to a person: what it does with answers that are missing, forged or about somebody else. */
import { describe, expect, it } from "vitest";
import type { LocalMessage, Output } from "../../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { ConsentEntry, entryFor } from "../../../spec-model/consent/index.ts";
import { TokenRequest } from "../../../spec-model/discovery/mappings/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import {
  type ClientIntention,
  type ClientState,
  newClient,
  stepClient,
} from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import {
  discoveryProvider,
  encoded,
  mappingOf,
  newHolder,
  number,
  relay,
  start,
  suite,
  tell,
  trusted,
} from "../discovery/mappings/world.ts";

const alice = "mimi://a.example/u/alice";
const talk = "mimi://a.example/r/talk";
const own = { domain: "a.example", signatureKey: noBytes, frankingKey: noBytes };
const identity = { client: "mimi://a.example/d/alice/ClientA1", user: alice };
const empty = discoveryProvider();
const mapped = tell(
  empty,
  "authoriseMapping",
  encoded(mappingOf(newHolder(), [{ domain: "b.example", tags: [] }])),
);
const service = mapped.state;
const trust = { provider: { domain: service.domain, sealKey: service.sealKeys.publicKey }, issuers: trusted };
const moment = { now: start, entropy: new Uint8Array(32) };

function clientWith(whom: typeof trust | undefined): ClientState {
  return newClient(identity, own, suite, expandEntropy(utf8("alice"), "client"), whom);
}

interface Taken {
  readonly state: ClientState;
  readonly asked: Extract<LocalMessage, { type: "askServer" }> | undefined;
  readonly decided: readonly string[];
  readonly noticed: readonly string[];
}

function taken({ state, outputs }: { state: ClientState; outputs: readonly Output[] }): Taken {
  const asks = outputs.flatMap((output) =>
    output.type === "local" && output.message.type === "askServer" ? [output.message] : [],
  );
  return {
    state,
    asked: asks[0],
    decided: outputs.flatMap((output) => (output.type === "decided" ? [output.text] : [])),
    noticed: outputs.flatMap((output) => (output.type === "noticed" ? [output.code] : [])),
  };
}
const intend = (state: ClientState, intention: ClientIntention) =>
  taken(stepClient(state, { type: "intention", intention }, moment));
const hear = (state: ClientState, message: LocalMessage) =>
  taken(stepClient(state, { type: "local", from: own.domain, message }, moment));
const answer = ({ state, asked }: Taken, status: number, body = noBytes) =>
  hear(state, { type: "answer", id: asked?.id ?? "", status, body });

const introduce: ClientIntention = {
  type: "introduce",
  identifier: number,
  room: talk,
  name: "talk",
  role: 2,
};
const stands = ({ state }: Taken) =>
  Object.values(state.introductions).map(({ machine }) => stateName(machine));

/** The client's request as the relay passes it on, and the discovery provider's answer to it. */
function through(before: Taken, path: string, provider = service) {
  const answered = relay(provider, path, before.asked?.body ?? noBytes);
  return { ...answer(before, answered.status, answered.body), provider: answered.state };
}

describe("a lookup", () => {
  it("begins with tokens, where there are none, and goes on with one of them", () => {
    const begun = intend(clientWith(trust), introduce);
    expect(begun.asked?.operation).toBe("discoveryTokens");
    expect(TokenRequest.decode(begun.asked?.body ?? noBytes).blinded).toHaveLength(4);
    const supplied = through(begun, "/tokens");
    expect(supplied.asked?.operation).toBe("discoveryLookup");
    expect(supplied.state.finding.tokens).toHaveLength(3);
    const found = through(supplied, "/lookup", supplied.provider);
    expect(found.asked).toMatchObject({ operation: "identifierQuery", domain: "b.example" });
    const second = intend(found.state, { type: "discover", identifier: number });
    expect(second.asked?.operation).toBe("discoveryLookup");
    expect(second.state.finding.tokens).toHaveLength(2);
  });

  it("can be made out of curiosity, and then leads to nothing but knowing", () => {
    const supplied = through(intend(clientWith(trust), { type: "discover", identifier: number }), "/tokens");
    const found = through(supplied, "/lookup", supplied.provider);
    expect(found.decided).toEqual(["verifies 1 of 1 mappings: b.example ()"]);
    expect(found.asked).toBeUndefined();
  });

  it("fails where there are no tokens, or not the ones that were asked for", () => {
    const begun = intend(clientWith(trust), introduce);
    for (const failed of [answer(begun, 429), answer(begun, 200, new Uint8Array([1])), answer(begun, 504)]) {
      expect(stands(failed)).toEqual(["failed"]);
      expect(failed.decided[0]).toContain("gets no tokens");
    }
  });

  it("fails where the answer is missing, or not sealed to this lookup", () => {
    const supplied = through(intend(clientWith(trust), introduce), "/tokens");
    const other = through(intend(clientWith(trust), introduce), "/tokens");
    const foreign = relay(service, "/lookup", other.asked?.body ?? noBytes).body;
    for (const failed of [answer(supplied, 504), answer(supplied, 200, foreign.slice(1))]) {
      expect(stands(failed)).toEqual(["failed"]);
      expect(failed.noticed).toHaveLength(1);
    }
  });

  it("fails where nobody can be asked", () => {
    expect(stands(intend(clientWith(undefined), introduce))).toEqual(["failed"]);
    expect(
      intend(clientWith(undefined), { type: "removeMapping", identifier: number }).asked,
    ).toBeUndefined();
  });

  it("R4: leaves out mappings that no trusted issuer stands behind", () => {
    const distrusting = clientWith({ ...trust, issuers: {} });
    const supplied = through(intend(distrusting, introduce), "/tokens");
    const found = through(supplied, "/lookup", supplied.provider);
    expect(found.decided[0]).toBe("verifies 0 of 1 mappings: no service");
    expect(stands(found)).toEqual(["unreachable"]);
  });
});

describe("being found", () => {
  const wants: ClientIntention = {
    type: "authoriseMapping",
    identifier: number,
    issuer: "phone.example",
    services: [],
  };

  it("needs the issuer's proof", () => {
    const begun = intend(clientWith(trust), wants);
    expect(begun.asked).toMatchObject({ operation: "proveControl" });
    expect(answer(begun, 403)).toMatchObject({
      asked: undefined,
      decided: ["gets no proof of control: 403"],
    });
    expect(answer(begun, 200, new Uint8Array([1])).asked).toBeUndefined();
  });

  it("uses one key for all that the user authorises", () => {
    const once = intend(clientWith(trust), wants);
    const twice = intend(once.state, wants);
    expect(twice.state.finding.holder).toEqual(once.state.finding.holder);
  });

  it("is told where the discovery provider does not take a mapping or a removal", () => {
    const removing = intend(clientWith(trust), { type: "removeMapping", identifier: number });
    expect(answer(removing, 403).decided).toEqual(["the discovery provider does not take the mapping: 403"]);
    expect(answer(removing, 201).decided).toEqual([]);
  });
});

describe("answers of other providers", () => {
  it("that are none end an introduction", () => {
    const begun = intend(clientWith(undefined), { ...introduce, service: "b.example" });
    expect(begun.asked?.operation).toBe("identifierQuery");
    expect(stands(answer(begun, 502))).toEqual(["failed"]);
    const garbled = answer(begun, 200, new Uint8Array([1]));
    expect(stands(garbled)).toEqual(["failed"]);
    expect(garbled.noticed).toEqual(["malformed"]);
  });

  it("are shown to a user who was only looking", () => {
    const looking = intend(clientWith(undefined), {
      type: "queryIdentifier",
      provider: "b.example",
      elements: [{ searchType: "nick", searchValue: "bob" }],
    });
    expect(answer(looking, 502).decided).toEqual(["finds nobody: 502"]);
  });
});

describe("news of consent", () => {
  const news = (operation: ConsentEntry["consentOperation"], requester = alice) => {
    const scope = { requester, target: "mimi://b.example/u/bob", room: undefined };
    return { type: "consentNews" as const, body: ConsentEntry.encode(entryFor(scope, operation)) };
  };

  it("that nobody waits for is only shown", () => {
    const { decided, asked } = hear(clientWith(undefined), news("grant"));
    expect(decided).toEqual(["learns that mimi://b.example/u/bob may be added to any room"]);
    expect(asked).toBeUndefined();
    expect(hear(clientWith(undefined), news("revoke")).decided[0]).toContain("may not be added");
    expect(hear(clientWith(undefined), news("cancel", "mimi://c.example/u/carol")).decided[0]).toContain(
      "no longer",
    );
  });

  it("that cannot be decoded is noticed", () => {
    expect(hear(clientWith(undefined), { type: "consentNews", body: new Uint8Array([9]) }).noticed).toEqual([
      "malformed",
    ]);
  });
});
