/** Structures and selects, and where errors in them are reported. */
import { describe, expect, it } from "vitest";
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import {
  arm,
  type Codec,
  closedEnum,
  DecodeError,
  EncodeError,
  type Infer,
  opaque,
  openEnum,
  struct,
  uint8,
  uint16,
  v,
  vector,
} from "../../../spec-model/wire/index.ts";

const bytes = (digits: string) => fromHex(digits) ?? new Uint8Array(0);

const Kind = closedEnum("Kind", 255, { none: 0, number: 1, list: 2 });
const Item = struct("Item", { kind: Kind })
  .select("kind", { none: {}, number: { the_number: uint16 }, list: { items: vector(uint8) } })
  .followedBy({ end: uint8 });
const Outer = struct("Outer", { id: uint8, all_items: vector(Item) });

function refusal(codec: Codec<unknown>, digits: string): DecodeError {
  try {
    codec.decode(bytes(digits));
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error("no error");
}

describe("a structure", () => {
  it("writes its fields in their order and reads them under camelCase names", () => {
    const Pair = struct("Pair", { role_index: uint16, LeafNode_time: uint8 });
    expect(hex(Pair.encode({ roleIndex: 1, LeafNodeTime: 2 }))).toBe("000102");
    expect(Pair.decode(bytes("000102"))).toEqual({ roleIndex: 1, LeafNodeTime: 2 });
  });

  it("refuses octets behind it, by its name", () => {
    const error = refusal(Outer, "070000");
    expect(error.message).toBe("Outer: 1 trailing bytes at byte 2 (the value is complete)");
    expect(error.path).toEqual([]);
  });

  it("gives byte strings as views of the input", () => {
    const input = bytes("02aabb");
    expect(struct("S", { a: opaque(v) }).decode(input).a.buffer).toBe(input.buffer);
  });
});

describe("a select on a field of the same structure", () => {
  it("takes the fields of the case, then those behind it", () => {
    expect(Item.decode(bytes("01000509"))).toEqual({ kind: "number", theNumber: 5, end: 9 });
    expect(Item.decode(bytes("0009"))).toEqual({ kind: "none", end: 9 });
    expect(hex(Item.encode({ kind: "list", items: [1, 2], end: 3 }))).toBe("0202010203");
  });

  it("is a discriminated union in TypeScript", () => {
    const item: Infer<typeof Item> = { kind: "number", theNumber: 1, end: 0 };
    // @ts-expect-error a number has no items
    const wrong: Infer<typeof Item> = { kind: "number", items: [], end: 0 };
    expect([item.kind, wrong.kind]).toEqual(["number", "number"]);
  });

  it("refuses a value without a case, at the selecting field", () => {
    const Open = struct("Open", { type: openEnum("Type", 1, { a: 1 }) }).select("type", { a: { x: uint8 } });
    const error = refusal(Open, "05ff");
    expect(error.message).toBe("Open.type: 5 at byte 1 (one of the cases a)");
  });

  it("takes the other fields where no case fits and the draft has a default", () => {
    const Open = struct("Open", { type: openEnum("Type", 1, { a: 1 }) }).select(
      "type",
      { a: { x: uint8 } },
      { unknown: opaque(v) },
    );
    expect(Open.decode(bytes("0501aa"))).toEqual({ type: 5, unknown: bytes("aa") });
    expect(Open.decode(bytes("01aa"))).toEqual({ type: "a", x: 0xaa });
  });

  it("can hold a select of its own", () => {
    const Nested = struct("Nested", { version: closedEnum("Version", 255, { one: 1 }) }).select("version", {
      one: arm({ kind: Kind }).select("kind", { none: {}, number: { n: uint8 }, list: {} }),
    });
    expect(Nested.decode(bytes("010107"))).toEqual({ version: "one", kind: "number", n: 7 });
    expect(refusal(Nested, "0101").place).toBe("Nested.n");
  });
});

describe("a select on something around the structure", () => {
  const Inner = struct("Inner", { a: uint8 }).selectBy(
    "kind",
    (_, around) => (around as { kind?: string } | undefined)?.kind,
    { number: { n: uint8 }, list: { items: vector(uint8) } },
  );
  const Around = struct("Around", { kind: Kind, inner: Inner, inners: vector(Inner) });

  it("sees what has been read of the structure around it, also through a vector", () => {
    const value = { kind: "number" as const, inner: { a: 1, n: 2 }, inners: [{ a: 3, n: 4 }] };
    expect(hex(Around.encode(value))).toBe("010102020304");
    expect(Around.decode(bytes("010102020304"))).toEqual(value);
  });

  it("is refused where there is no case, or nothing around it", () => {
    expect(refusal(Around, "0001").message).toBe(
      "Around.inner.kind: none at byte 2 (one of the cases number, list)",
    );
    expect(refusal(Inner, "01").place).toBe("Inner.kind");
    expect(() => Inner.encode({ a: 1 })).toThrow(EncodeError);
  });
});

describe("errors", () => {
  it("name the structure, the way to the field, and the octet", () => {
    const error = refusal(Outer, "0707000101000502ff");
    expect(error.place).toBe("Outer.all_items[2].kind");
    expect(error.path).toEqual(["all_items", 2, "kind"]);
    expect(error.structure).toBe("Outer");
    expect(error.offset).toBe(8);
    expect(error.message).toBe(
      "Outer.all_items[2].kind: the value 255 at byte 8 (a Kind: none, number, list)",
    );
  });

  it("in values name the way, too", () => {
    const bad = { id: 1, allItems: [{ kind: "number" as const, theNumber: 70000, end: 0 }] };
    expect(() => Outer.encode(bad)).toThrow(
      "Outer.all_items[0].the_number: 70000 (an integer from 0 to 65535)",
    );
  });
});
