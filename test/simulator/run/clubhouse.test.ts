/** The main job: protocol-06 §3 from beginning to end, for one seed in detail and for any seed in general. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLatency, type Latency } from "../../../simulator/kernel/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import {
  readTrace,
  type Trace,
  type TraceEvent,
  traceDigest,
  writeTrace,
} from "../../../simulator/trace/index.ts";
import { fromHex, hex, noBytes } from "../../../spec-model/bytes.ts";
import { type EndpointName, endpoints } from "../../../spec-model/endpoints/index.ts";
import published from "../../../vectors/runs.json" with { type: "json" };

const clubhouse = scenarios.get("clubhouse");
if (clubhouse === undefined) throw new Error("the clubhouse is not among the scenarios");
const digestOf = (trace: Trace) => traceDigest(writeTrace(trace));
const ofType = <T extends TraceEvent["type"]>(trace: Trace, type: T) =>
  trace.events.filter((event) => event.type === type) as unknown as TraceEvent<T>[];

/** Salts are drawn after other numbers of bytes on the two layers: message IDs differ, and nothing else. */
function withoutIds<E extends object>(event: E): E {
  return { ...event, messageId: undefined };
}

const { trace, holds } = run(clubhouse, { seed: 1, keepBodies: true });

describe("the clubhouse", () => {
  it("ends with nothing wrong and nothing noticed", () => {
    expect(holds).toBe(true);
    expect(ofType(trace, "noticed")).toEqual([]);
    expect(trace.events.at(-1)).toMatchObject({ type: "end", reason: "nothing left to happen" });
  });

  it("leaves Alice and Cathy in the room with five clients in one epoch, and Bob outside", () => {
    const latest = Math.max(...ofType(trace, "epoch").map((event) => event.epoch));
    const entered = ofType(trace, "epoch").filter((event) => event.epoch === latest);
    const names = entered.map((event) => event.actor.split("/").at(-1)).sort();
    expect(names).toEqual(["ClientA1", "ClientA2", "ClientC1", "ClientC2", "ClientC3", "a.example"]);
    expect(new Set(entered.map((event) => event.context)).size).toBe(1);
  });

  it("has all clients of a room agree on GroupContext and authenticator in every epoch", () => {
    for (const epoch of new Set(ofType(trace, "epoch").map((event) => event.epoch))) {
      const entered = ofType(trace, "epoch").filter((event) => event.epoch === epoch);
      const authenticators = entered.map((event) => event.authenticator).filter((value) => value !== "");
      expect(new Set(entered.map((event) => event.context)).size, `contexts of epoch ${epoch}`).toBe(1);
      expect(new Set(authenticators).size, `authenticators of epoch ${epoch}`).toBe(1);
    }
  });

  it("shows every client that is there the same messages with the same message IDs", () => {
    const said = [
      '"Hello everyone!"',
      '"Welcome, Cathy." on',
      "\u{1F44B} on",
      '"Hello, everyone!" instead of',
    ];
    for (const beginning of said) {
      const shown = ofType(trace, "shown").filter((event) => event.text.startsWith(beginning));
      expect(shown.map((event) => event.actor.split("/").at(-1)).sort(), beginning).toEqual([
        "ClientA1",
        "ClientA2",
        "ClientB1",
        "ClientB2",
        "ClientC1",
        "ClientC2",
      ]);
      expect(new Set(shown.map((event) => event.messageId)).size).toBe(1);
    }
  });

  it("carries every request and answer between providers in the draft's format", () => {
    const sends = ofType(trace, "send").filter(
      (event) => event.kind !== "local" && event.operation !== "directory",
    );
    const requests = new Map(sends.map((event) => [event.id, event]));
    let checked = 0;
    for (const event of sends) {
      const request = event.inReplyTo === undefined ? event : requests.get(event.inReplyTo);
      const endpoint = endpoints[request?.operation as EndpointName];
      if (endpoint === undefined) continue;
      const codec = event.kind === "request" ? endpoint.request : endpoint.response;
      const body = fromHex(event.body ?? "") ?? noBytes;
      if (codec === undefined) expect(body).toHaveLength(0);
      else expect(hex(codec.encode(codec.decode(body)))).toBe(event.body);
      checked++;
    }
    expect(checked).toBe(60);
  });

  it("gives the published digest", () => {
    expect(digestOf(run(clubhouse, { seed: 1 }).trace)).toBe(published.clubhouse["1"]);
  });

  it("is the same for the same seed, and another schedule for another", () => {
    const first = run(clubhouse, { seed: 7 }).trace;
    expect(digestOf(run(clubhouse, { seed: 7 }).trace)).toBe(digestOf(first));
    const times = (t: Trace) => ofType(t, "deliver").map((event) => event.at);
    expect(times(run(clubhouse, { seed: 8 }).trace)).not.toEqual(times(first));
  });

  it("writes a trace that its reader reads back", () => {
    const text = writeTrace(trace);
    expect(writeTrace(readTrace(text))).toBe(text);
  });

  it.each([1, 2, 3] as const)("runs with cipher suite %i", (suite) => {
    const made = run(clubhouse, { seed: 3, suite });
    expect(made.holds).toBe(true);
    expect(ofType(made.trace, "noticed")).toEqual([]);
  });

  it("takes the same decisions at the same times on symbolic MLS (any seed)", () => {
    const decisions = (made: Trace) =>
      made.events
        .filter((event) => ["transition", "decision", "shown", "noticed", "deliver"].includes(event.type))
        .map(({ seq, ...event }) => event);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const real = run(clubhouse, { seed });
        const symbolic = run(clubhouse, { seed, mls: "symbolic" });
        expect(symbolic.holds).toBe(true);
        expect(decisions(symbolic.trace).map(withoutIds)).toEqual(decisions(real.trace).map(withoutIds));
      }),
      { numRuns: 8 },
    );
  });

  it("ends in agreement for any seed and any latency between providers", () => {
    // A request that goes through the hub takes four of these, and is given up after thirty seconds.
    const duration = fc.integer({ min: 0, max: 1_000_000 });
    const latency = fc.oneof(
      duration.map((of): Latency => ({ type: "constant", of })),
      fc
        .tuple(duration, duration)
        .map(([a, b]): Latency => ({ type: "uniform", min: Math.min(a, b), max: Math.max(a, b) })),
      fc
        .tuple(duration, duration)
        .map(([a, b]): Latency => ({ type: "exponential", min: Math.min(a, b), mean: Math.max(a, b) })),
    );
    fc.assert(
      fc.property(fc.nat(), latency, (seed, between) => {
        const made = run(clubhouse, { seed, latency: formatLatency(between) });
        expect(made.holds).toBe(true);
        expect(ofType(made.trace, "noticed")).toEqual([]);
        expect(made.trace.events.at(-1)).toMatchObject({ reason: "nothing left to happen" });
      }),
      { numRuns: 25 },
    );
  });
});
