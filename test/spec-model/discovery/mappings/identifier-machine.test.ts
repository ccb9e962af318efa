/** One identifier at a discovery provider: rows DP1 and DP4 of the transition tables. user-discovery R1, R9, R10 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type IdentifierEvent, identifierMachine } from "../../../../spec-model/discovery/mappings/index.ts";
import { stateName } from "../../../../spec-model/machine.ts";
import { counting } from "../../../machine-coverage.ts";

const machine = counting(identifierMachine);
const authorise = (
  reference: string,
  overrides: { assigned?: number; authorised?: number; holder?: string; isGenuine?: boolean } = {},
): IdentifierEvent => {
  const { isGenuine = true, ...mapping } = overrides;
  return {
    type: "authorise",
    isGenuine,
    mapping: { reference, holder: "bob", assigned: 100, authorised: 200, ...mapping },
  };
};
const remove = (author: "holder" | "issuer", until: number, isGenuine = true): IdentifierEvent => ({
  type: "remove",
  author,
  until,
  isGenuine,
});

function having(...events: readonly IdentifierEvent[]) {
  const { snapshot, effects } = machine.run(events, { identifier: "+12125551212" });
  return {
    state: stateName(snapshot),
    said: effects.map(({ type, reason }) => (reason === undefined ? type : `${type} ${reason}`)),
    mappings: snapshot.context.mappings.map(({ reference }) => reference),
  };
}

describe("an identifier at a discovery provider", () => {
  it("DP1: is mapped by a genuine mapping, and by as many as its holder authorises", () => {
    expect(having(authorise("1"))).toEqual({ state: "mapped", said: ["accept"], mappings: ["1"] });
    expect(having(authorise("1"), authorise("2"), authorise("1")).mappings).toEqual(["2", "1"]);
  });

  it("R1: is not mapped by what its holder has not signed", () => {
    const forged = authorise("2", { isGenuine: false });
    expect(having(forged)).toEqual({ state: "unmapped", said: ["refuse notGenuine"], mappings: [] });
    expect(having(authorise("1"), forged)).toMatchObject({ said: ["refuse notGenuine"], mappings: ["1"] });
  });

  it("DP4: is not mapped any more once its holder says so", () => {
    expect(having(authorise("1"), remove("holder", 200))).toEqual({
      state: "unmapped",
      said: ["accept"],
      mappings: [],
    });
    expect(
      having(authorise("1"), authorise("2", { authorised: 300 }), remove("holder", 250)).mappings,
    ).toEqual(["2"]);
  });

  it("R9: what was removed cannot be brought back by whoever has kept it", () => {
    const again = having(authorise("1"), remove("holder", 200), authorise("1"));
    expect(again).toEqual({ state: "unmapped", said: ["refuse removed"], mappings: [] });
    expect(having(authorise("1"), remove("holder", 200), authorise("2", { authorised: 201 })).state).toBe(
      "mapped",
    );
    expect(having(remove("holder", 200), authorise("1")).said).toEqual(["refuse removed"]);
    expect(having(authorise("2", { authorised: 300 }), remove("holder", 250), authorise("1")).said).toEqual([
      "refuse removed",
    ]);
  });

  it("R10: is not unmapped by anybody else's word", () => {
    const forged = remove("holder", 200, false);
    expect(having(authorise("1"), forged)).toMatchObject({ said: ["refuse notGenuine"], mappings: ["1"] });
    expect(having(forged).said).toEqual(["refuse notGenuine"]);
  });

  it("R10: loses a former holder's mappings when its issuer says that it is somebody else's", () => {
    const gone = [authorise("1"), remove("issuer", 500)];
    expect(having(...gone).state).toBe("unmapped");
    expect(having(...gone, authorise("1", { authorised: 600 })).said).toEqual(["refuse formerHolder"]);
    const heir = authorise("2", { holder: "zoe", assigned: 500, authorised: 600 });
    expect(having(...gone, heir)).toMatchObject({ state: "mapped", mappings: ["2"] });
    expect(having(...gone, heir, remove("issuer", 500)).mappings).toEqual(["2"]);
  });

  it("is its new holder's alone from the new holder's first mapping on, even where the issuer says nothing", () => {
    const heir = authorise("2", { holder: "zoe", assigned: 500, authorised: 600 });
    expect(having(authorise("1"), heir).mappings).toEqual(["2"]);
    expect(having(authorise("1"), heir, authorise("3", { authorised: 700 }))).toMatchObject({
      said: ["refuse formerHolder"],
      mappings: ["2"],
    });
  });

  it("I52: never answers with a mapping that was removed or is a former holder's (any sequence)", () => {
    const time = fc.integer({ min: 1, max: 6 });
    const event = fc.oneof(
      fc
        .record({ reference: fc.constantFrom("1", "2", "3"), assigned: time, authorised: time })
        .map(({ reference, ...when }) => authorise(`${reference} ${when.assigned} ${when.authorised}`, when)),
      fc
        .tuple(fc.constantFrom("holder" as const, "issuer" as const), time)
        .map(([by, until]) => remove(by, until)),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const { context } = machine.run(events, { identifier: "x" }).snapshot;
        const until = (author: "holder" | "issuer") =>
          Math.max(
            0,
            ...events.flatMap((e) => (e.type === "remove" && e.author === author ? [e.until] : [])),
          );
        for (const { assigned, authorised } of context.mappings) {
          expect(authorised).toBeGreaterThan(until("holder"));
          expect(assigned).toBeGreaterThanOrEqual(until("issuer"));
        }
        expect(new Set(context.mappings.map(({ assigned }) => assigned)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("has been in every state and taken every branch", () => {
    expect(machine.unvisited()).toEqual([]);
    expect(machine.untaken()).toEqual([]);
  });
});
