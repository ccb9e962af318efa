import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formatDecisions } from "../../scripts/format-decisions.ts";
import { endpointDecisions } from "../../spec-model/endpoints/index.ts";
import { structures } from "../../spec-model/structures.ts";

const document = formatDecisions();

it("the committed page is what the declarations say", () => {
  expect(readFileSync(new URL("../../docs/format-decisions.md", import.meta.url), "utf8")).toBe(document);
});

it("lists every decision, each with its structure or as one about HTTP", () => {
  const rows = document.split("\n").filter((line) => line.startsWith("| §") && !line.startsWith("| § |"));
  const distinct = new Set(
    structures.flatMap(({ source, codec }) =>
      (codec.notes.decisions ?? []).map((decision) => JSON.stringify([source, decision])),
    ),
  );
  expect(rows).toHaveLength(distinct.size + endpointDecisions.length);
  expect(rows.length).toBeGreaterThan(80);
});

it("is a table whose rows all have six cells", () => {
  for (const line of document.split("\n").filter((each) => each.startsWith("| "))) {
    expect(line.replaceAll("\\|", "").split("|")).toHaveLength(8);
  }
});
