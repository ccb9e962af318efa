import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { transitionRows } from "./transition-rows.ts";

const here = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

describe("the transition tables", () => {
  it("have every row of hubs, followers and clients, once", () => {
    const named = (letter: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
    expect(transitionRows.map(({ row }) => row)).toEqual([
      ...named("H", 19),
      ...named("F", 12),
      ...named("C", 16),
    ]);
  });

  it.each(transitionRows)(
    "$row, $event, is reached, or it is said why not",
    ({ scenarios: told, tests, missing }) => {
      expect([...(told ?? []), ...(tests ?? []), ...(missing === undefined ? [] : [missing])]).not.toEqual(
        [],
      );
      for (const name of told ?? []) expect([...scenarios.keys()], name).toContain(name);
      for (const [file, name] of tests ?? []) {
        expect(existsSync(here(file)), file).toBe(true);
        expect(readFileSync(here(file), "utf8"), `${file}: ${name}`).toContain(`"${name}`);
      }
    },
  );
});
