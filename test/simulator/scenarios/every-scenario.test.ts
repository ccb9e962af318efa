/** Every scenario that comes with the toolkit: it ends as its story says, on any seed, and alike on both MLS layers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knownAs } from "../../../simulator/properties/index.ts";
import { run, runAwaiting } from "../../../simulator/run/index.ts";
import { scenarioGroups, scenarios } from "../../../simulator/scenarios/index.ts";
import { type Trace, traceDigest, writeTrace } from "../../../simulator/trace/index.ts";

const all = [...scenarios.values()];
const ownStack = all.filter(({ clients }) => clients.every(({ stack }) => stack === undefined));
const digestOf = (trace: Trace) => traceDigest(writeTrace(trace));

/** Message IDs are drawn after other numbers of bytes on the two layers; what is decided is the same. */
function decisions(trace: Trace) {
  const kinds = ["transition", "decision", "shown", "noticed", "deliver", "check"];
  return trace.events
    .filter((event) => kinds.includes(event.type))
    .map(({ seq, ...event }) => ({ ...event, messageId: undefined }))
    .filter((event) => event.type !== "check" || (event as { property?: string }).property === "story");
}

/** What a draft leaves open, and no implementation does better, is no failure of the run. */
function failures(trace: Trace) {
  return trace.events.flatMap((event) =>
    event.type === "check" && !event.holds && event.detail?.includes(knownAs) !== true
      ? [`${event.property} ${event.says}: ${event.detail}`]
      : [],
  );
}

describe("the scenarios", () => {
  it("stand in groups, each once, under names of their own", () => {
    const names = scenarioGroups.flatMap((group) => group.scenarios.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect([...scenarios.keys()]).toEqual(names);
  });

  it.each(all.map(({ name }) => name))("%s ends as it should", async (name) => {
    const scenario = scenarios.get(name);
    if (scenario === undefined) throw new Error("it is in the list");
    const made = await runAwaiting(scenario, { seed: 1 });
    expect(failures(made.trace)).toEqual([]);
    expect(made.trace.events.at(-1)).toMatchObject({ reason: "nothing left to happen" });
  });

  it.each(ownStack.map(({ name }) => name))("%s takes the same decisions on symbolic MLS", (name) => {
    const scenario = scenarios.get(name);
    if (scenario === undefined) throw new Error("it is in the list");
    const real = run(scenario, { seed: 2 });
    const symbolic = run(scenario, { seed: 2, mls: "symbolic" });
    expect(decisions(symbolic.trace)).toEqual(decisions(real.trace));
  });

  it.each(ownStack.map(({ name }) => name))(
    "%s ends as it should on any seed, and the same way twice",
    (name) => {
      const scenario = scenarios.get(name);
      if (scenario === undefined) throw new Error("it is in the list");
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const made = run(scenario, { seed, mls: "symbolic" });
          expect(failures(made.trace)).toEqual([]);
          expect(digestOf(run(scenario, { seed, mls: "symbolic" }).trace)).toBe(digestOf(made.trace));
        }),
        { numRuns: 6 },
      );
    },
  );
});
