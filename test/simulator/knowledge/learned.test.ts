/** What parties learn, alone and together, and since when: it only grows, and nobody learns what it has no key to. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Asked,
  differenceBetween,
  type Fact,
  type FactKind,
  knowledgeOfRun,
  onlyTogether,
  type RunKnowledge,
} from "../../../simulator/knowledge/index.ts";
import { run } from "../../../simulator/run/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";

function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
}

function knowledgeIn(name: string, ...variants: string[]): RunKnowledge {
  return knowledgeOfRun(scenarioNamed(name), 1, variants.map(parseChoice));
}

const names = ["clubhouse", "kick", "semiprivate-room", "minimal-metadata", "ban-and-unban", "re-init"];
const runs = names.map((name) => knowledgeIn(name));
const [clubhouse = knowledgeIn("clubhouse")] = runs;

function whatOf(known: RunKnowledge, asked: Asked, kind: FactKind): string[] {
  return known.learned(asked, [kind]).map(({ what }) => what);
}

function party(known: RunKnowledge, label: string): string {
  const found = known.parties.find((each) => known.labelOf(each) === label);
  if (found === undefined) throw new Error(`there is no ${label}`);
  return found;
}

/** A run, two parties or none of it, a fact and two moments. */
const questions = fc.constantFrom(...runs).chain((known) =>
  fc.record({
    known: fc.constant(known),
    parties: fc.subarray([...known.parties], { maxLength: 3 }),
    fact: fc.constantFrom(...known.facts),
    network: fc.boolean(),
    moments: fc.tuple(fc.nat(500), fc.nat(500)),
  }),
);

describe("for every party, coalition, fact and moment", () => {
  it("what is known once stays known", () => {
    fc.assert(
      fc.property(questions, ({ known, parties, fact, network, moments: [one, two] }) => {
        const [early, late] = [Math.min(one, two), Math.max(one, two)];
        const asked = { parties, network };
        if (known.knows(asked, fact, early)) expect(known.knows(asked, fact, late)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("several together know at least what each of them knows, and no later", () => {
    fc.assert(
      fc.property(questions, ({ known, parties, fact, network }) => {
        const together = known.since({ parties, network }, fact);
        for (const each of parties) {
          const alone = known.since({ parties: [each], network }, fact);
          if (alone !== undefined) expect(together?.seq).toBeLessThanOrEqual(alone.seq);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("the moment since when something is known is the first at which it is", () => {
    fc.assert(
      fc.property(questions, ({ known, parties, fact, network }) => {
        const asked = { parties, network };
        const since = known.since(asked, fact);
        expect(known.knows(asked, fact, 1_000_000)).toBe(since !== undefined);
        if (since === undefined) return;
        expect(known.knows(asked, fact, since.seq)).toBe(true);
        expect(known.knows(asked, fact, since.seq - 1)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("who hears the whole network knows at least what it would know of its own hearing", () => {
    fc.assert(
      fc.property(questions, ({ known, parties, fact }) => {
        if (known.since({ parties }, fact) === undefined) return;
        expect(known.since({ parties, network: true }, fact)).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe("keys count from the moment they are there", () => {
  const kick = knowledgeIn("kick");
  const bob = { parties: [party(kick, "ClientB1")] };

  it("who comes back reads what is said then, and not what was said in between", () => {
    const [between, then] = kick.messages;
    expect(between && kick.since(bob, between.fact)).toBeUndefined();
    expect(then && kick.since(bob, then.fact)).toBeDefined();
  });

  it("before its Welcome a client has no secret of any epoch", () => {
    const joins = kick.learned(bob, ["epoch"])[0];
    if (joins === undefined) throw new Error("Bob joins nothing");
    const earlier = (fact: Fact) => kick.knows(bob, fact, joins.since.seq - 1);
    expect(kick.facts.filter(({ kind }) => kind === "epoch").some(earlier)).toBe(false);
  });
});

describe.each(names.map((name, i) => [name, runs[i] ?? clubhouse] as const))("in %s", (name, known) => {
  const clients = known.parties.filter((each) => each.startsWith("mimi:"));
  const providers = known.parties.filter((each) => !clients.includes(each));
  const closed: readonly FactKind[] = ["message", "epoch", "privateKey", "identity"];

  it("all providers together learn no text, no secret of an epoch, no private key and nobody's name", () => {
    expect(known.learned({ parties: providers, network: true }, closed)).toEqual([]);
  });

  it("a client can read, from that moment at the latest, what it shows", () => {
    const { trace } = run(scenarioNamed(name), { seed: 1, mls: "symbolic" });
    const shown = trace.events.flatMap((event) => {
      const said = event.type === "shown" ? /^"([^"]*)"$/.exec(event.text)?.[1] : undefined;
      return event.type === "shown" && said !== undefined ? [{ ...event, said }] : [];
    });
    expect(shown.length).toBeGreaterThan(0);
    for (const { actor, said, seq } of shown) {
      const read = known.messages.filter(({ fact }) => fact.what.endsWith(`: ${said}`));
      expect(read.some(({ fact }) => known.knows({ parties: [actor] }, fact, seq))).toBe(true);
    }
  });

  it("every fact is known to somebody", () => {
    const all = new Set(
      known.parties.flatMap((each) => known.learned({ parties: [each] })).map(({ what }) => what),
    );
    expect(known.facts.filter(({ what }) => !all.has(what))).toEqual([]);
  });
});

describe("whoever has been removed", () => {
  const bob = { parties: [party(clubhouse, "ClientB1")], network: true };

  it("has no secret of a later epoch, even if it hears everything", () => {
    expect(whatOf(clubhouse, bob, "epoch")).toEqual([
      "epoch 2 of mimi://a.example/g/clubhouse",
      "epoch 3 of mimi://a.example/g/clubhouse",
    ]);
  });

  it("learns no more where followers feed it everything they get", () => {
    const fed = knowledgeIn("clubhouse", "followers-feed-the-removed");
    for (const kind of ["message", "epoch"] as const)
      expect(whatOf(fed, bob, kind)).toEqual(whatOf(clubhouse, bob, kind));
  });

  it("reads on where it has a member's keys", () => {
    const stolen = clubhouse.termsOf(party(clubhouse, "ClientA1"));
    const reads = whatOf(clubhouse, { ...bob, more: stolen }, "message");
    expect(reads).toHaveLength(clubhouse.messages.length);
  });
});

describe("what is there to be seen", () => {
  it("the hub of a room has its list, its clients and the sender of each message", () => {
    const hub = { parties: ["a.example"] };
    expect(whatOf(clubhouse, hub, "participant")).toHaveLength(3);
    expect(whatOf(clubhouse, hub, "member")).toHaveLength(7);
    expect(whatOf(clubhouse, hub, "sender")).toHaveLength(clubhouse.messages.length);
  });

  it("a follower knows the senders among its own users, and nobody else's", () => {
    for (const follower of ["b.example", "c.example"]) {
      const senders = whatOf(clubhouse, { parties: [follower] }, "sender");
      expect(senders.length).toBeGreaterThan(0);
      expect(senders.every((what) => what.endsWith(follower === "b.example" ? "bob" : "cathy"))).toBe(true);
    }
  });

  it("a follower of a room with hidden handshakes learns of no participant", () => {
    const salon = knowledgeIn("semiprivate-room");
    const told = whatOf(salon, { parties: ["b.example", "c.example"], network: true }, "participant");
    expect(told).toEqual([]);
    expect(whatOf(salon, { parties: ["a.example"] }, "participant").length).toBeGreaterThan(2);
  });

  it("clients of a room with pseudonyms know who is behind them", () => {
    const den = knowledgeIn("minimal-metadata");
    const told = whatOf(den, { parties: [party(den, "ClientB1")] }, "identity");
    expect(told).toContain(
      "mimi://a.example/p/3f0c1d52-8a0e-4b57-9c1a-5d2e7f604b81 is mimi://a.example/u/alice",
    );
  });

  it("a download through the hub is the client's affair for its provider, and the provider's for the hub", () => {
    const album = knowledgeIn("asset-download");
    const downloads = (provider: string) =>
      whatOf(album, { parties: [provider] }, "asset").filter((what) => what.includes("downloads"));
    expect(downloads("a.example").length).toBeGreaterThan(0);
    expect(downloads("a.example").some((what) => what.startsWith("ClientC"))).toBe(false);
  });

  it("a consent is known to who has given it, to both providers and to who has got it", () => {
    const known = knowledgeIn("consent-revoked");
    const revoked = known.facts.find(({ kind, what }) => kind === "consent" && what.includes("revoked"));
    if (revoked === undefined) throw new Error("nobody takes a consent back");
    const knowers = known.parties.filter((each) => known.since({ parties: [each] }, revoked) !== undefined);
    expect(knowers).toContain("b.example");
    expect(knowers).not.toContain("c.example");
  });
});

describe("between runs", () => {
  it("a run differs in nothing from itself", () => {
    const again = knowledgeIn("clubhouse");
    for (const each of clubhouse.parties) {
      const { only, lacking } = differenceBetween(clubhouse, again, { parties: [each] });
      expect([...only, ...lacking]).toEqual([]);
    }
  });

  it("a hub that tells followers who writes teaches them what they do not know otherwise", () => {
    const told = knowledgeIn("kick", "client-returns-with-old-keys");
    const kick = knowledgeIn("kick");
    const { only } = differenceBetween(told, kick, { parties: ["a.example"] });
    expect(only.map(({ what }) => what)).toContain(
      "ClientB1's extra message 1 comes from mimi://b.example/u/bob",
    );
  });

  it("who has left and who has come later know things that neither of them knows alone", () => {
    const two = { parties: [party(clubhouse, "ClientB1"), party(clubhouse, "ClientC3")], network: true };
    expect(onlyTogether(clubhouse, two).filter(({ kind }) => kind === "message")).toEqual([]);
    expect(whatOf(clubhouse, two, "message")).toHaveLength(clubhouse.messages.length);
  });
});
