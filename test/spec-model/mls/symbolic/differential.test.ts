import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realMls } from "../../../../spec-model/mls/layer.ts";
import { symbolicMls } from "../../../../spec-model/mls/symbolic/index.ts";
import { perform, type Step, step } from "./play.ts";

const open = "mls_public_message";
const half = "mls_semiprivate_message";

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
  "members branch a subgroup off": [
    { do: "say", by: 1, text: "before", padding: 0 },
    { do: "branch", by: 1, count: 2 },
    { do: "refresh", by: 0, format: open, rename: false },
    { do: "branch", by: 0, count: 3 },
    { do: "catchUp" },
    { do: "branch", by: 2, count: 1 },
  ],
  "a ReInit closes the group, and a successor takes its place": [
    { do: "succeed", by: 0, count: 3 },
    { do: "reInit", by: 0 },
    { do: "succeed", by: 0, count: 3 },
    { do: "say", by: 0, text: "too late", padding: 0 },
    { do: "catchUp" },
    { do: "succeed", by: 1, count: 1 },
    { do: "succeed", by: 1, count: 3 },
    { do: "refresh", by: 2, format: open, rename: false },
  ],
  "handshakes travel as SemiPrivateMessages, which the hub receives": [
    { do: "proposeUpdate", by: 0, format: half },
    { do: "proposeChange", by: 1, component: 0x8002, format: half },
    { do: "deliver", to: 2, which: 1, disagrees: false, again: true },
    { do: "deliverAll", to: 2 },
    { do: "deliverAll", to: 1 },
    { do: "commitPending", by: 2, path: true, format: half },
    { do: "catchUp" },
    { do: "add", by: 1, count: 2, path: true, format: half },
    { do: "remove", by: 0, leaf: 1, format: half },
    { do: "catchUp" },
    { do: "refresh", by: 2, format: half, rename: false },
    { do: "catchUp" },
  ],
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, octet): [string, Step[]] => [
      `a SemiPrivateMessage is tampered with (${octet})`,
      [
        { do: "refresh", by: 0, format: half, rename: false },
        { do: "tamper", to: 1, which: 0, octet },
      ],
    ]),
  ),
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

/** What the random sequences have to contain, as the facts say it of somebody who receives it. */
const happenings: Record<string, RegExp> = {
  "a member is added": /commit: .*"added":\["/,
  "a member is removed": /commit: .*"removed":\["\d+ c\d+ false/,
  "a member updates": /commit: .*"updated":\["/,
  "a member leaves": /commit: .*"removed":\[[^\]]*"\d+ c\d+ true/,
  "a client joins externally": /commit: .*"external":true/,
  "a list changes": /commit: .*"changedComponents":\[\d/,
  "a PSK is used": /commit: .*"psks":\["/,
  "somebody is thrown out": /removed: /,
  "a message is lost": /receives: refused, unknownProposal/,
  "a commit comes before its predecessor": /receives: refused, wrongEpoch/,
  "a message comes twice": /receives: refused, generationUsed/,
  "a message comes out of order": /reads .* generation [1-9]/,
  "the hub opens a SemiPrivateMessage that was tampered with": /the hub opens: refused/,
};

describe("the symbolic layer beside the real one", () => {
  it.each(Object.entries(examples))("gives the same facts where %s", (_says, steps) => {
    expect(perform(symbolicMls, steps)).toEqual(perform(realMls, steps));
  });

  it("gives the same facts and refusals for any sequence of operations, lost, late and tampered messages", () => {
    const refusals = new Set<string>();
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const facts = perform(realMls, steps);
        expect(perform(symbolicMls, steps)).toEqual(facts);
        for (const fact of facts) {
          refusals.add(/refused, (\w+)/.exec(fact)?.[1] ?? "none");
          for (const [kind, pattern] of Object.entries(happenings)) if (pattern.test(fact)) seen.add(kind);
        }
      }),
      { numRuns: 300, seed: 9420, endOnFailure: false },
    );
    // The property says nothing unless much happens, and many rules are broken, on the way.
    expect(refusals.size).toBeGreaterThan(15);
    const said = [...seen].filter((kind) => Object.keys(happenings).includes(kind)).sort();
    expect(said).toEqual(Object.keys(happenings).sort());
  });

  it("gives the same facts of a group that is reinitialised after anything", () => {
    const end: Step[] = [
      { do: "reInit", by: 0 },
      { do: "succeed", by: 0, count: 9 },
      { do: "catchUp" },
      { do: "succeed", by: 1, count: 9 },
    ];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        expect(perform(symbolicMls, [...steps, ...end])).toEqual(perform(realMls, [...steps, ...end]));
      }),
      { numRuns: 40, seed: 9420, endOnFailure: false },
    );
  });

  it.each(["members branch a subgroup off", "a ReInit closes the group, and a successor takes its place"])(
    "lets somebody join where %s, and nobody who does not know the old group",
    (example) => {
      const facts = perform(symbolicMls, examples[example] ?? []);
      expect(facts.some((fact) => fact.startsWith("a newcomer in epoch 1:"))).toBe(true);
      expect(facts).toContain("joins the successor: refused, unknownPsk");
    },
  );

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
