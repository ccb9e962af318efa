import { describe, expect, it } from "vitest";
import { MlsError, mlsRules } from "../../../../spec-model/mls/index.ts";
import { framingCases } from "./framing.ts";
import { introductionCases } from "./introductions.ts";
import { leafCases } from "./leaves.ts";
import { proposalCases } from "./proposals.ts";
import { demands } from "./required.ts";
import type { Case } from "./room.ts";
import { safeInterfaceCases } from "./safe-interface.ts";
import { treeCases } from "./trees-and-paths.ts";
import { joinsUnchanged, welcomeCases } from "./welcomes.ts";

const families: Record<string, Case[]> = {
  framing: framingCases,
  proposals: proposalCases,
  "leaves and KeyPackages": leafCases,
  "trees and paths": treeCases,
  introductions: introductionCases,
  Welcomes: welcomeCases,
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

describe("a Welcome that is opened and sealed again without a change", () => {
  it("is accepted", () => {
    expect(joinsUnchanged().state.leafIndex).toBe(3);
  });
});

const all = Object.values(families).flat();

describe("the list of rules", () => {
  it("has a case for every code", () => {
    const tested = new Set(all.map(({ code }) => code));
    expect(Object.keys(mlsRules).filter((code) => !tested.has(code as Case["code"]))).toEqual([]);
  });
});

describe("the list of what the drafts demand", () => {
  const names = all.map(({ code, says }) => `${code}: ${says}`);

  it.each(demands)("%s, %s: is shown by cases", (_where, _says, ...cases) => {
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) {
      const named = names.filter(
        (name) => name === one || name.startsWith(one.includes(":") ? one : `${one}:`),
      );
      expect(named, one).not.toEqual([]);
    }
  });
});
