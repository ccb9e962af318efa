/** The ten requirements of user-discovery on the model's discovery provider; rows DP1 to DP5 of the transition tables. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, equalBytes, hex, utf8 } from "../../../../spec-model/bytes.ts";
import {
  authoriseMapping,
  blindTokens,
  discoveryPaths,
  isGenuineMapping,
  mappingsOf,
  openLookup,
  paddedTo,
  partiesWithBothEnds,
  proveControl,
  Removal,
  removeOwn,
  removeUnassigned,
  signBlindly,
  stepIdentifierProvider,
  tokenName,
  type Way,
  whoLearns,
} from "../../../../spec-model/discovery/mappings/index.ts";
import {
  bob,
  bobClient,
  discoveryProvider,
  encoded,
  issuer,
  lookUp,
  lookUpOnce,
  mappingOf,
  newHolder,
  number,
  proofFrom,
  random,
  relay,
  start,
  suite,
  tell,
  tokens,
  trusted,
} from "./world.ts";

const holder = newHolder();
const personal = { domain: "b.example", tags: ["Personal", "Family"] };
const business = { domain: "c.example", tags: ["Business"] };
const mapping = mappingOf(holder, [personal, business]);
const mapped = tell(discoveryProvider(), "authoriseMapping", encoded(mapping));

function includes(haystack: Uint8Array, needle: string): boolean {
  return hex(haystack).includes(hex(utf8(needle)));
}

describe("R1 (DP1): only the recipient authorises a mapping", () => {
  it("takes one that the holder signed, with the issuer's proof that the identifier is the holder's", () => {
    expect(mapped.status).toBe(201);
    expect(mappingsOf(mapped.state, number)).toEqual([mapping]);
  });

  it("the issuer proves it to its subscriber and to nobody else", () => {
    expect(proofFrom(issuer, bobClient, holder).status).toBe(200);
    expect(proofFrom(issuer, "mimi://b.example/d/mallory/M1", holder).status).toBe(403);
    expect(proofFrom(issuer, bobClient, holder, "+4930123456").status).toBe(403);
  });

  it("refuses a mapping signed by another key, by another issuer, or for another identifier", () => {
    const mallory = newHolder();
    const { proof } = mapping;
    const stolen = authoriseMapping(suite, mallory, {
      proof,
      services: [personal],
      authorised: BigInt(start),
    });
    const ownKeys = { domain: "phone.example", keys: mallory };
    const claim = { identifier: number, holderKey: mallory.publicKey, assigned: BigInt(start) };
    const selfProven = mappingOf(mallory, [personal], start, proveControl(suite, ownKeys, claim));
    const otherNumber = { ...mapping, proof: { ...proof, identifier: "+4930123456" } };
    for (const forged of [stolen, selfProven, otherNumber]) {
      const told = tell(mapped.state, "authoriseMapping", encoded(forged));
      expect(told.status).toBe(403);
      expect(mappingsOf(told.state, number)).toEqual([mapping]);
    }
  });
});

describe("R2: mappings carry the recipient's preferences", () => {
  it("keeps services in the recipient's order, with their tags", () => {
    const { answer } = lookUpOnce(mapped.state);
    expect(answer?.mappings[0]?.services).toEqual([personal, business]);
  });
});

describe("R3 (DP2): a sender gets all mappings", () => {
  it("of one recipient, whoever's services they are for", () => {
    const second = mappingOf(holder, [business], start + 1);
    const both = tell(mapped.state, "authoriseMapping", encoded(second));
    expect(lookUpOnce(both.state).answer?.mappings).toEqual([mapping, second]);
  });
});

describe("R4 (DP3): a sender verifies what it gets", () => {
  it("with the issuer's key and nothing else", () => {
    const [got] = lookUpOnce(mapped.state).answer?.mappings ?? [];
    expect(got !== undefined && isGenuineMapping(suite, trusted, got)).toBe(true);
    expect(got !== undefined && isGenuineMapping(suite, {}, got)).toBe(false);
  });

  it("and notices any change of the discovery provider's (any octet)", () => {
    const octets = encoded(mapping);
    fc.assert(
      fc.property(fc.nat(octets.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = octets.map((octet, i) => (i === at ? octet ^ by : octet));
        expect(tell(discoveryProvider(), "authoriseMapping", changed).status).not.toBe(201);
      }),
      { numRuns: 50 },
    );
  });
});

describe("R5 (DP2): zero, one and several mappings", () => {
  const results = (state: typeof mapped.state) =>
    lookUpOnce(state).answer?.mappings.map(({ services }) => services.length);

  it("tells no mapping from one without services, one service from several", () => {
    const none = discoveryProvider();
    expect(results(none)).toEqual([]);
    expect(results(tell(none, "authoriseMapping", encoded(mappingOf(holder, []))).state)).toEqual([0]);
    expect(results(tell(none, "authoriseMapping", encoded(mappingOf(holder, [personal]))).state)).toEqual([
      1,
    ]);
    expect(results(mapped.state)).toEqual([2]);
    const second = mappingOf(holder, [business], start + 1);
    expect(results(tell(mapped.state, "authoriseMapping", encoded(second)).state)).toEqual([2, 1]);
  });
});

describe("R6: nobody but the sender learns who looks for whom", () => {
  it("as data: the relay learns the sender, the discovery provider the identifier", () => {
    expect(partiesWithBothEnds("sealedThroughRelay")).toEqual([]);
    expect(whoLearns.sealedThroughRelay.senderProvider).not.toContain("identifier");
    expect(whoLearns.sealedThroughRelay.discoveryProvider).not.toContain("sender");
  });

  it.each([
    ["direct", "discoveryProvider"],
    ["openThroughRelay", "senderProvider"],
  ] as const)("and the check notices the way %s", (way: Way, party) => {
    expect(partiesWithBothEnds(way)).toEqual([party]);
  });

  it("in octets: nothing that passes the relay has the identifier or the services in it", () => {
    const got = tokens(mapped.state, 1);
    const [token] = got.tokens ?? [];
    if (token === undefined) throw new Error("no token");
    const looked = lookUp(got.state, number, token);
    for (const octets of [got.request, got.body, looked.sealed, looked.body]) {
      expect(includes(octets, number)).toBe(false);
      expect(includes(octets, "b.example")).toBe(false);
    }
    // The relay cannot open what it passes on.
    expect(openLookup(suite, newHolder().privateKey, looked.sealed)).toBeUndefined();
  });

  it("in state: two lookups of different senders leave the same at the discovery provider", () => {
    const got = tokens(mapped.state, 2);
    const [first, second] = got.tokens ?? [];
    if (first === undefined || second === undefined) throw new Error("no tokens");
    // Which user of a.example sends which is not in the request: the state after each differs in the token alone.
    const asAlice = lookUp(got.state, number, first).state;
    const asCarol = lookUp(got.state, number, second).state;
    expect({ ...asAlice, spent: [] }).toEqual({ ...asCarol, spent: [] });
  });

  it("in lengths: an answer with many mappings is as long as one with none", () => {
    const many = [1, 2, 3, 4].reduce(
      (state, i) => tell(state, "authoriseMapping", encoded(mappingOf(holder, [personal], start + i))).state,
      mapped.state,
    );
    expect(lookUpOnce(many).body.length).toBe(lookUpOnce(discoveryProvider()).body.length);
    expect(lookUpOnce(many).answer?.mappings).toHaveLength(5);
    expect(lookUpOnce(many).body.length).toBeGreaterThan(paddedTo);
  });
});

describe("R7: what is exchanged in a lookup is encrypted", () => {
  it("end to end between sender and discovery provider: a changed octet is noticed (any octet)", () => {
    const got = tokens(mapped.state, 1);
    const [token] = got.tokens ?? [];
    if (token === undefined) throw new Error("no token");
    const { sealed } = lookUp(got.state, number, token);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = sealed.map((octet, i) => (i === at ? octet ^ by : octet));
        expect(relay(got.state, discoveryPaths.discoveryLookup, changed).status).toBe(400);
      }),
      { numRuns: 50 },
    );
  });
});

describe("R8 (DP5): scraping is limited", () => {
  it("looks up nothing without a token, with another's, or with one twice", () => {
    const got = tokens(mapped.state, 1);
    const [token] = got.tokens ?? [];
    if (token === undefined) throw new Error("no token");
    const first = lookUp(got.state, number, token);
    expect(first.answer?.code).toBe("answered");
    expect(lookUp(first.state, number, token).answer).toMatchObject({ code: "tokenRefused", mappings: [] });
    const madeUp = { ...token, output: random.bytes(64) };
    expect(lookUp(got.state, number, madeUp).answer?.code).toBe("tokenRefused");
  });

  it("does not tell by a refusal whether the identifier is mapped", () => {
    const madeUp = { period: 0n, input: random.bytes(32), output: random.bytes(64) };
    const about = (identifier: string) => lookUp(mapped.state, identifier, madeUp);
    expect(about(number).answer).toEqual(about("+4930123456").answer);
    expect(about(number).body.length).toBe(about("+4930123456").body.length);
  });

  it("gives a provider's users so many tokens in a period, and again in the next", () => {
    const few = discoveryProvider({ tokensPerProvider: 3, periodMs: 1000 });
    const two = tokens(few, 2);
    expect(two.tokens).toHaveLength(2);
    expect(tokens(two.state, 2).status).toBe(429);
    expect(tokens(two.state, 2, "c.example").tokens).toHaveLength(2);
    expect(tokens(two.state, 2, "a.example", start + 1000).tokens).toHaveLength(2);
  });

  it("takes a token only in its period", () => {
    const short = discoveryProvider({ periodMs: 1000 });
    const got = tokens(short, 1);
    const [token] = got.tokens ?? [];
    if (token === undefined) throw new Error("no token");
    expect(lookUp(got.state, number, token, start + 999).answer?.code).toBe("answered");
    expect(lookUp(got.state, number, token, start + 1000).answer?.code).toBe("tokenRefused");
  });

  it("does not recognise a token that it signed", () => {
    const asked = blindTokens(1, random);
    const seen = asked[0]?.blinded ?? random.bytes(32);
    const signed = signBlindly(mapped.state.tokenSeed, 1n, [seen])?.[0] ?? seen;
    const got = tokens(mapped.state, 1).tokens?.[0];
    if (got === undefined) throw new Error("no token");
    const shown = concat(got.input, got.output);
    expect(hex(shown).includes(hex(seen)) || hex(shown).includes(hex(signed))).toBe(false);
    expect(tokenName(got)).toBe(hex(got.input));
    expect(equalBytes(got.input, seen)).toBe(false);
  });

  it("refuses what is no element of the group", () => {
    expect(signBlindly(mapped.state.tokenSeed, 1n, [new Uint8Array(32).fill(255)])).toBeUndefined();
  });
});

describe("R9 (DP4): mappings can be removed", () => {
  const order = (until: number) =>
    Removal.encode(removeOwn(suite, holder, { identifier: number, until: BigInt(until) }));

  it("by the recipient; then they are neither answered with nor kept", () => {
    const removed = tell(mapped.state, "removeMapping", order(start));
    expect(removed.status).toBe(201);
    expect(lookUpOnce(removed.state).answer?.mappings).toEqual([]);
    expect(removed.state.mappings).toEqual({});
  });

  it("for good: the same mapping is not taken again", () => {
    const removed = tell(mapped.state, "removeMapping", order(start));
    expect(tell(removed.state, "authoriseMapping", encoded(mapping)).status).toBe(403);
  });
});

describe("R10 (DP4): only the recipient or the issuer removes them", () => {
  it("refuses a stranger's order, and one of an issuer that did not issue the identifier", () => {
    const stranger = removeOwn(suite, newHolder(), { identifier: number, until: BigInt(start) });
    const otherIssuer = { domain: "mail.example", keys: newHolder() };
    const foreign = removeUnassigned(suite, otherIssuer, { identifier: number, until: BigInt(start + 1) });
    for (const order of [stranger, foreign]) {
      expect(tell(mapped.state, "removeMapping", Removal.encode(order)).status).toBe(403);
    }
  });

  it("forgets a former holder when the issuer gives the number to somebody else", () => {
    const zoe = "mimi://c.example/u/zoe";
    const intention = { type: "assign" as const, identifier: number, user: zoe };
    const moment = { now: start + 5000, entropy: random.bytes(32) };
    const assigned = stepIdentifierProvider(issuer, { type: "intention", intention }, moment);
    const [sent] = assigned.outputs;
    if (sent?.type !== "request") throw new Error("the issuer tells nobody");
    expect(sent).toMatchObject({ to: "dp.example", operation: "removals" });
    const told = relay(mapped.state, sent.request.path, sent.request.body, "phone.example");
    expect(told.status).toBe(201);
    expect(lookUpOnce(told.state).answer?.mappings).toEqual([]);
    // Bob still has his old proof; it leads nowhere.
    const old = mappingOf(holder, [personal], start + 6000, mapping.proof);
    expect(tell(told.state, "authoriseMapping", encoded(old)).status).toBe(403);
    const zoesKeys = newHolder();
    const { proof } = proofFrom(assigned.state, "mimi://c.example/d/zoe/Z1", zoesKeys);
    const hers = mappingOf(zoesKeys, [business], start + 6000, proof);
    expect(tell(told.state, "authoriseMapping", encoded(hers)).status).toBe(201);
    expect(proofFrom(assigned.state, bobClient, holder).status).toBe(403);
  });

  it("tells nobody where nobody had the number, and takes it back from its holder", () => {
    const assign = (identifier: string, user: string | undefined) =>
      stepIdentifierProvider(
        issuer,
        { type: "intention", intention: { type: "assign", identifier, user } },
        { now: start, entropy: random.bytes(32) },
      );
    expect(assign("+4930123456", bob).outputs).toEqual([]);
    const taken = assign(number, undefined);
    expect(taken.outputs).toHaveLength(1);
    expect(proofFrom(taken.state, bobClient, holder).status).toBe(403);
  });
});

describe("a discovery provider", () => {
  it("answers whatever it is sent with a status and never throws (any octets)", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(discoveryPaths), "/elsewhere"),
        fc.uint8Array({ maxLength: 200 }),
        (path, body) => {
          const { status } = relay(mapped.state, path, body);
          expect([200, 400, 403, 404]).toContain(status);
        },
      ),
    );
    expect(tell(mapped.state, "authoriseMapping", new Uint8Array([1])).status).toBe(400);
  });
});
