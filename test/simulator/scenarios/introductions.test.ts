/** The scenarios about introductions: what is decided in them, and where they end. */
import { describe, expect, it } from "vitest";
import { asciiFigures } from "../../../simulator/diagram/index.ts";
import { knownAs } from "../../../simulator/properties/index.ts";
import { type Run, run } from "../../../simulator/run/index.ts";
import {
  chapter,
  comesToKnow,
  ending,
  introducing,
  listedUnder,
  room,
  type Scenario,
  scenario,
} from "../../../simulator/scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, serverA, serverB } from "../../../simulator/scenarios/cast.ts";
import connection from "../../../simulator/scenarios/connection.ts";
import consentRefused from "../../../simulator/scenarios/consent-refused.ts";
import consentRevoked from "../../../simulator/scenarios/consent-revoked.ts";
import exhaustedKeyPackages from "../../../simulator/scenarios/exhausted-key-packages.ts";
import introductionFromPhone from "../../../simulator/scenarios/introduction-from-phone.ts";
import numberChangesHands from "../../../simulator/scenarios/number-changes-hands.ts";
import partialKeyMaterial from "../../../simulator/scenarios/partial-key-material.ts";
import unsolicitedGrant from "../../../simulator/scenarios/unsolicited-grant.ts";
import type { Trace, TraceEvent } from "../../../simulator/trace/index.ts";
import { fromHex, hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { type EndpointName, endpoints } from "../../../spec-model/endpoints/index.ts";

const all = [
  introductionFromPhone,
  numberChangesHands,
  connection,
  unsolicitedGrant,
  consentRefused,
  consentRevoked,
  partialKeyMaterial,
  exhaustedKeyPackages,
];
const ofType = <T extends TraceEvent["type"]>(trace: Trace, type: T) =>
  trace.events.filter((event) => event.type === type) as unknown as TraceEvent<T>[];
const played = (told: Scenario, mls: "real" | "symbolic" = "symbolic") =>
  run(told, { seed: 1, mls, keepBodies: true });
const failed = ({ trace }: Run) =>
  ofType(trace, "check").filter(({ holds, detail }) => !holds && !detail?.includes(knownAs));
const decisions = ({ trace }: Run) => ofType(trace, "decision").map(({ text }) => text);
const sends = ({ trace }: Run) => ofType(trace, "send");
const summaries = (made: Run, operation: string) =>
  sends(made).flatMap(({ summary }) => (summary?.startsWith(operation) ? [summary] : []));

describe.each(all.map((told) => [told.name, told] as const))("%s", (_, told) => {
  const real = played(told, "real");

  it("ends as its story says, with nothing noticed to be wrong", () => {
    expect(failed(real)).toEqual([]);
    expect(ofType(real.trace, "noticed")).toEqual([]);
  });

  it("takes the same decisions at the same times on symbolic MLS", () => {
    const kinds = ["transition", "decision", "shown", "noticed", "deliver"];
    const taken = ({ trace }: Run) =>
      trace.events
        .filter((event) => kinds.includes(event.type))
        .map(({ seq, ...event }) => ({ ...event, messageId: undefined }));
    expect(taken(played(told))).toEqual(taken(real));
  });

  it("carries requests and answers between messaging providers in the draft's formats", () => {
    const between = sends(real).filter(({ kind }) => kind !== "local");
    const asked = new Map(between.map((event) => [event.id, event]));
    let checked = 0;
    for (const event of between) {
      const request = event.inReplyTo === undefined ? event : asked.get(event.inReplyTo);
      const endpoint = endpoints[request?.operation as EndpointName];
      const codec = event.kind === "request" ? endpoint?.request : endpoint?.response;
      if (codec === undefined) continue;
      expect(hex(codec.encode(codec.decode(fromHex(event.body ?? "") ?? noBytes)))).toBe(event.body);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });

  it("is drawn, in lines that fit into a draft", () => {
    const figures = asciiFigures(real.trace, { width: 72 });
    expect(figures.length).toBeGreaterThan(0);
    for (const { text } of figures) {
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(72);
    }
  });
});

describe("from a telephone number to a first message", () => {
  const made = played(introductionFromPhone, "real");

  it("goes through discovery, query, consent, key material and Welcome, in this order", () => {
    const operations = sends(made).flatMap(({ operation, from }) =>
      operation === undefined || operation === "directory" || from === "b.example" ? [] : [operation],
    );
    expect(operations.filter((each) => each !== "submitMessage")).toEqual([
      "tokens",
      "lookup",
      "identifierQuery",
      "requestConsent",
      "keyMaterial",
      "notify",
      "notify",
      "notify",
    ]);
  });

  it("I52: sends the discovery provider nothing of Alice, and its relay nothing of the number", () => {
    const contains = (body: string | undefined, text: string) => (body ?? "").includes(hex(utf8(text)));
    const toDiscovery = sends(made).filter(({ to }) => to === "discovery.example");
    expect(toDiscovery.length).toBeGreaterThan(2);
    for (const { body, from } of toDiscovery) {
      expect(contains(body, "alice")).toBe(false);
      expect(from).not.toContain("/d/alice");
    }
    const lookups = sends(made).filter(
      ({ label, operation }) =>
        label === "Look up" || operation === "tokens" || operation === "lookup" || label === "Mappings",
    );
    expect(lookups.length).toBeGreaterThan(3);
    for (const { body } of lookups) expect(contains(body, "2125551212")).toBe(false);
  });

  it("but the identifier query that follows does carry the number, in the clear, from Alice's provider", () => {
    const query = sends(made).find(({ operation }) => operation === "identifierQuery");
    expect((query?.body ?? "").includes(hex(utf8("+12125551212")))).toBe(true);
  });

  it("keeps to the service that Bob has tagged for the purpose", () => {
    expect(
      sends(made)
        .filter(({ operation }) => operation === "identifierQuery")
        .map(({ to }) => to),
    ).toEqual(["b.example"]);
  });
});

describe("consent refused", () => {
  const made = played(consentRefused);

  it("answers both claims alike, before and after the refusal, with the same octets", () => {
    const answers = sends(made).filter(({ summary }) => summary?.startsWith("KeyMaterialResponse"));
    expect(answers.map(({ summary }) => summary)).toEqual([
      "KeyMaterialResponse noConsent",
      "KeyMaterialResponse noConsent",
    ]);
    expect(answers[0]?.body).toBe(answers[1]?.body);
  });

  it("shows Bob one request, and tells Alice's provider nothing", () => {
    expect(decisions(made).filter((text) => text.startsWith("shows that"))).toHaveLength(1);
    expect(summaries(made, "ConsentEntry grant")).toEqual([]);
    expect(summaries(made, "ConsentEntry revoke")).toEqual([]);
  });
});

describe("consent revoked between claim and add", () => {
  const made = played(consentRevoked);

  it("U8, S33: leaves the user in the list and in the group, with no client that ever joined", () => {
    expect(decisions(made)).toContain(
      "withholds the Welcome from mimi://b.example/d/bob/ClientB1: there is no consent any more",
    );
    expect(ofType(made.trace, "epoch").map(({ actor }) => actor)).not.toContain(b1.setting.client);
    const end = ofType(made.trace, "end")[0]?.states.find(({ actor }) => actor === "a.example");
    expect(JSON.stringify(end)).toContain("mimi://b.example/d/bob/ClientB1");
  });

  it("lets the client join where the provider looks at consent only when key material is claimed", () => {
    const introduction = { consents: [], policies: { "b.example": { consentAt: "claim" } } } as const;
    const literal = played({ ...consentRevoked, introduction });
    expect(ofType(literal.trace, "epoch").map(({ actor }) => actor)).toContain(b1.setting.client);
  });
});

describe("key material that runs out", () => {
  it("is partial for a user of whose clients one has none left", () => {
    expect(summaries(played(partialKeyMaterial), "KeyMaterialResponse")).toEqual([
      "KeyMaterialResponse success",
      "KeyMaterialResponse partialSuccess",
    ]);
  });

  it("comes from the KeyPackage of last resort, or not at all", () => {
    expect(summaries(played(exhaustedKeyPackages), "KeyMaterialResponse")).toEqual([
      "KeyMaterialResponse success",
      "KeyMaterialResponse success",
      "KeyMaterialResponse success",
      "KeyMaterialResponse success",
      "KeyMaterialResponse noCompatibleMaterial",
    ]);
    const introduction = {
      consents: [{ requester: alice.user, target: bob.user, room: undefined }],
      policies: { "b.example": { lastResort: "forbidden" } },
    } as const;
    const { outcomes: _, ...story } = exhaustedKeyPackages;
    const strict = summaries(played({ ...story, introduction }), "KeyMaterialResponse");
    expect(strict.slice(0, 3)).toEqual([
      "KeyMaterialResponse success",
      "KeyMaterialResponse noCompatibleMaterial",
      "KeyMaterialResponse noCompatibleMaterial",
    ]);
  });
});

describe("an introduction that does not come about", () => {
  const number = "+12125551212";
  const issuer = { label: "PhoneCo", domain: "phone.example", assigned: { [number]: bob.user } };
  const talk = room("talk", serverA);
  const byAlice = introducing(a1, alice);
  const byBob = introducing(b1, bob);
  const discovery = { provider: { label: "Discovery", domain: "discovery.example" }, issuers: [issuer] };
  const there = { consents: [], profiles: listedUnder(bob, number), discovery };
  const story = (
    state: string,
    introduction: NonNullable<Scenario["introduction"]>,
    ...moments: Parameters<typeof chapter>[2][]
  ) =>
    played(
      scenario(
        "story",
        "An introduction",
        { providers: [serverA, serverB], clients: [a1, b1], introduction },
        acquaintance(serverA, serverB),
        chapter("It begins", "user-discovery", ...moments),
        ending(comesToKnow(a1, number, state)),
      ),
    );
  const introduces = byAlice.introduces(number, talk, 2);

  it("because Bob has opted out: the sender can tell that from not being mapped", () => {
    const made = story("unreachable", there, byBob.isFoundUnder(number, issuer, []), introduces);
    expect(failed(made)).toEqual([]);
    expect(decisions(made)).toContain("ends the introduction: optedOut");
  });

  it("because Bob is found no more", () => {
    const mapped = byBob.isFoundUnder(number, issuer, [{ at: serverB, tags: [] }]);
    const made = story("unreachable", there, mapped, byBob.isFoundNoMore(number), introduces);
    expect(failed(made)).toEqual([]);
    expect(decisions(made)).toContain("ends the introduction: notMapped");
  });

  it("because Bob does not let himself be searched", () => {
    const made = story(
      "unreachable",
      there,
      byBob.becomesSearchable("never"),
      byAlice.introduces(number, talk, 2, { at: serverB }),
    );
    expect(failed(made)).toEqual([]);
    expect(decisions(made)).toContain("ends the introduction: notFound");
  });

  it("because there is no discovery provider to ask, or Bob's provider takes no queries", () => {
    const { discovery: _, ...alone } = there;
    expect(failed(story("failed", alone, introduces))).toEqual([]);
    const closed = { ...there, policies: { "b.example": { queries: "closed" } } } as const;
    expect(
      failed(story("unreachable", closed, byAlice.introduces(number, talk, 2, { at: serverB }))),
    ).toEqual([]);
  });

  it("because Alice waits no longer", () => {
    const knowing = byAlice.introduces(number, talk, 2, { at: serverB });
    const made = story("withdrawn", there, knowing, byAlice.givesUp(number, talk));
    expect(failed(made)).toEqual([]);
    expect(summaries(made, "ConsentEntry")).toEqual(["ConsentEntry request", "ConsentEntry cancel"]);
    expect(decisions(made).some((text) => text.startsWith("no longer shows"))).toBe(true);
  });

  it("because Bob is silent, and as far as Alice can see, also because he refuses", () => {
    const knowing = byAlice.introduces(number, talk, 2, { at: serverB });
    expect(failed(story("waiting", there, knowing))).toEqual([]);
    expect(failed(story("waiting", there, knowing, byBob.revokes(alice)))).toEqual([]);
    const telling = { ...there, policies: { "b.example": { tellsRevocations: true } } };
    expect(failed(story("refused", telling, knowing, byBob.revokes(alice)))).toEqual([]);
  });

  it("because Bob has no key material", () => {
    const knowing = byAlice.introduces(number, talk, 2, { at: serverB });
    expect(failed(story("failed", there, knowing, byBob.grants(alice)))).toEqual([]);
  });
});
