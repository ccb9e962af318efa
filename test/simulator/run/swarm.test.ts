/** Every scenario under faults that a seed stands for: nothing bad happens, and everything comes right afterwards. */
import { describe, expect, it } from "vitest";
import { formatFault, parseFault, swarmFor, swarmPace } from "../../../simulator/faults/index.ts";
import { knownAs } from "../../../simulator/properties/index.ts";
import { type RunOptions, run, runTwice } from "../../../simulator/run/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { Trace } from "../../../simulator/trace/index.ts";

const seeds = Number(process.env["SWARM_SEEDS"] ?? 16);
const ownStack = [...scenarios.values()].filter(({ clients }) =>
  clients.every(({ stack }) => stack === undefined),
);

function optionsFor(scenario: Scenario, seed: number): RunOptions {
  const paceMs = swarmPace(seed);
  const faults = swarmFor(scenario, seed);
  return { seed, mls: "symbolic", faults, ...(paceMs === undefined ? {} : { paceMs }) };
}

function failures({ events }: Trace): string[] {
  return events.flatMap((event) =>
    event.type === "check" && !event.holds && event.detail?.includes(knownAs) !== true
      ? [`${event.property} ${event.detail}`]
      : [],
  );
}

function named(name: string): Scenario {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

describe(`with the faults of ${seeds} seeds`, () => {
  it.each(ownStack.map(({ name }) => name))("%s keeps what must hold", { timeout: 120_000 }, (name) => {
    const scenario = named(name);
    for (let seed = 0; seed < seeds; seed++) {
      const made = run(scenario, optionsFor(scenario, seed));
      expect(failures(made.trace), `seed ${seed}`).toEqual([]);
      expect(made.holds).toBe(true);
    }
  });

  it("messages do get lost, repeated and held up, and servers do stop", () => {
    const counts = new Map<string, number>();
    for (const scenario of ownStack.slice(0, 6)) {
      for (let seed = 0; seed < 6; seed++) {
        for (const event of run(scenario, optionsFor(scenario, seed)).trace.events) {
          const what =
            event.type === "intention" && event.text.endsWith(": a fault") ? event.text : event.type;
          counts.set(what, (counts.get(what) ?? 0) + 1);
        }
      }
    }
    for (const what of ["drop", "duplicate", "stops: a fault", "loses its connection: a fault"]) {
      expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
    }
  });
});

describe("what seeds have found", () => {
  // Swarm seed 1: a lost directory was never read again, and the hub kept its events for ever.
  it("a provider whose directory did not arrive is asked again, and gets what waited for it", () => {
    const faults = [parseFault("loss(100%, b.example>a.example, answers)@0s-100ms")];
    const made = run(named("one-to-one"), { seed: 1, mls: "symbolic", faults });
    expect(failures(made.trace)).toEqual([]);
    const asked = made.trace.events.filter(
      (event) =>
        event.type === "send" &&
        event.operation === "directory" &&
        event.from === "a.example" &&
        event.to === "b.example",
    );
    expect(asked.length).toBeGreaterThan(1);
  });

  // Swarm seed 40: a hub that has given up waits for the next event, and there is none for who was the last to go.
  it("a removed client whose provider was down for long is told nothing more: a gap of the drafts", () => {
    const clubhouse = named("clubhouse");
    const made = run(clubhouse, optionsFor(clubhouse, 40));
    expect(failures(made.trace)).toEqual([]);
    const lagging = made.results.find(({ property }) => property.id === "L07");
    expect(lagging?.violations).toEqual([expect.stringContaining("b.example still lacks")]);
  });
});

describe("a run made twice", () => {
  it("is the same, with faults too", async () => {
    const scenario = named("commit-race");
    const { difference } = await runTwice(scenario, optionsFor(scenario, 4));
    expect(difference).toBeUndefined();
  });

  it("shows where it differs if it does", async () => {
    let asked = 0;
    const { difference } = await runTwice(named("kick"), {
      seed: 1,
      mls: "symbolic",
      // An actor that depends on something outside of the run: how often it has been made.
      replace: (actor) => {
        if (actor.id !== "a.example") return actor;
        const made = ++asked;
        return { ...actor, summary: () => ({ made }) };
      },
    });
    expect(difference?.first).toMatchObject({ type: "end" });
    expect(difference?.second).toMatchObject({ type: "end", seq: difference?.seq });
  });
});

describe("faults of actors", () => {
  it("stop a server for their time, which nobody waits for while there is nothing to do", () => {
    const faults = [parseFault("crash(b.example)@3600s-7200s")];
    const { trace } = run(named("kick"), { seed: 1, mls: "symbolic", faults });
    const ending = trace.events.find((event) => event.type === "phase" && event.title === "The faults end");
    const stop = trace.events.find((event) => event.type === "intention" && event.text === "stops: a fault");
    expect(ending?.at).toBeLessThan(10_000_000);
    expect(stop?.at).toBe(3_600_000_000);
  });

  it("let clocks show another time, and everybody takes the hub's", () => {
    const faults = [parseFault("skew(a.example, -60s)")];
    const { trace } = run(named("kick"), { seed: 1, mls: "symbolic", faults, replace: watched });
    expect(failures(trace)).toEqual([]);
    expect(Math.max(...clocks.values())).toBeGreaterThan(0);
    expect((clocks.get("b.example") ?? 0) - (clocks.get("a.example") ?? 0)).toBeGreaterThan(59_000);
    expect(trace.header.options["faults"]).toBe(faults.map(formatFault).join("; "));
  });

  const clocks = new Map<string, number>();
  const watched: NonNullable<RunOptions["replace"]> = (actor) => ({
    ...actor,
    take(input, moment) {
      clocks.set(actor.id, moment.now);
      return actor.take(input, moment);
    },
  });
});
