/** What dishonest members, followers and hubs come to, and what they cannot do: as each of them says of itself. */
import { describe, expect, it } from "vitest";
import { propertyById } from "../../../simulator/properties/index.ts";
import { chapter, type Scenario, scenario } from "../../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  b1,
  bob,
  c1,
  cathy,
  exampleRoom,
  gathering,
  roles,
  serverA,
  serverB,
  serverC,
} from "../../../simulator/scenarios/index.ts";
import { search } from "../../../simulator/search/index.ts";
import {
  type Adversary,
  type Assumption,
  adversaries,
  assumptions,
} from "../../../simulator/variants/index.ts";
import { a2, club, dishonestRoom, outcomeOf, outcomeUnder } from "./dishonest-room.ts";

/** Bob's client, Bob's provider, the hub; whoever acts together is everybody. */
function dishonest({ id, party }: Adversary): string {
  const at: Partial<Record<Adversary["party"], string>> = {
    client: b1.setting.client,
    follower: serverB.setting.domain,
    hub: serverA.setting.domain,
  };
  return at[party] === undefined ? id : `${id}@${at[party]}`;
}

/** What does not hold in that room; nothing of the kind where an adversary is not named. */
const reached: Readonly<Record<string, readonly string[]>> = {
  "follower-re-pairs-franks": ["I34", "I35", "I37", "L01"],
  "follower-takes-franks-off": ["I35", "L01"],
  "follower-breaks-update": ["I12", "I35", "L01", "L08"],
  "follower-names-a-neighbour": ["I35", "L01"],
  "follower-withholds-messages": ["I32", "I35", "L01"],
  "follower-tampers": ["I35", "L01", "L08"],
  "follower-holds-back": ["I26", "I32", "I35", "L01", "L08"],
  "hub-equivocates": ["I35", "L01"],
  "hub-withholds-from-one": ["L01", "L07", "L08"],
  "hub-reorders": ["I30", "I31", "I35", "L01"],
  "hub-forks": ["I35", "L01", "L08"],
  "hub-forges-times": ["I33"],
  "client-confirms-wrongly": ["I12", "I35", "L01", "L08"],
  "client-shuts-members-out": ["I12", "I35", "L01", "L08"],
  "client-garbles-welcome": ["L01", "L08"],
  "client-swaps-welcomes": ["L01", "L08"],
  "client-welcomes-elsewhere": ["L01", "L08"],
  "client-locks-the-door": ["I12", "L08"],
  "client-reuses-generations": ["I35", "L01"],
  "client-sends-unfranked": ["I39"],
  "client-borrows-tags": ["I35", "I37", "L01"],
  "client-writes-anothers-name": ["I35", "I37", "L01"],
  "client-copies-messages": ["L01"],
  "client-signs-with-stolen-key": ["I35", "I37", "L01"],
  "providers-hand-welcomes-around": ["I24", "I35", "I53", "L01"],
};

/** Alice leaves, and nobody but Bob could commit it. */
const leftAlone: Scenario = scenario(
  "left-alone",
  "Alice leaves Bob alone, who renames the room and commits",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.superAdmin },
  ),
  chapter("Alice leaves", "protocol-06 §3.5", a1.leaves(club), b1.commits(club)),
);

/** Cathy tries what an ordinary user may not. */
const trespassing: Scenario = scenario(
  "trespassing",
  "Cathy, an ordinary user, promotes herself and bans Bob",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.admin },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Cathy removes Bob", "room-policy-04 §8.1.2", c1.removes(bob, club), c1.writes(club, "Mine.")),
);

describe("what the drafts count on", () => {
  const all = Object.entries(assumptions as Readonly<Record<string, Assumption>>);

  it.each(all)("%s carries properties that there are, each with a reason", (_, { carries, says, draft }) => {
    expect([says, draft].every((text) => text.length > 0)).toBe(true);
    for (const [id, reason] of Object.entries(carries)) {
      expect(propertyById.has(id), id).toBe(true);
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  it.each(all)(
    "%s carries what assumes the party's honesty, and names what does so beyond that",
    (_, each) => {
      for (const party of each.of) {
        const assuming = (id: string) => propertyById.get(id)?.assumes.includes(party) === true;
        const others = Object.keys(each.carries).filter((id) => !each.of.some((one) => assumes(id, one)));
        const named = Object.keys(each.beyond?.[party] ?? {});
        expect(named.filter(assuming)).toEqual([]);
        expect(others.filter((id) => !named.includes(id))).toEqual([]);
      }
    },
  );

  it.each(adversaries.map((each) => [each.id, each] as const))(
    "%s violates only what is about its own part, and breaks what rests on that",
    (_, { party, violates, breaks }) => {
      const own = ["client", "follower", "hub"].includes(party) ? [party] : ["client", "follower", "hub"];
      for (const id of violates) {
        const assumption = all.find(([name]) => name === id)?.[1];
        expect(assumption?.of.some((each) => own.includes(each))).toBe(true);
      }
      const resting = all
        .filter(([id]) => violates.includes(id))
        .flatMap(([, { carries }]) => Object.keys(carries));
      expect(breaks).toEqual([...new Set(resting)].toSorted());
    },
  );

  it.each(all)("there is somebody who violates that %s", (id) => {
    expect(adversaries.some(({ violates }) => violates.includes(id))).toBe(true);
  });

  it.each(adversaries.filter(({ breaks }) => breaks.length > 0).map((each) => [each.id, each] as const))(
    "%s breaks something that it can, in one of three rooms, and in none of them anything else",
    (_, adversary) => {
      const part = dishonest(adversary);
      const broken = [dishonestRoom, trespassing].flatMap(
        (story) => outcomeOf(story, "symbolic", part).broken,
      );
      // A clock that is a little wrong: it harms nobody, and its end is when everything has to have come right.
      broken.push(...outcomeUnder(["skew(a.example, 1ms)"], leftAlone, "symbolic", part).broken);
      expect(broken.length).toBeGreaterThan(0);
      expect(broken.filter((each) => !adversary.breaks.includes(each))).toEqual([]);
    },
  );
});

function assumes(id: string, party: "hub" | "follower" | "client"): boolean {
  return propertyById.get(id)?.assumes.includes(party) === true;
}

describe("adversaries", () => {
  it("are none in the rooms without them", () => {
    expect(outcomeUnder(["skew(a.example, 1ms)"], leftAlone, "symbolic").broken).toEqual([]);
    expect(outcomeOf(trespassing, "symbolic").broken).toEqual([]);
    expect(outcomeOf(dishonestRoom, "symbolic").broken).toEqual([]);
  });

  it.each(adversaries.map((each) => [each.id, each] as const))(
    "%s breaks what it says that it can, and nothing else",
    (id, adversary) => {
      const { broken } = outcomeOf(dishonestRoom, "symbolic", dishonest(adversary));
      expect(broken).toEqual(reached[id] ?? []);
      expect(broken.filter((each) => !adversary.breaks.includes(each))).toEqual([]);
    },
  );

  it("come to the same on real MLS as on its symbolic twin", () => {
    const texts = adversaries.filter(({ id }) => /confirms|shuts|elsewhere|locks|reuses/.test(id));
    for (const each of texts) {
      const [real, symbolic] = (["real", "symbolic"] as const).map((mls) =>
        outcomeOf(dishonestRoom, mls, dishonest(each)),
      );
      expect(real?.noticed, each.id).toEqual(symbolic?.noticed);
      expect(real?.broken, each.id).toEqual(symbolic?.broken);
      expect(real?.shown, each.id).toEqual(symbolic?.shown);
    }
  });

  it("break in random rooms what they say, and nothing else", () => {
    const { counterexample } = search({ runs: 150, seed: 11, variants: [], properties: [], adversaries });
    expect(counterexample?.violation).toBeUndefined();
  }, 60_000);
});

describe("what is refused to a dishonest member", () => {
  it.each([
    ["client-promotes-itself", "canChangeOwnRole"],
    ["client-leaves-proposals-out", "leaves out a pending proposal"],
    ["client-withholds-welcome", "Welcome and Adds differ"],
    ["client-welcomes-strangers", "Welcome and Adds differ"],
    ["client-gives-old-group-info", "not of the epoch that the commit begins"],
    ["client-describes-another-tree", "not of the epoch that the commit begins"],
    ["client-sends-old-tree", "ratchet tree is not that of the commit's epoch"],
    ["client-signs-group-info-wrongly", "GroupInfo's signature is wrong"],
  ])("the hub refuses the commit of %s: %s", (id, reason) => {
    const { refused } = outcomeOf(dishonestRoom, "symbolic", `${id}@${b1.setting.client}`);
    expect(refused.some((text) => text.includes(reason))).toBe(true);
  });

  it.each([
    ["client-confirms-wrongly", "confirmationTag"],
    ["client-shuts-members-out", "pathDecryption"],
    ["client-garbles-welcome", "groupSecretsDecryption"],
    ["client-welcomes-elsewhere", "groupInfoSignature"],
    ["client-locks-the-door", "confirmationTag"],
    ["client-reuses-generations", "generationUsed"],
    ["client-sends-unfranked", "frankPresent"],
    ["client-borrows-tags", "frankingTag"],
    ["client-writes-anothers-name", "senderIsSender"],
    ["client-copies-messages", "generationUsed"],
  ])("the hub cannot fault what %s sends, and members do: %s", (id, code) => {
    const { noticed, refused } = outcomeOf(dishonestRoom, "real", `${id}@${b1.setting.client}`);
    expect(noticed).toContain(code);
    expect(refused.filter((text) => /invalidProposal|notAllowed/.test(text))).toEqual([]);
  });

  it("a joiner, too, can shut members out by its external commit", () => {
    const joiner = a2.setting.client;
    for (const mls of ["real", "symbolic"] as const) {
      const { broken, noticed } = outcomeOf(dishonestRoom, mls, `client-shuts-members-out@${joiner}`);
      expect(noticed).toContain("pathDecryption");
      expect(broken).toContain("L08");
    }
  });

  it.each([["client-replays-handshakes"], ["client-replays-messages"]])(
    "%s changes nothing of what is shown",
    (id) => {
      const { shown } = outcomeOf(dishonestRoom, "symbolic", `${id}@${b1.setting.client}`);
      expect(shown.toSorted()).toEqual(outcomeOf(dishonestRoom, "symbolic").shown.toSorted());
    },
  );

  it("words copied in another's name are shown once, as their author's", () => {
    const honest = outcomeOf(dishonestRoom, "symbolic").shown.toSorted();
    const { shown } = outcomeOf(dishonestRoom, "symbolic", `client-copies-messages@${b1.setting.client}`);
    expect(shown.toSorted()).toEqual(honest);
  });
});
