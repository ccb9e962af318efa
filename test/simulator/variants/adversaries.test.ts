/** What dishonest members, followers and hubs come to, and what they cannot do: as each of them says of itself. */
import { describe, expect, it } from "vitest";
import { propertyById } from "../../../simulator/properties/index.ts";
import { b1, serverA, serverB } from "../../../simulator/scenarios/index.ts";
import { search } from "../../../simulator/search/index.ts";
import { type Adversary, adversaries } from "../../../simulator/variants/index.ts";
import { dishonestRoom, outcomeOf } from "./dishonest-room.ts";

/** Bob's client, Bob's provider, the hub; whoever acts together is everybody. */
function dishonest({ id, party }: Adversary): string {
  const at: Partial<Record<Adversary["party"], string>> = {
    client: b1.setting.client,
    follower: serverB.setting.domain,
    hub: serverA.setting.domain,
  };
  return at[party] === undefined ? id : `${id}@${at[party]}`;
}

const harmful = adversaries.filter(({ breaks }) => breaks.length > 0);
const harmless = adversaries.filter(({ breaks }) => breaks.length === 0);

describe("adversaries", () => {
  it("break properties that there are", () => {
    const unknown = adversaries.flatMap(({ breaks }) => breaks).filter((id) => !propertyById.has(id));
    expect(unknown).toEqual([]);
  });

  it("are none in the room without them", () => {
    expect(outcomeOf(dishonestRoom, "symbolic").broken).toEqual([]);
  });

  it.each(harmful.map((each) => [each.id, each] as const))(
    "%s breaks something that it says, and nothing else",
    (_, adversary) => {
      const { broken } = outcomeOf(dishonestRoom, "symbolic", dishonest(adversary));
      expect(broken).not.toEqual([]);
      expect(broken.filter((id) => !adversary.breaks.includes(id))).toEqual([]);
    },
  );

  it.each(harmless.map((each) => [each.id, each] as const))("%s breaks nothing", (_, adversary) => {
    expect(outcomeOf(dishonestRoom, "symbolic", dishonest(adversary)).broken).toEqual([]);
  });

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
