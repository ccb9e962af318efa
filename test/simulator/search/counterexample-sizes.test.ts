import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  actorsIn,
  figures,
  isWithin,
  recorded,
  shows,
  sizeOf,
  sizesAsMarkdown,
  tolerance,
} from "../../../scripts/counterexample-sizes.ts";

const shown = figures.flatMap((figure) => {
  const known = recorded(figure.race);
  return known === undefined ? [] : [{ ...figure, ...known, figure }];
});
/** Those whose smallest story is larger: docs/counterexample-sizes.md has how much. */
const larger = shown.filter(({ trial, figure }) => !isWithin(sizeOf(trial), figure)).map(({ race }) => race);

describe("the smallest counterexample of a race", () => {
  it.each(shown)(
    "$race still shows what its finding is about",
    ({ finding, trial }) => {
      expect(shows(finding, trial)).toBe(true);
    },
    20_000,
  );

  it("takes no more than 1.5 times the actors and steps of its figure", () => {
    expect(larger).toEqual([]);
  });

  it("is counted with everybody in it, and no step of the setting-up", () => {
    for (const { trial } of shown) {
      const { providers, clients, steps } = sizeOf(trial);
      expect(providers).toBe(trial.scenario.providers.length);
      expect(clients).toBe(trial.scenario.clients.length);
      expect(steps).toBeGreaterThan(0);
    }
  });

  it("would be too large with more than that", () => {
    const figure = { race: "", providers: 1, users: 2, clients: 2, steps: 4 };
    expect(isWithin({ ...figure, steps: 6 }, figure)).toBe(true);
    expect(isWithin({ ...figure, steps: 7 }, figure)).toBe(false);
    expect(isWithin({ ...figure, clients: 4 }, figure)).toBe(true);
    expect(isWithin({ ...figure, clients: 5 }, figure)).toBe(false);
    expect(actorsIn(figure) * tolerance).toBe(7.5);
  });
});

describe("docs/counterexample-sizes.md", () => {
  it("is what the recorded counterexamples come to", () => {
    expect(readFileSync("docs/counterexample-sizes.md", "utf8")).toBe(sizesAsMarkdown());
  });
});
