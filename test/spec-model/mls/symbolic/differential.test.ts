import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realMls } from "../../../../spec-model/mls/layer.ts";
import { symbolicMls } from "../../../../spec-model/mls/symbolic/index.ts";
import { perform, type Step, step } from "./play.ts";

const open = "mls_public_message";

/** Sequences that chance rarely makes. A sequence that once showed a difference belongs here, too. */
const examples: Record<string, Step[]> = {
  "a member makes something else of a commit with a path": [
    { do: "deliverAll", to: 1 },
    { do: "proposeUpdate", by: 0, format: open },
    { do: "catchUp" },
    { do: "proposeChange", by: 0, component: 0x8002, format: open },
    { do: "catchUp" },
    { do: "commitPending", by: 1, path: true, format: open },
    { do: "deliver", to: 2, which: 0, disagrees: true, again: false },
    { do: "catchUp" },
  ],
  "a member makes something else of a commit without a path": [
    { do: "change", by: 0, component: 0x8001, remove: false, times: 1 },
    { do: "deliver", to: 1, which: 0, disagrees: true, again: false },
    { do: "catchUp" },
  ],
  "messages of one epoch come in another order, and one twice": [
    { do: "say", by: 0, text: "one", padding: 0 },
    { do: "say", by: 0, text: "two", padding: 0 },
    { do: "say", by: 0, text: "three", padding: 2 },
    { do: "deliver", to: 1, which: 2, disagrees: false, again: true },
    { do: "deliver", to: 1, which: 0, disagrees: false, again: true },
    { do: "catchUp" },
  ],
  "KeyPackages run out while a commit is on its way": [
    { do: "hubProposes", leaf: 0, add: true },
    { do: "catchUp" },
    { do: "commitPending", by: 1, path: false, format: open },
    { do: "wait" },
    { do: "wait" },
    { do: "wait" },
    { do: "catchUp" },
    { do: "add", by: 0, count: 1, path: true, format: open },
  ],
  "a client takes its old leaf's place while another leaves": [
    { do: "selfRemove", by: 1 },
    { do: "catchUp" },
    { do: "join", resync: 2, withLeaves: true },
    { do: "catchUp" },
    { do: "join", resync: undefined, withLeaves: false },
    { do: "catchUp" },
    { do: "say", by: 2, text: "here", padding: 0 },
    { do: "catchUp" },
  ],
  "a group shrinks by half and grows again": [
    { do: "add", by: 0, count: 3, path: false, format: open },
    { do: "catchUp" },
    { do: "remove", by: 0, leaf: 5, format: open },
    { do: "catchUp" },
    { do: "remove", by: 0, leaf: 4, format: open },
    { do: "catchUp" },
    { do: "remove", by: 0, leaf: 1, format: open },
    { do: "catchUp" },
    { do: "add", by: 0, count: 2, path: true, format: open },
    { do: "catchUp" },
  ],
};

describe("the symbolic layer beside the real one", () => {
  it.each(Object.entries(examples))("gives the same facts where %s", (_says, steps) => {
    expect(perform(symbolicMls, steps)).toEqual(perform(realMls, steps));
  });

  it("gives the same facts and refusals for any sequence of operations, lost, late and tampered messages", () => {
    const refusals = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const facts = perform(realMls, steps);
        expect(perform(symbolicMls, steps)).toEqual(facts);
        for (const fact of facts) refusals.add(/refused, (\w+)/.exec(fact)?.[1] ?? "none");
      }),
      { numRuns: 200, seed: 9420, endOnFailure: false },
    );
    // The property says nothing unless many rules are broken on the way.
    expect(refusals.size).toBeGreaterThan(15);
  });

  it("refuses a commit that refers to a proposal this member has not received, whatever others have computed", () => {
    const facts = perform(symbolicMls, [
      { do: "proposeChange", by: 0, component: 0x8002, format: open },
      { do: "deliverAll", to: 1 },
      { do: "commitPending", by: 1, path: false, format: open },
      { do: "deliver", to: 2, which: 1, disagrees: false, again: false },
    ]);
    expect(facts).toContain("c3 receives: refused, unknownProposal");
  });

  it("refuses what it makes of a commit differently, with the real layer's codes", () => {
    const refusals = (steps: Step[]) =>
      perform(symbolicMls, steps).filter((fact) => fact.includes("refused"));
    const [withPath = [], withoutPath = []] = Object.values(examples);
    expect(refusals(withPath)).toContain("c3 receives: refused, pathDecryption");
    expect(refusals(withoutPath)).toContain("c2 receives: refused, confirmationTag");
  });
});
