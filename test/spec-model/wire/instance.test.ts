import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryOf } from "../../../spec-model/wire/arbitrary.ts";
import {
  bounded,
  closedEnum,
  exactly,
  type Infer,
  instance,
  opaque,
  openEnum,
  optional,
  sequence,
  struct,
  text,
  uint8,
  uint16,
  uint64,
  v,
  vector,
} from "../../../spec-model/wire/index.ts";

const plainest = { below: () => 0 };
const Kind = closedEnum("Kind", 255, { reserved: 0, none: 1, some: 2 });
const Outer = struct("Outer", {
  kind: Kind,
  registry: openEnum("Registry", 1, { one: 1 }),
  fixed: vector(uint16, exactly(4)),
  bound: opaque(bounded(2, 5)),
  names: vector(text(v)),
  time: uint64,
}).select("kind", { none: {}, some: { option: optional(uint8) } });

function sample<T>(arbitrary: fc.Arbitrary<T>): T[] {
  return fc.sample(arbitrary, { numRuns: 500, seed: 1 });
}

describe("instances", () => {
  it("are as plain as can be where all choices are", () => {
    expect(instance(Outer, plainest)).toEqual({
      kind: "none",
      registry: "one",
      fixed: [0, 0],
      bound: new Uint8Array(2),
      names: [],
      time: 0n,
    });
  });

  it("are found where the plainest choices select no case", () => {
    const Picky = struct("Picky", { a: openEnum("A", 1, { x: 1, y: 2 }) }).select("a", { y: { b: uint8 } });
    expect(instance(Picky, plainest)).toMatchObject({ a: "y" });
  });

  it("do not exist of a type without values", () => {
    const Never = struct("Never", { a: uint8 }).selectBy("nothing", () => undefined, { a: {} });
    expect(() => instance(Never, plainest)).toThrow("no instance");
  });

  it("reach every case, both sides of options, unknown numbers and edges", () => {
    const all: Infer<typeof Outer>[] = sample(arbitraryOf(Outer));
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["none", "some"]));
    const options = all.flatMap((value) => (value.kind === "some" ? [value.option === undefined] : []));
    expect(new Set(options)).toEqual(new Set([true, false]));
    expect(all.some(({ registry }) => typeof registry === "number")).toBe(true);
    expect(all.some(({ time }) => time === (1n << 64n) - 1n)).toBe(true);
    expect(all.some(({ names }) => names.some((name) => /[^\0-\x7f]/.test(name)))).toBe(true);
  });

  it("reach every form of a length", () => {
    const lengths = fc
      .sample(arbitraryOf(opaque(v)), { numRuns: 3000, seed: 1 })
      .map((bytes) => bytes.length);
    for (const length of [0, 63, 64, 16383, 16384]) expect(lengths).toContain(length);
  });

  it("of a sequence have at least one item", () => {
    expect(sample(arbitraryOf(sequence("Items", uint8))).every((items) => items.length > 0)).toBe(true);
  });

  it("are the same for the same seed", () => {
    expect(sample(arbitraryOf(Outer))).toEqual(sample(arbitraryOf(Outer)));
  });

  it("shrink to a small one with the property that was looked for", () => {
    const result = fc.check(
      fc.property(arbitraryOf(Outer), ({ kind }) => kind === "none"),
      { seed: 1 },
    );
    expect(result.counterexample?.[0]).toMatchObject({ kind: "some", names: [], time: 0n });
  });
});
