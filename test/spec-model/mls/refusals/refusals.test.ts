import { describe, expect, it } from "vitest";
import { MlsError, mlsRules } from "../../../../spec-model/mls/index.ts";
import { framingCases } from "./framing.ts";
import { introductionCases } from "./introductions.ts";
import { leafCases } from "./leaves.ts";
import { proposalCases } from "./proposals.ts";
import type { Case } from "./room.ts";
import { safeInterfaceCases } from "./safe-interface.ts";
import { treeCases } from "./trees-and-paths.ts";

const families: Record<string, Case[]> = {
  framing: framingCases,
  proposals: proposalCases,
  "leaves and KeyPackages": leafCases,
  "trees and paths": treeCases,
  introductions: introductionCases,
  "the safe application interface": safeInterfaceCases,
};

for (const [family, cases] of Object.entries(families)) {
  describe(`the MLS layer's rules of ${family}`, () => {
    it.each(cases)("refuse $says ($code)", ({ code, act }) => {
      let refusal: unknown;
      try {
        act();
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(MlsError);
      expect(refusal).toMatchObject({ code, where: mlsRules[code][0] });
    });
  });
}

describe("the list of rules", () => {
  it("has a case for every code", () => {
    const tested = new Set(Object.values(families).flatMap((cases) => cases.map(({ code }) => code)));
    const untested = Object.keys(mlsRules).filter((code) => !tested.has(code as Case["code"]));
    expect(untested).toEqual([]);
  });
});
