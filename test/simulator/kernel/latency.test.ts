import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDuration,
  formatLatency,
  type Latency,
  parseDuration,
  parseLatency,
  sampleLatency,
  TimeTextError,
  wan,
} from "../../../simulator/kernel/index.ts";
import { rootRandom } from "../../../simulator/random/index.ts";

const durations = fc.oneof(fc.nat(5_000_000), fc.maxSafeNat());
const orderedPair = fc
  .tuple(durations, durations)
  .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));
const latencies: fc.Arbitrary<Latency> = fc.oneof(
  durations.map((of): Latency => ({ type: "constant", of })),
  orderedPair.map(([min, max]): Latency => ({ type: "uniform", min, max })),
  orderedPair.map(([min, mean]): Latency => ({ type: "exponential", min, mean })),
);

function samples(latency: Latency, count: number): number[] {
  const stream = rootRandom("latency").split(formatLatency(latency));
  return Array.from({ length: count }, () => sampleLatency(latency, stream));
}

describe("a duration's text", () => {
  it("is read in any of its units", () => {
    expect(["0us", "250us", "20ms", "1.5s", "0.25ms", "1.000001s"].map(parseDuration)).toEqual([
      0, 250, 20_000, 1_500_000, 250, 1_000_001,
    ]);
  });

  it("is read back as what was written", () => {
    fc.assert(
      fc.property(durations, (duration) => {
        expect(parseDuration(formatDuration(duration))).toBe(duration);
      }),
    );
  });

  it("is refused where it is none", () => {
    for (const text of [
      "",
      "5",
      "ms",
      "-1ms",
      "1e3ms",
      "1.5us",
      "5 ms",
      "5min",
      "99999999999999999s",
      "9007199254741s",
    ]) {
      expect(() => parseDuration(text)).toThrow(TimeTextError);
    }
  });
});

describe("a latency's text", () => {
  it("is read back as what was written", () => {
    fc.assert(
      fc.property(latencies, (latency) => {
        expect(parseLatency(formatLatency(latency))).toEqual(latency);
      }),
    );
  });

  it("may have spaces and may be a name", () => {
    expect(parseLatency("uniform( 20ms, 80ms )")).toEqual({ type: "uniform", min: 20_000, max: 80_000 });
    expect(parseLatency("wan")).toEqual(wan);
    expect(parseLatency("lan")).toEqual({ type: "uniform", min: 200, max: 1000 });
  });

  it("is refused with a message that says what can be written", () => {
    const message = (text: string) => {
      try {
        return parseLatency(text);
      } catch (error) {
        return error instanceof TimeTextError ? error.message : error;
      }
    };
    expect(message("fast")).toMatch(/^"fast" is no latency: write "constant\(5ms\)", "uniform/);
    expect(message("constant(5ms,6ms)")).toMatch(/constant takes one duration/);
    expect(message("uniform(5ms)")).toMatch(/uniform takes two durations/);
    expect(message("uniform(5ms,soon)")).toMatch(/^"soon" is no duration/);
    expect(message("uniform(80ms,20ms)")).toMatch(/the least latency comes first/);
    expect(message("exponential(80ms,20ms)")).toMatch(/not above the mean/);
  });

  it("is never answered with any other error", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.stringMatching(/^(constant|uniform|exponential)\([0-9a-z.,() ]{0,20}\)$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseLatency(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TimeTextError);
        }
      }),
    );
  });
});

describe("a latency's draws", () => {
  it("are non-negative integers in the range of the distribution", () => {
    const bounded = latencies.filter((l) => l.type !== "exponential" || l.mean < 2 ** 40);
    fc.assert(
      fc.property(bounded, fc.nat(), (latency, seed) => {
        const drawn = sampleLatency(latency, rootRandom(seed));
        expect(Number.isSafeInteger(drawn)).toBe(true);
        if (latency.type === "constant") expect(drawn).toBe(latency.of);
        else expect(drawn).toBeGreaterThanOrEqual(latency.min);
        if (latency.type === "uniform") expect(drawn).toBeLessThanOrEqual(latency.max);
      }),
    );
  });

  it("have the mean and the quantiles of an exponential distribution", () => {
    const drawn = samples({ type: "exponential", min: 0, mean: 1_000_000 }, 100_000).sort((a, b) => a - b);
    const mean = drawn.reduce((sum, latency) => sum + latency, 0) / drawn.length;
    expect(Math.abs(mean - 1_000_000)).toBeLessThan(15_000);
    for (const part of [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
      const expected = -Math.log(1 - part) * 1_000_000;
      const found = drawn[Math.floor(part * drawn.length)] as number;
      expect(Math.abs(found / expected - 1)).toBeLessThan(0.08);
    }
  });

  it("of the default between providers are 45 ms on average and never below 20 ms", () => {
    const drawn = samples(wan, 50_000);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(20_000);
    expect(Math.abs(drawn.reduce((sum, latency) => sum + latency, 0) / drawn.length - 45_000)).toBeLessThan(
      500,
    );
  });
});
