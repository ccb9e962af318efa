import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allDefects, caughtWithoutRun, publishedCases, readCaught } from "../../scripts/defects-known.ts";
import { mutantsFound, notBorneOut } from "../../scripts/defects-mutants.ts";
import { coverage, defectsAsMarkdown } from "../../scripts/defects-page.ts";
import { notCaught, withoutDefect } from "../../scripts/defects-reasons.ts";
import { caughtBy, createBaseline, drillNamed } from "../../simulator/search/catching/index.ts";
import { defects } from "../../simulator/variants/index.ts";

const caught = readCaught();
const cases = publishedCases();
const found = mutantsFound(cases);
const withoutRun = new Set(["answers", "vectors"]);
/** Every fifth of those that a run catches, so that it takes seconds: `npm run defects` tries all. */
const inRuns = defects
  .filter(({ id }) => caught[id] != null && !withoutRun.has(caught[id].drill))
  .filter((_, i) => i % 5 === 0);
/** Playing flows takes a second each: of those every third. */
const answered = allDefects
  .filter(({ id }) => withoutRun.has(caught[id]?.drill ?? ""))
  .filter(({ id }, i) => caught[id]?.drill === "answers" || i % 3 === 0);

describe("docs/defects.json", () => {
  it("says of every defect what catches it, or that nothing does", () => {
    expect(Object.keys(caught)).toEqual(allDefects.map(({ id }) => id));
  });

  it("has everything caught within 1,000 seeds", () => {
    const late = Object.entries(caught).filter(([, by]) => (by?.seed ?? 0) > 1000);
    expect(late).toEqual([]);
  });

  const baseline = createBaseline();
  it.each(inRuns)(
    "$id is still caught where it says",
    (defect) => {
      const where = caught[defect.id];
      const drill = drillNamed(where?.drill ?? "");
      if (drill === undefined || where?.seed === undefined) throw new Error(`no drill for ${defect.id}`);
      expect(caughtBy(defect, drill, where.seed, baseline)).toEqual(where);
    },
    30_000,
  );

  it.each(answered)(
    "$id is still caught without a run",
    (defect) => {
      expect(caughtWithoutRun(defect, cases)).toEqual(caught[defect.id]);
    },
    30_000,
  );
});

describe("docs/defects.md", () => {
  it("is what the generator makes", () => {
    expect(readFileSync("docs/defects.md", "utf8")).toBe(defectsAsMarkdown(caught, found));
  });

  it("counts a requirement to a mutant only where a vector about it finds the mutant", () => {
    expect(notBorneOut(found)).toEqual([]);
  });

  it("has 300 requirements and more with a defect that is caught", () => {
    expect(coverage(caught, found).covered.length).toBeGreaterThanOrEqual(300);
  });

  it("gives reasons for what is not caught, and for nothing else", () => {
    for (const id of Object.keys(notCaught)) expect(caught[id]).toBeNull();
    const { testable, broken } = coverage(caught, found);
    const lacking = testable.filter((each) => !broken.includes(each)).map(({ id }) => id);
    for (const id of Object.keys(withoutDefect)) expect(lacking).toContain(id);
  });
});
