import { describe, expect, it } from "vitest";
import { found, judgedExpected } from "../../../simulator/answers/expected/content-judged.ts";
import { mlsAttempts } from "../../../simulator/answers/expected/mls.ts";
import { refusedBy } from "../../../simulator/answers/expected/policy.ts";
import {
  answerDefects,
  expectations,
  facultiesWith,
  honest,
  unmetBy,
} from "../../../simulator/answers/index.ts";
import { defects, variants } from "../../../simulator/variants/index.ts";
import type { RuleId } from "../../../spec-model/content/index.ts";
import { requirements } from "../../../spec-model/requirements/index.ts";
import { policyRules } from "../../../spec-model/room/index.ts";

describe("what is expected of answers", () => {
  it("is what the model answers", () => {
    const unmet = expectations.filter(({ holds }) => !holds(honest)).map(({ id }) => id);
    expect(unmet).toEqual([]);
  });

  it("has ids of its own, sentences and places", () => {
    expect(new Set(expectations.map(({ id }) => id)).size).toBe(expectations.length);
    for (const { id, says, draft } of expectations) {
      expect(id).toMatch(/^A-/);
      expect(says).not.toBe("");
      expect(draft).toMatch(/§\d/);
    }
  });

  it("has for every rule of a room's policy something that the model refuses by this rule", () => {
    const by = Object.entries(refusedBy).map(([rule, asked]) => {
      const decision = asked(honest.policy);
      return [rule, decision.allowed ? "allowed" : decision.rule];
    });
    expect(by.filter(([rule, refusing]) => rule !== refusing)).toEqual([]);
    expect(Object.keys(refusedBy).toSorted()).toEqual(Object.keys(policyRules).toSorted());
  });

  it("has messages of which each breaks one rule of what is kept", () => {
    for (const { id } of judgedExpected) {
      const rule = id.slice("A-content-".length) as RuleId;
      expect(found(rule)).toEqual([rule]);
    }
  });

  it("has attempts that the MLS layer refuses each by its rule", () => {
    for (const [code, act] of Object.entries(mlsAttempts)) expect(honest.mlsRefusal(act)).toBe(code);
  });
});

describe("an implementation with a mistake in an answer", () => {
  it.each(answerDefects)("is told from the model: $id", ({ mistaken }) => {
    expect(unmetBy(mistaken(honest))).toBeDefined();
  });

  it("gets little else wrong: most are told by three answers at most", () => {
    const wrong = answerDefects.map(({ id, mistaken }) => {
      const faculties = mistaken(honest);
      return [id, expectations.filter(({ holds }) => !holds(faculties)).length] as const;
    });
    expect(wrong.filter(([, count]) => count > 3).length).toBeLessThan(wrong.length / 10);
  });

  it("has an id that no variant has, and breaks requirements that there are", () => {
    const ids = [...variants, ...answerDefects].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(requirements.map(({ id }) => id));
    expect(answerDefects.flatMap(({ breaks }) => breaks).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe("a variant's faculties", () => {
  it("are the model's where nothing is changed", () => {
    expect(unmetBy(facultiesWith({}))).toBeUndefined();
  });

  it("lack the rule that the variant lacks, and no other", () => {
    const lacking = defects.flatMap(({ alteration: { lacksRule } }) =>
      lacksRule !== undefined && lacksRule in policyRules ? [lacksRule] : [],
    );
    for (const rule of lacking.filter((_, i) => i % 10 === 0)) {
      const { policy } = facultiesWith({ lacksRule: rule });
      const passed = Object.entries(refusedBy).filter(([, asked]) => asked(policy).allowed);
      expect(passed.map(([name]) => name)).toEqual([rule]);
    }
  });
});
