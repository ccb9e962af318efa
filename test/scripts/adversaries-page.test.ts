/** The page of adversaries is the one that the variants give. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adversariesAsMarkdown } from "../../scripts/adversaries-page.ts";
import { adversaries } from "../../simulator/variants/index.ts";

const page = readFileSync(new URL("../../docs/adversaries.md", import.meta.url), "utf8");

describe("docs/adversaries.md", () => {
  it("is what scripts/adversaries-page.ts makes", () => {
    expect(page).toBe(adversariesAsMarkdown());
  });

  it("has a row for every adversary", () => {
    const rows = page.split("\n").flatMap((line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? []);
    expect(rows.toSorted()).toEqual(adversaries.map(({ id }) => id).toSorted());
  });
});
