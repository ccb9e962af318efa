import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realMls } from "../../../../spec-model/mls/layer.ts";
import { symbolicMls } from "../../../../spec-model/mls/symbolic/index.ts";
import { perform, step } from "./play.ts";

describe("the symbolic layer beside the real one", () => {
  it("gives the same facts and refusals for any sequence of operations, lost, late and tampered messages", () => {
    const refusals = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const facts = perform(realMls, steps);
        expect(perform(symbolicMls, steps)).toEqual(facts);
        for (const fact of facts) {
          const code = /refused, (\w+)/.exec(fact)?.[1];
          if (code !== undefined) refusals.set(code, (refusals.get(code) ?? 0) + 1);
        }
      }),
      { numRuns: Number(process.env["RUNS"] ?? 40), seed: Number(process.env["SEED"] ?? 9420) },
    );
    console.log(
      [...refusals]
        .sort((a, b) => b[1] - a[1])
        .map((e) => e.join(" "))
        .join(", "),
    );
  });
});
