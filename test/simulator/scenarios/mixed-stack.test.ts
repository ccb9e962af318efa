/** A client on ts-mls in a room of ours: it joins, talks, follows, stops at a known place, and the run is repeatable. */
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bitFlip } from "../../../simulator/faults/index.ts";
import { type Run, type RunOptions, run, runAwaiting } from "../../../simulator/run/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { readTrace, type TraceEvent, traceDigest, writeTrace } from "../../../simulator/trace/index.ts";
import published from "../../../vectors/runs.json" with { type: "json" };

const named = (name: string): Scenario => {
  const found = scenarios.get(name);
  if (found === undefined) throw new Error(`${name} is not among the scenarios`);
  return found;
};
const mixed = named("mixed-stack");
const runMixed = (options: RunOptions) => runAwaiting(mixed, options);
const digestOf = ({ trace }: Run) => traceDigest(writeTrace(trace));
const ofType = <T extends TraceEvent["type"]>({ trace }: Run, type: T) =>
  trace.events.filter((event) => event.type === type) as unknown as TraceEvent<T>[];
const by = (label: string) => (event: { actor: string }) => event.actor.endsWith(`/${label}`);

const made = await runMixed({ seed: 1 });

describe("a client on ts-mls in a room of ours", () => {
  it("joins by our Welcome and agrees with everybody in every epoch that it enters", () => {
    const entered = ofType(made, "epoch").filter(by("ClientB1"));
    expect(entered.map((event) => event.epoch)).toEqual([1, 2, 3]);
    for (const { epoch, context, authenticator } of entered) {
      const others = ofType(made, "epoch").filter((event) => event.epoch === epoch);
      expect(others.length).toBeGreaterThan(2);
      expect(new Set(others.map((event) => event.context))).toEqual(new Set([context]));
      const keys = others.map((event) => event.authenticator).filter((each) => each !== "");
      expect(new Set(keys)).toEqual(new Set([authenticator]));
    }
  });

  it("reads what others say and is read by all of them, with the same message IDs", () => {
    const shown = (label: string) =>
      ofType(made, "shown")
        .filter(by(label))
        .map(({ messageId, sender, text }) => ({ messageId, sender, text }));
    expect(shown("ClientB1").map(({ text }) => text)).toEqual([
      '"Can you read this?"',
      '"Word for word." on "Can you read this?"',
      '"My second device is here."',
      '\u{1F44D} on "My second device is here."',
    ]);
    expect(shown("ClientA1").slice(0, 4)).toEqual(shown("ClientB1"));
    expect(shown("ClientB2").slice(0, 4)).toEqual(shown("ClientB1"));
  });

  it("stops at the commit that adds Cathy to the list, and the trace says where and why", () => {
    const [noticed, ...others] = ofType(made, "noticed");
    expect(others).toEqual([]);
    expect(noticed?.actor).toBe("mimi://b.example/d/bob/ClientB1");
    expect(noticed?.error).toMatchObject({
      type: "SeatError",
      code: "undecodable",
      where: "mls-extensions §4.7",
    });
    const message = ofType(made, "send").find((event) => event.id === noticed?.of);
    expect(message).toMatchObject({ label: "Commit", to: "mimi://b.example/d/bob/ClientB1" });
    const stays = ofType(made, "decision").filter(by("ClientB1"))[0];
    expect(stays?.text).toContain("stays in epoch 3");
    expect(ofType(made, "end")[0]?.states).toContainEqual({
      actor: "mimi://b.example/d/bob/ClientB1",
      state: expect.objectContaining({
        rooms: [expect.objectContaining({ state: "stopped", epoch: 3 })],
      }),
    });
  });

  it("leaves everybody else to go on", () => {
    expect(made.holds).toBe(true);
    expect(made.trace.events.at(-1)).toMatchObject({ type: "end", reason: "nothing left to happen" });
    const inEpoch4 = ofType(made, "epoch").filter((event) => event.epoch === 4);
    expect(inEpoch4.map((event) => event.actor.split("/").at(-1)).sort()).toEqual([
      "ClientA1",
      "ClientA2",
      "ClientB2",
      "ClientC1",
      "a.example",
    ]);
    const welcomed = ofType(made, "shown").filter((event) => event.text.startsWith('"Welcome, Cathy."'));
    expect(welcomed).toHaveLength(4);
  });

  it.each([1, 2, 3] as const)("does the same with cipher suite %i", async (suite) => {
    const other = await runMixed({ seed: 2, suite });
    expect(other.holds).toBe(true);
    expect(ofType(other, "noticed").map((event) => event.error.where)).toEqual(["mls-extensions §4.7"]);
  });
});

describe("a run with an asynchronous actor", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("is a function of the seed, also beside other runs", async () => {
    const together = await Promise.all([1, 2, 1, 3].map((seed) => runMixed({ seed })));
    const [first, second, again] = together.map(digestOf);
    expect(first).toBe(digestOf(made));
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  it("depends neither on the machine's clock nor on its randomness", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 4_000_000_000_000 });
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(digestOf(await runMixed({ seed: 1 }))).toBe(digestOf(made));
  });

  it("ends in the same place for any seed and any latency", async () => {
    const ms = fc.integer({ min: 0, max: 500 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), ms, ms, async (seed, a, b) => {
        const latency = `uniform(${Math.min(a, b)}ms,${Math.max(a, b)}ms)`;
        const other = await runMixed({ seed, latency });
        expect(other.holds).toBe(true);
        const where = ofType(other, "noticed").map(({ actor, error }) => [actor, error.code, error.where]);
        expect(where).toEqual([["mimi://b.example/d/bob/ClientB1", "undecodable", "mls-extensions §4.7"]]);
      }),
      { numRuns: 10 },
    );
  });

  it("comes to its end whatever bit is flipped on the way", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 7 }),
        async (message, byte, bit) => {
          const other = await runMixed({ seed: 1, policies: [bitFlip({ message, byte, bit })] });
          expect(other.trace.events.at(-1)).toMatchObject({ type: "end" });
        },
      ),
      { numRuns: 20 },
    );
  });

  it("writes a trace that its reader reads back", () => {
    const text = writeTrace(made.trace);
    expect(writeTrace(readTrace(text))).toBe(text);
  });

  it("cannot be had synchronously", () => {
    expect(() => run(mixed, { seed: 1 })).toThrow(RangeError);
  });
});

describe("a run that need not wait", () => {
  it.each(Object.entries(published.clubhouse))(
    "is the same when it does: clubhouse, seed %s",
    async (seed, digest) => {
      expect(digestOf(await runAwaiting(named("clubhouse"), { seed: Number(seed) }))).toBe(digest);
    },
  );
});
