/** I43: a refusal tells a prober nothing it should not learn. Two worlds, one secret, the same octets. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKept, leaks, proberView, probes, secrets, worldOf } from "../../../simulator/twins/index.ts";

const [openly, hidden] = [
  secrets.filter(({ says }) => says.includes("can be searched")),
  secrets.filter(({ says }) => !says.includes("can be searched")),
];
const leaksOf = (found: ReturnType<typeof leaks>) =>
  Object.fromEntries(
    [...new Set(found.map(({ secret }) => secret))].map((secret) => [
      secret,
      found.filter((leak) => leak.secret === secret).map(({ probe }) => probe),
    ]),
  );

describe("uniform refusals, the default", () => {
  it("give away nothing but that a user who wants to be found is there", () => {
    expect(leaksOf(leaks())).toEqual({
      "whether the user is there, among those who can be searched": [
        "search by handle",
        "search by telephone number",
      ],
    });
  });

  it.each(hidden)("keep $says from any sequence of probes", (secret) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...probes), { maxLength: 6 }), (sequence) => {
        expect(isKept(secret, sequence, {})).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it("hold whatever else the policy says (any of the other choices)", () => {
    const policy = fc.record({
      precedence: fc.constantFrom("mostSpecific" as const, "latest" as const),
      claimReplay: fc.constantFrom("fresh" as const, "sameAnswer" as const),
      lastResort: fc.constantFrom("allowed" as const, "forbidden" as const),
      listsIncompatible: fc.boolean(),
      consentAt: fc.constantFrom("claim" as const, "claimAndWelcome" as const),
    });
    fc.assert(
      fc.property(policy, fc.constantFrom(...hidden), (choices, secret) => {
        expect(isKept(secret, probes, choices)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe("detailed refusals, the codes of the draft as they stand", () => {
  const found = leaksOf(leaks({ refusals: "detailed" }));
  const byConsent = ["request consent", "request consent for the room", "cancel the request"];

  it("give away whether a user exists, to a claim and to a consent request", () => {
    expect(found["whether the user exists"]).toEqual(["claim key material", ...byConsent]);
  });

  it("give away that a user was deleted, and consent for another room, to a claim", () => {
    expect(found["whether the user was deleted"]).toEqual(["claim key material", ...byConsent]);
    expect(found["whether there has been such a user"]).toEqual(["claim key material"]);
    expect(found["whether the user has let the prober into another room"]).toEqual(["claim key material"]);
  });

  it("still keep what consent hides: devices, key material, denials, earlier requests", () => {
    for (const secret of [
      "whether the user has key material",
      "how many devices the user has",
      "whether the user has denied the prober",
      "whether consent was revoked or never given",
      "whether the user was asked before",
    ]) {
      expect(found[secret], secret).toBeUndefined();
    }
  });
});

describe("telling revocations", () => {
  it("is told to the requester's provider when it happens: afterwards probes see the same", () => {
    expect(leaks({ tellsRevocations: true })).toEqual(leaks());
  });
});

describe("the comparison itself", () => {
  it("has a prober that is answered every time", () => {
    const [, user] = secrets[0]?.worlds ?? [[], []];
    expect(proberView(worldOf(user, {}), probes)).toHaveLength(probes.length);
  });

  it("notices what searching reveals: the worlds do differ", () => {
    expect(openly).toHaveLength(1);
    for (const secret of openly) expect(isKept(secret, probes, {})).toBe(false);
  });
});
