/** Values that are written again from the octets that they were read from. */
import { describe, expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { keptOctets, opaque, struct, uint8, v, vector } from "../../../spec-model/wire/index.ts";

const Inner = keptOctets(struct("Inner", { number: uint8, octets: opaque(v) }));
const Outer = struct("Outer", { before: uint8, inner: Inner, after: uint8 });
const octets = Uint8Array.of(1, 2, 2, 7, 8, 9);

describe("a type that keeps octets", () => {
  it("writes what it has read as it was", () => {
    const { inner } = Outer.decode(octets);
    expect(hex(Inner.encode(inner))).toBe("02020708");
    expect(hex(Outer.encode({ before: 5, inner, after: 6 }))).toBe("050202070806");
  });

  it("writes a copy with a change as any other value", () => {
    const { inner } = Outer.decode(octets);
    expect(hex(Inner.encode({ ...inner, number: 3 }))).toBe("03020708");
  });

  it("tells many values apart, also those that it has forgotten", () => {
    const all = vector(Inner);
    const many = Array.from({ length: 100 }, (_, i) => ({ number: i, octets: Uint8Array.of(i, i) }));
    const read = all.decode(all.encode(many));
    expect(read.map((inner) => hex(Inner.encode(inner)))).toEqual(
      many.map((inner) => hex(Inner.encode(inner))),
    );
  });

  it("keeps its name and what is said of it", () => {
    const noted = Inner.as("a meaning");
    expect(noted.shape).toBe(Inner.shape);
    expect(noted.notes.meaning).toBe("a meaning");
    expect(noted.decode(Uint8Array.of(1, 0)).number).toBe(1);
  });
});
