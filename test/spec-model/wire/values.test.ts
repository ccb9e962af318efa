/** Integers, enumerations, booleans, optional values and the types made from them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import {
  alias,
  bool,
  closedEnum,
  DecodeError,
  EncodeError,
  nameOf,
  opaque,
  openEnum,
  optional,
  rest,
  restricted,
  sequence,
  struct,
  text,
  uint8,
  uint16,
  uint24,
  uint32,
  uint64,
  v,
} from "../../../spec-model/wire/index.ts";

const bytes = (digits: string) => fromHex(digits) ?? new Uint8Array(0);

describe("integers", () => {
  it("are big-endian and take their octets", () => {
    expect(hex(uint8.encode(1))).toBe("01");
    expect(hex(uint16.encode(0x0102))).toBe("0102");
    expect(hex(uint24.encode(0x010203))).toBe("010203");
    expect(hex(uint32.encode(0xfffefdfc))).toBe("fffefdfc");
    expect(hex(uint64.encode(0xfffefdfc_00000001n))).toBe("fffefdfc00000001");
  });

  it("round-trip over their whole range", () => {
    fc.assert(fc.property(fc.nat(2 ** 24 - 1), (n) => uint24.decode(uint24.encode(n)) === n));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (n) => uint32.decode(uint32.encode(n)) === n),
    );
    fc.assert(fc.property(fc.bigInt(0n, (1n << 64n) - 1n), (n) => uint64.decode(uint64.encode(n)) === n));
  });

  it("have no encoding outside their range", () => {
    for (const value of [-1, 256, 1.5, Number.NaN]) expect(() => uint8.encode(value)).toThrow(EncodeError);
    expect(() => uint64.encode(1n << 64n)).toThrow(EncodeError);
    expect(() => uint64.encode(-1n)).toThrow(EncodeError);
  });
});

describe("a closed enumeration", () => {
  const Code = closedEnum("Code", 255, { reserved: 0, success: 1, failure: 2 });

  it("is written and read by name", () => {
    expect(hex(Code.encode("failure"))).toBe("02");
    expect(Code.decode(bytes("01"))).toBe("success");
  });

  it("is as wide as its maximum needs", () => {
    expect(closedEnum("Wide", 256, { a: 1 }).encode("a")).toHaveLength(2);
    expect(closedEnum("Wider", 65536, { a: 1 }).encode("a")).toHaveLength(4);
  });

  it("refuses numbers without a name", () => {
    expect(() => Code.decode(bytes("03"))).toThrow("the value 3 at byte 0 (a Code: success, failure)");
  });

  it("refuses what its draft calls reserved, both ways", () => {
    expect(() => Code.decode(bytes("00"))).toThrow(DecodeError);
    expect(() => Code.encode("reserved" as "success")).toThrow(EncodeError);
  });
});

describe("an open enumeration", () => {
  const Registry = openEnum("Registry", 2, { one: 1 });

  it("keeps numbers without a name", () => {
    expect(Registry.decode(bytes("0102"))).toBe(0x0102);
    expect(hex(Registry.encode(0x0102))).toBe("0102");
  });

  it("has one form for a value: a number that has a name is written by it", () => {
    expect(Registry.decode(bytes("0001"))).toBe("one");
    expect(() => Registry.encode(1)).toThrow(EncodeError);
  });

  it("has no encoding for numbers that do not fit", () => {
    expect(() => Registry.encode(65536)).toThrow(EncodeError);
  });
});

describe("bool", () => {
  it("is one octet, 0 or 1", () => {
    expect(hex(bool.encode(true))).toBe("01");
    expect(bool.decode(bytes("00"))).toBe(false);
  });

  it("refuses other octets and other values", () => {
    expect(() => bool.decode(bytes("02"))).toThrow("the value 2 at byte 0 (false (0) or true (1))");
    expect(() => bool.encode(1 as unknown as boolean)).toThrow(EncodeError);
  });
});

describe("optional values", () => {
  it("have a presence octet", () => {
    expect(hex(optional(uint8).encode(undefined))).toBe("00");
    expect(hex(optional(uint8).encode(7))).toBe("0107");
    expect(optional(uint8).decode(bytes("00"))).toBeUndefined();
  });

  it("are refused where it is neither 0 nor 1", () => {
    expect(() => optional(uint8).decode(bytes("0207"))).toThrow("presence octet 2 at byte 0");
  });
});

describe("a type under another name", () => {
  it("is the same type, and errors name it", () => {
    const Name = alias("Name", opaque(v));
    expect(hex(Name.encode(bytes("aa")))).toBe("01aa");
    expect(nameOf(Name.shape)).toBe("Name");
    expect(() => Name.decode(bytes("01aabb"))).toThrow("Name: 1 trailing bytes at byte 2");
  });
});

describe("a restricted type", () => {
  const Even = restricted(uint8, "an even number", (n) => n % 2 === 0);

  it("has the values that its rule allows", () => {
    expect(Even.decode(Even.encode(4))).toBe(4);
  });

  it("refuses others, both ways, with its rule", () => {
    expect(() => Even.decode(bytes("03"))).toThrow("(an even number)");
    expect(() => Even.encode(3)).toThrow("(an even number)");
  });
});

describe("a sequence", () => {
  const Items = sequence("Items", struct("Item", { a: text(v) }));

  it("goes on to the end of the input", () => {
    expect(Items.decode(bytes("01610162"))).toEqual([{ a: "a" }, { a: "b" }]);
    expect(hex(Items.encode([{ a: "a" }]))).toBe("0161");
  });

  it("has at least one item, both ways", () => {
    expect(() => Items.decode(bytes(""))).toThrow("Items: nothing at byte 0 (at least one item)");
    expect(() => Items.encode([])).toThrow(EncodeError);
  });

  it("says in which item an error is", () => {
    expect(() => Items.decode(bytes("016101"))).toThrow("[1].a");
  });
});

describe("the rest", () => {
  it("is all octets that are left", () => {
    expect(hex(rest("opaque padding[n]").decode(bytes("0000")))).toBe("0000");
    expect(rest("opaque padding[n]").decode(bytes(""))).toHaveLength(0);
  });
});
