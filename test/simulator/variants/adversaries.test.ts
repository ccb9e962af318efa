/** What dishonest members, followers and hubs come to, and what they cannot do: as each of them says of itself. */
import { describe, expect, it } from "vitest";
import { propertyById } from "../../../simulator/properties/index.ts";
import { b1, serverA, serverB } from "../../../simulator/scenarios/index.ts";
import { search } from "../../../simulator/search/index.ts";
import { type Adversary, adversaries } from "../../../simulator/variants/index.ts";
import { a2, dishonestRoom, outcomeOf } from "./dishonest-room.ts";

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

describe("adversaries", () => {
  it("break properties that there are", () => {
    const unknown = adversaries.flatMap(({ breaks }) => breaks).filter((id) => !propertyById.has(id));
    expect(unknown).toEqual([]);
  });

  it("are none in the room without them", () => {
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
