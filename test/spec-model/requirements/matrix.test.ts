import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Actor,
  actors,
  evidence,
  type Filter,
  levels,
  matrixAsHtml,
  matrixAsJson,
  matrixAsMarkdown,
  matrixOf,
  requirements,
  sumOf,
} from "../../../spec-model/requirements/index.ts";

const drafts = [...new Set(requirements.map(({ draft }) => draft))];
const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    draft: fc.constantFrom(...drafts),
    level: fc.constantFrom(...levels),
    actor: fc.constantFrom(...(Object.keys(actors) as Actor[])),
    gaps: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe("the matrix", () => {
  it("has every requirement once, under its draft", () => {
    const rows = matrixOf().flatMap(({ draft, rows }) => {
      for (const { requirement } of rows) expect(requirement.draft).toBe(draft);
      return rows;
    });
    expect(rows.map(({ requirement }) => requirement.id).sort()).toEqual(
      requirements.map(({ id }) => id).sort(),
    );
  });

  it("calls tested what a test is linked for, and open what nothing is", () => {
    for (const { rows } of matrixOf()) {
      for (const { requirement, status } of rows) {
        const links = evidence[requirement.id] ?? [];
        expect(status === "tested", requirement.id).toBe(links.some(({ kind }) => kind === "test"));
        if (status === "open") expect(links).toEqual([]);
        if (status === "untestable") expect(requirement.testable).toBe("none");
      }
    }
  });

  it("begins with the gaps", () => {
    const order = ["open", "implemented", "tested", "untestable"];
    for (const { rows } of matrixOf()) {
      const places = rows.map(({ status }) => order.indexOf(status));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });

  it("counts what is tested among what can be", () => {
    const { tested, testable, total } = sumOf(matrixOf().map(({ count }) => count));
    expect(total).toBe(requirements.length);
    expect(tested).toBeLessThanOrEqual(testable);
    expect(testable).toBeLessThanOrEqual(total);
    for (const { rows, count } of matrixOf()) {
      expect(rows.filter(({ status }) => status === "tested").length).toBe(count.tested);
      expect(rows.filter(({ status }) => status === "untestable").length).toBe(count.total - count.testable);
    }
  });

  it("shows under a filter what fits it and nothing else (any filter)", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const shown = matrixOf(filter).flatMap(({ rows }) => rows);
        const all = matrixOf().flatMap(({ rows }) => rows);
        const wanted = all.filter(
          ({ requirement, status }) =>
            (filter.draft === undefined || requirement.draft === filter.draft) &&
            (filter.level === undefined || requirement.level === filter.level) &&
            (filter.actor === undefined || requirement.actors.includes(filter.actor)) &&
            (!filter.gaps || status === "open" || status === "implemented"),
        );
        expect(shown).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });

  it("counts the same whether it shows gaps only or everything (any filter)", () => {
    const countsOf = (filter: Filter) => matrixOf(filter).map(({ draft, count }) => ({ draft, count }));
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(countsOf({ ...filter, gaps: true })).toEqual(countsOf({ ...filter, gaps: false }));
      }),
      { numRuns: 50 },
    );
  });

  it("knows a draft without its revision, too", () => {
    expect(matrixOf({ draft: "protocol" })).toEqual(matrixOf({ draft: "protocol-06" }));
  });
});

describe("the exported matrix", () => {
  it("is JSON with every row, its status and its evidence", () => {
    const { count, drafts: shown } = JSON.parse(matrixAsJson(matrixOf()));
    expect(count).toEqual(sumOf(matrixOf().map((each) => each.count)));
    const rows = shown.flatMap((draft: { requirements: unknown[] }) => draft.requirements);
    expect(rows).toHaveLength(requirements.length);
    expect(rows[0]).toMatchObject({ id: expect.any(String), status: expect.any(String) });
  });

  it("is Markdown with a table row for each requirement, of as many cells as its head", () => {
    const lines = matrixAsMarkdown(matrixOf()).split("\n");
    const rows = lines.filter((line) => line.startsWith("| ") && line.includes("<br>`"));
    expect(rows).toHaveLength(requirements.length);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  });

  it("is one page that asks for nothing from elsewhere", () => {
    const page = matrixAsHtml(matrixOf());
    expect(page).not.toMatch(/(?:src|href)="(?!#)|@import|url\(|fetch\(/);
    for (const { id } of requirements) expect(page).toContain(`<article id="${id}"`);
  });

  it("is a page in which all text is text", () => {
    const page = matrixAsHtml(matrixOf());
    const body = page.slice(page.indexOf("<header>"), page.indexOf("<script>"));
    expect(body).not.toMatch(/&(?!(?:amp|lt|gt|quot);)/);
    const tags = new Set([...body.matchAll(/<\/?([^\s>/]*)/g)].map((match) => match[1]));
    expect([...tags].sort()).toEqual(
      "a article b details div form h1 h2 header i input label li main nav option output p section select span summary u ul".split(
        " ",
      ),
    );
  });
});
