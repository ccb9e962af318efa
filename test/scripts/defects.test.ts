import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mutantsFound, readCaught } from "../../scripts/defects.ts";
import { defectsAsMarkdown } from "../../scripts/defects-page.ts";
import { caughtBy, createBaseline, drillNamed } from "../../simulator/search/catching/index.ts";
import { defects } from "../../simulator/variants/index.ts";

const caught = readCaught();
/** Every fifth, so that it takes seconds: `npm run defects` tries all. */
const some = defects.filter((_, i) => i % 5 === 0).filter(({ id }) => caught[id]);

describe("docs/defects.json", () => {
  it("says of every defect what catches it, or that nothing does", () => {
    expect(Object.keys(caught)).toEqual(defects.map(({ id }) => id));
  });

  const baseline = createBaseline();
  it.each(some)(
    "$id is still caught where it says",
    (defect) => {
      const where = caught[defect.id];
      const drill = drillNamed(where?.drill ?? "");
      if (drill === undefined || where === undefined || where === null)
        throw new Error(`no drill for ${defect.id}`);
      expect(caughtBy(defect, drill, where.seed, baseline)).toEqual(where);
    },
    30_000,
  );
});

describe("docs/defects.md", () => {
  it("is what the generator makes", () => {
    expect(readFileSync("docs/defects.md", "utf8")).toBe(defectsAsMarkdown(caught, mutantsFound()));
  });
});
