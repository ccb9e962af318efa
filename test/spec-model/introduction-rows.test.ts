import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { introductionRows } from "./introduction-rows.ts";

const textOf = (file: string) => readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), "utf8");

describe("the transition tables of introductions", () => {
  it("have every row of consent and of discovery, once", () => {
    const named = (letters: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${letters}${i + 1}`);
    expect(introductionRows.map(({ row }) => row)).toEqual([...named("U", 12), ...named("DP", 5)]);
  });

  it.each(introductionRows)(
    "$row, $event, is reached, or it is said why not",
    ({ scenarios: told, tests, missing }) => {
      expect([...(told ?? []), ...(tests ?? []), missing].filter((each) => each !== undefined)).not.toEqual(
        [],
      );
      for (const name of told ?? []) expect([...scenarios.keys()], name).toContain(name);
      for (const [file, name] of tests ?? []) expect(textOf(file), `${file}: ${name}`).toContain(`"${name}`);
    },
  );
});
