/** Every rule finds what it is for, at its line, in all forms it can occur in, and nothing in the repaired draft. */
import { describe, expect, it } from "vitest";
import { checkDrafts, ruleIds, rules } from "../../../spec-model/drafts/index.ts";
import { draftOf, type FormName, forms, written } from "./forms.ts";
import { type RuleDraft, ruleDrafts } from "./rule-drafts.ts";

const cases = ruleDrafts.flatMap((each) =>
  (each.forms ?? forms).map((form): [string, FormName, RuleDraft] => [each.rule, form, each]),
);

function found(form: FormName, source: string, { flow }: RuleDraft) {
  const findings = checkDrafts([draftOf(form, source)], flow && { flowsOf: () => [flow] });
  return findings.map(({ rule, place }) => ({ rule, line: place.line }));
}

describe("the rules", () => {
  it.each(cases)("%s is found in %s", (rule, form, each) => {
    const { broken, at, draft } = each;
    const source = written(form, broken, draft);
    const escaped = form === "xml" ? at.replace(/`/g, "") : at.replace(/`/g, form === "text" ? "" : "`");
    const line = source.split("\n").findIndex((text) => text.includes(escaped)) + 1;
    expect(line).toBeGreaterThan(0);
    expect(found(form, source, each)).toEqual([{ rule, line }]);
  });

  it.each(cases)("%s is not found in the repaired draft in %s", (_, form, each) => {
    expect(found(form, written(form, each.fixed, each.draft), each)).toEqual([]);
  });

  it("have a draft each that breaks them, and one that does not", () => {
    const own = new Set(ruleDrafts.map(({ rule }) => rule));
    expect(ruleIds.filter((id) => !own.has(id))).toEqual([]);
  });

  it.each(ruleIds)("%s is documented", (id) => {
    const { what, why, fix, example } = rules[id];
    expect(what).toMatch(/^[a-zA-Z].{10,}/);
    expect(why).toMatch(/\.$/);
    expect(fix.length).toBeGreaterThan(5);
    expect(example.length).toBeGreaterThan(5);
  });
});
