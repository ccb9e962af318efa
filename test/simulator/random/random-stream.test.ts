import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RandomStream, rootRandom } from "../../../simulator/random/index.ts";
import { hex } from "../../../spec-model/bytes.ts";

const seeds = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.string());
const paths = fc.array(fc.string(), { maxLength: 3 });

type Draw = (stream: RandomStream) => unknown;
const draws = fc.oneof(
  fc.nat(70).map(
    (length): Draw =>
      (stream) =>
        hex(stream.bytes(length)),
  ),
  fc.constant<Draw>((stream) => stream.uint32()),
  fc.constant<Draw>((stream) => stream.float()),
  fc
    .tuple(fc.maxSafeInteger(), fc.maxSafeInteger())
    .filter(([a, b]) => Math.abs(a - b) < 2 ** 53 - 1)
    .map(
      ([a, b]): Draw =>
        (stream) =>
          stream.int(Math.min(a, b), Math.max(a, b)),
    ),
);

function follow(stream: RandomStream, path: readonly string[]): RandomStream {
  return path.reduce((at, purpose) => at.split(purpose), stream);
}

function sample(stream: RandomStream) {
  return [hex(stream.bytes(40)), stream.uint32(), stream.int(-5, 5), stream.float(), hex(stream.bytes(3))];
}

describe("a random stream", () => {
  it("is the same for the same seed and path", () => {
    fc.assert(
      fc.property(seeds, paths, (seed, path) => {
        expect(sample(follow(rootRandom(seed), path))).toEqual(sample(follow(rootRandom(seed), path)));
      }),
    );
  });

  it("does not depend on what was drawn or split elsewhere", () => {
    fc.assert(
      fc.property(seeds, paths, paths, fc.array(draws, { maxLength: 8 }), (seed, path, other, others) => {
        const undisturbed = sample(follow(rootRandom(seed), [...path, "mine"]));
        const root = rootRandom(seed);
        const parent = follow(root, path);
        const aside = follow(root, [...other, "theirs"]);
        for (const draw of others) for (const stream of [root, parent, aside]) draw(stream);
        expect(sample(parent.split("mine"))).toEqual(undisturbed);
      }),
    );
  });

  it("draws numbers that its drawn octets do not shift, and the reverse", () => {
    fc.assert(
      fc.property(seeds, fc.nat(100), (seed, length) => {
        const mixed = rootRandom(seed);
        const first = hex(mixed.bytes(length));
        const number = mixed.uint32();
        expect(number).toBe(rootRandom(seed).uint32());
        const second = hex(mixed.bytes(5));
        expect(first + second).toBe(hex(rootRandom(seed).bytes(length + 5)));
      }),
    );
  });

  it("differs from its siblings, its parent and the streams of other seeds", () => {
    const root = rootRandom(1);
    const streams = [
      root,
      rootRandom(2),
      rootRandom("one"),
      root.split("a"),
      root.split("b"),
      root.split("a").split("b"),
      root.split("a/b"),
      root.split("ab"),
      root.split(""),
    ];
    expect(new Set(streams.map((stream) => hex(stream.bytes(16)))).size).toBe(streams.length);
    expect(new Set(streams.map((stream) => stream.float())).size).toBe(streams.length);
  });

  it("takes a number and its decimal text for one seed", () => {
    expect(sample(rootRandom(7))).toEqual(sample(rootRandom("7")));
  });

  it("refuses numbers that are not non-negative safe integers", () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => rootRandom(seed)).toThrow(RangeError);
    }
  });

  it("gives these values, whatever the engine and the version", () => {
    const stream = rootRandom(42).split("link/a.example>b.example");
    expect([
      hex(stream.bytes(8)),
      stream.uint32(),
      stream.uint32(),
      stream.int(1, 6),
      stream.float(),
    ]).toMatchInlineSnapshot(`
      [
        "f1be178185a9afc4",
        225591345,
        32956164,
        2,
        0.2812464524238645,
      ]
    `);
  });
});

describe("numbers of a random stream", () => {
  it("stay in their range", () => {
    fc.assert(
      fc.property(seeds, fc.integer(), fc.nat(), (seed, min, span) => {
        const stream = rootRandom(seed);
        const drawn = stream.int(min, min + span);
        expect(Number.isInteger(drawn) && drawn >= min && drawn <= min + span).toBe(true);
        expect(stream.float()).toBeGreaterThanOrEqual(0);
        expect(stream.float()).toBeLessThan(1);
      }),
    );
  });

  it("are spread evenly over a die", () => {
    const stream = rootRandom("die");
    const counts = [0, 0, 0, 0, 0, 0];
    const throws = 60_000;
    for (let i = 0; i < throws; i++) {
      const face = stream.int(1, 6) - 1;
      counts[face] = (counts[face] as number) + 1;
    }
    const expected = throws / 6;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquared).toBeLessThan(20.5); // 0.1% point for five degrees of freedom
  });

  it("do not favour low numbers in a range that does not divide 2^32", () => {
    const stream = rootRandom("three quarters");
    const span = 3 * 2 ** 30; // a remainder of 2^32 would give the lowest third twice as often
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (stream.int(0, span - 1) < 2 ** 30) low++;
    expect(Math.abs(low - 10_000)).toBeLessThan(400);
  });

  it("cover ranges wider than 32 bits", () => {
    const stream = rootRandom("wide");
    const drawn = Array.from({ length: 1000 }, () => stream.int(0, 2 ** 53 - 1));
    expect(Math.max(...drawn)).toBeGreaterThan(0.98 * 2 ** 53);
    expect(Math.min(...drawn)).toBeLessThan(0.02 * 2 ** 53);
    expect(drawn.some((number) => number % 2 === 1)).toBe(true);
  });

  it("pick each item of a list in the end", () => {
    const stream = rootRandom("pick");
    const picked = new Set(Array.from({ length: 100 }, () => stream.pick(["a", "b", "c"])));
    expect([...picked].sort()).toEqual(["a", "b", "c"]);
  });

  it("refuse an empty range and an empty list", () => {
    expect(() => rootRandom(1).int(3, 2)).toThrow(RangeError);
    expect(() => rootRandom(1).int(0, 2 ** 53)).toThrow(RangeError);
    expect(() => rootRandom(1).int(0.5, 2)).toThrow(RangeError);
    expect(() => rootRandom(1).pick([])).toThrow(RangeError);
  });
});
