import { describe, expect, it } from "vitest";
import { drafts } from "../../../spec-model/drafts/revisions/index.ts";
import {
  actors,
  levels,
  notRequirements,
  requirements,
  requirementsByFingerprint,
} from "../../../spec-model/requirements/index.ts";

describe("every requirement", () => {
  it("has an identifier of its own: draft, section and a few words", () => {
    const ids = requirements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, draft, section } of requirements) {
      expect(id.startsWith(`${draft.replace(/-\d+$/, "")}-${section}-`), id).toBe(true);
      expect(id).toMatch(/^[a-z-]+-\d+(?:\.\d+)*(?:-[a-z0-9]+)+$/);
    }
  });

  it("is from a draft that is modelled, and every such draft has requirements", () => {
    const used = new Set(requirements.map(({ draft }) => draft));
    expect([...used].sort()).toEqual(drafts.map(({ short }) => short).sort());
  });

  it("binds somebody, at some level, in a sentence", () => {
    for (const requirement of requirements) {
      expect(requirement.actors.length, requirement.id).toBeGreaterThan(0);
      for (const actor of requirement.actors) expect(Object.keys(actors)).toContain(actor);
      expect(levels).toContain(requirement.level);
      expect(requirement.says, requirement.id).toMatch(/^(?:[A-Z]|can[A-Z]).*[.]$/);
    }
  });

  it("is found by the fingerprints of its sentences", () => {
    const byFingerprint = requirementsByFingerprint();
    for (const requirement of requirements) {
      for (const fingerprint of requirement.fingerprints) {
        expect(fingerprint, requirement.id).toMatch(/^[0-9a-f]{16}$/);
        expect(byFingerprint.get(fingerprint)).toContain(requirement);
      }
    }
  });

  it("names each of its sentences once", () => {
    for (const { id, fingerprints } of requirements) {
      expect(new Set(fingerprints).size, id).toBe(fingerprints.length);
    }
  });
});

describe("a sentence that is no requirement", () => {
  it("is not the sentence of one, either", () => {
    const byFingerprint = requirementsByFingerprint();
    for (const { fingerprint } of notRequirements) expect(byFingerprint.has(fingerprint)).toBe(false);
  });
});
