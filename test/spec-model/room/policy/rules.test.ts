import { describe, expect, it } from "vitest";
import { capabilityRules, policyRules } from "../../../../spec-model/room/index.ts";
import { reservedCapabilities } from "../../../../spec-model/room/structures/index.ts";

describe("the rules that decisions name", () => {
  it("have a place in a draft and say what they demand", () => {
    for (const [id, { section, says }] of Object.entries(policyRules)) {
      expect(id).toMatch(/^([a-z]+(-[a-z]+)*|can[A-Z][A-Za-z]+)$/);
      expect(section).toMatch(/^(room-policy-04|protocol-06|arch-03|mls-extensions|RFC 9420) §\d+(\.\d+)*$/);
      expect(says).not.toBe("");
      expect(says).not.toMatch(/\.$/);
    }
  });

  it("say the same of nothing twice", () => {
    const sentences = Object.values(policyRules).map(({ says }) => says);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it("call exactly those capabilities reserved that the registry does", () => {
    const called = Object.entries(capabilityRules).filter(([, { says }]) => says.startsWith("reserved"));
    expect(called.map(([name]) => name).sort()).toEqual([...reservedCapabilities].sort());
  });
});
