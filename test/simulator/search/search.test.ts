import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFault } from "../../../simulator/faults/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import {
  ReplayError,
  randomTrial,
  readReplay,
  search,
  shrink,
  type Trial,
  trialOf,
  tryOut,
  violationsIn,
  writeReplay,
} from "../../../simulator/search/index.ts";
import { writeTrace } from "../../../simulator/trace/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";

const selfRemove = scenarios.get("self-remove") as Scenario;
const careless = [parseChoice("hub-lets-leave-be-left-out")];
const momentsOf = ({ scenario }: Trial) => scenario.chapters.flatMap(({ moments }) => moments.flat());

describe("a search", () => {
  const options = { runs: 60, seed: 3, variants: careless, properties: [] };
  const { counterexample } = search(options);

  it("finds a careless hub, and a story of few people and moments that shows it", () => {
    expect(counterexample?.violation.property).toBe("I10");
    const { trial } = counterexample?.replay ?? { trial: trialOf(selfRemove) };
    expect(trial.scenario.providers.length).toBeLessThanOrEqual(2);
    expect(trial.scenario.clients.length).toBeLessThanOrEqual(3);
    expect(momentsOf(trial).length).toBeLessThanOrEqual(9);
    expect(trial.variants).toHaveLength(1);
  });

  it("finds the same again from the same seed, and from the path alone", () => {
    const again = search(options).counterexample;
    expect(again?.replay).toEqual(counterexample?.replay);
    const found = counterexample?.replay.found;
    const there = search({ ...options, runs: 1, path: found?.path ?? "" }).counterexample;
    expect(there?.violation.property).toBe("I10");
  });
}, 60_000);

describe("the model", () => {
  it("keeps its properties in random stories under faults", () => {
    expect(search({ runs: 25, seed: 1, variants: [], properties: [] })).toEqual({ runs: 25 });
  }, 60_000);
});

describe("shrinking", () => {
  it("leaves out what does not matter, and keeps what does", () => {
    const faults = [parseFault("duplicate(1%)@0s-1s")];
    const trial = trialOf(selfRemove, { faults, latency: "wan" });
    const shows = (each: Trial) => momentsOf(each).some(({ says }) => says === "Bob leaves");
    const { trial: smallest } = shrink(trial, shows);
    expect(momentsOf(smallest).map(({ says }) => says)).toEqual(["Bob leaves"]);
    expect(smallest.faults).toEqual([]);
    expect(smallest.latency).toBe("constant(20ms)");
    expect(smallest.scenario.providers).toHaveLength(1);
  });

  it("gives a trial that still shows it, whatever it is", () => {
    fc.assert(
      fc.property(randomTrial([]), fc.nat(20), (trial, least) => {
        const shows = (each: Trial) => momentsOf(each).length >= Math.min(least, momentsOf(trial).length);
        expect(shows(shrink(trial, shows).trial)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a replay file", () => {
  it("gives the same run, for any story", () => {
    fc.assert(
      fc.property(randomTrial(careless), (trial) => {
        const { trial: read } = readReplay(writeReplay({ trial, property: "I10" }));
        expect(read).toEqual(trial);
        expect(writeTrace(tryOut(read).trace)).toBe(writeTrace(tryOut(trial).trace));
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  const good = writeReplay({ trial: trialOf(selfRemove), property: "I10" });
  const changed = (change: (file: Record<string, unknown>) => void) => {
    const file = JSON.parse(good) as Record<string, unknown>;
    change(file);
    return JSON.stringify(file);
  };

  it.each([
    ["no JSON", good.slice(0, -20), "it is not JSON"],
    ["another file", "{}", 'it has no member "replay"'],
    ["a list", "[]", "the file is not an object"],
    ["a later format", changed((file) => Object.assign(file, { replay: "mimi-replay/2" })), "mimi-replay/2"],
    ["a bad seed", changed((file) => Object.assign(file, { seed: -1 })), "seed is missing or no integer"],
    [
      "an unknown fault",
      changed((file) => Object.assign(file, { faults: ["rain(5%)"] })),
      '"rain(5%)" is no fault',
    ],
    [
      "an unknown variant",
      changed((file) => Object.assign(file, { variants: ["hub-x"] })),
      'no variant "hub-x"',
    ],
    ["a bad latency", changed((file) => Object.assign(file, { latency: "soon" })), "soon"],
    [
      "no scenario",
      changed((file) => Object.assign(file, { scenario: undefined })),
      "scenario is not an object",
    ],
    [
      "a stranger",
      changed((file) => Object.assign(file["scenario"] as object, { clients: [] })),
      "nobody in the cast is called",
    ],
  ])("that is wrong is refused in one line: %s", (_what, text, says) => {
    expect(() => readReplay(text)).toThrow(ReplayError);
    expect(() => readReplay(text)).toThrow(says);
  });

  it("refuses whatever else is in the place of any of its members, or runs", () => {
    const members = Object.keys(JSON.parse(good) as object);
    fc.assert(
      fc.property(fc.constantFrom(...members), fc.jsonValue(), (member, value) => {
        const text = changed((file) => Object.assign(file, { [member]: value }));
        try {
          readReplay(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ReplayError);
        }
      }),
    );
  });
});

it("tells what does not hold, with the property's id", () => {
  const trial = trialOf(selfRemove, { variants: careless });
  expect(violationsIn(tryOut(trial)).map(({ property }) => property)).toContain("I10");
});
