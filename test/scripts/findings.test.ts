import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findings, withoutPage } from "../../scripts/findings/list.ts";
import { shownBy } from "../../scripts/findings/page.ts";
import { findingFiles } from "../../scripts/findings.ts";
import { readReplay } from "../../simulator/search/index.ts";

const files = [...findingFiles()];

describe("docs/findings", () => {
  it.each(files)("%s is what the generator makes", (path, text) => {
    expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(text);
  });

  it.each(findings)("$name is shown by its replay file", (finding) => {
    const { trial } = readReplay(readFileSync(`docs/findings/replays/${finding.name}.json`, "utf8"));
    expect(shownBy(finding, trial)).toEqual(shownBy(finding, finding.trial));
    expect(shownBy(finding, trial)).toBeDefined();
  });

  it("has each scenario of the list once, with a page or with the reason why not", () => {
    const all = [...findings.flatMap(({ scenario }) => scenario ?? []), ...withoutPage.map(([id]) => id)];
    expect(new Set(all).size).toBe(all.length);
  });
});
