import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import {
  bounded,
  type Codec,
  DecodeError,
  EncodeError,
  exactly,
  opaque,
  text,
  uint8,
  uint16,
  v,
  vector,
} from "../../../spec-model/wire/index.ts";

const bytes = (digits: string) => fromHex(digits) ?? new Uint8Array(0);
const refusal = (codec: Codec<unknown>, digits: string) => {
  try {
    codec.decode(bytes(digits));
  } catch (error) {
    if (error instanceof DecodeError) return { offset: error.offset, found: error.found };
    throw error;
  }
  return undefined;
};

describe("variable-size vectors (RFC 9420 §2.1.2)", () => {
  it("have a length of one octet below 64", () => {
    expect(hex(opaque(v).encode(bytes("aabb")))).toBe("02aabb");
    expect(hex(opaque(v).encode(new Uint8Array(63))).slice(0, 2)).toBe("3f");
  });

  it("have a length of two octets from 64 on", () => {
    expect(hex(opaque(v).encode(new Uint8Array(64))).slice(0, 4)).toBe("4040");
    expect(hex(opaque(v).encode(new Uint8Array(16383))).slice(0, 4)).toBe("7fff");
  });

  it("have a length of four octets from 16384 on", () => {
    expect(hex(opaque(v).encode(new Uint8Array(16384))).slice(0, 8)).toBe("80004000");
  });

  it("are refused where the length is not in its shortest form", () => {
    expect(refusal(opaque(v), "4001aa")).toEqual({ offset: 0, found: "length 1 in 2 octets" });
    expect(refusal(opaque(v), "80000001aa")).toEqual({ offset: 0, found: "length 1 in 4 octets" });
  });

  it("are refused where the length begins with bits 11", () => {
    expect(refusal(opaque(v), "c0000001aa")).toEqual({
      offset: 0,
      found: "a length prefix that starts with bits 11",
    });
  });

  it("are refused where the length goes beyond the end, before anything is read", () => {
    expect(refusal(opaque(v), "bfffffff")).toEqual({ offset: 0, found: "a length of 1073741823 bytes" });
  });

  it("round-trip at every length", () => {
    const lengths = fc.oneof(fc.nat(200), fc.constantFrom(16382, 16383, 16384, 16385, 70000));
    fc.assert(
      fc.property(lengths, (length) => {
        expect(opaque(v).decode(opaque(v).encode(new Uint8Array(length)))).toHaveLength(length);
      }),
    );
  });
});

describe("vectors with bounds (RFC 8446 §3.4)", () => {
  const some = vector(uint16, bounded(2, 6));

  it("have a length as wide as their maximum needs", () => {
    expect(hex(some.encode([1]))).toBe("020001");
    expect(hex(opaque(bounded(0, 65535)).encode(bytes("aa")))).toBe("0001aa");
    expect(hex(opaque(bounded(0, 2 ** 24 - 1)).encode(bytes("aa")))).toBe("000001aa");
    expect(hex(opaque(bounded(0, 2 ** 32 - 1)).encode(bytes("aa")))).toBe("00000001aa");
  });

  it("are refused outside their bounds, both ways", () => {
    expect(refusal(some, "00")).toEqual({ offset: 0, found: "a length of 0 bytes" });
    expect(refusal(some, "080001000200030004")).toEqual({ offset: 0, found: "a length of 8 bytes" });
    expect(() => some.encode([])).toThrow(EncodeError);
    expect(() => some.encode([1, 2, 3, 4])).toThrow(EncodeError);
  });

  it("are refused where the length goes beyond the end", () => {
    expect(refusal(some, "060001")).toEqual({ offset: 0, found: "a length of 6 bytes" });
  });
});

describe("fixed-size vectors", () => {
  it("have no length on the wire", () => {
    expect(hex(opaque(exactly(2)).encode(bytes("aabb")))).toBe("aabb");
    expect(hex(vector(uint8, exactly(3)).encode([1, 2, 3]))).toBe("010203");
  });

  it("take exactly their octets, both ways", () => {
    expect(() => opaque(exactly(2)).encode(bytes("aa"))).toThrow(EncodeError);
    expect(refusal(opaque(exactly(2)), "aa")?.offset).toBe(0);
    expect(refusal(opaque(exactly(2)), "aabbcc")).toEqual({ offset: 2, found: "1 trailing bytes" });
  });
});

describe("vectors of items", () => {
  it("are refused where the length is no multiple of the item's size", () => {
    expect(refusal(vector(uint16), "03000100")).toEqual({ offset: 0, found: "a length of 3 bytes" });
  });

  it("do not let an item read beyond them", () => {
    expect(refusal(vector(opaque(v)), "0205aaaaaaaaaa")?.offset).toBe(1);
  });

  it("hold any number of items of any size", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 })), (items) => {
        expect(vector(opaque(v)).decode(vector(opaque(v)).encode(items))).toEqual(items);
      }),
    );
  });
});

describe("text", () => {
  it("is UTF-8 with a length in octets", () => {
    expect(hex(text(v).encode("é"))).toBe("02c3a9");
    expect(text(v).decode(bytes("02c3a9"))).toBe("é");
  });

  it("keeps a byte order mark", () => {
    expect(text(v).decode(bytes("03efbbbf"))).toBe("\ufeff");
  });

  it("is refused where it is not UTF-8, at its first octet", () => {
    for (const digits of ["01ff", "02c3", "02c0af", "03eda080"]) {
      const at = digits === "02c3" ? 0 : 1;
      expect(refusal(text(v), digits)?.offset, digits).toBe(at);
    }
  });

  it("has no encoding with a lone surrogate", () => {
    expect(() => text(v).encode("\ud800")).toThrow(EncodeError);
  });

  it("round-trips whatever well-formed string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(text(v).decode(text(v).encode(value))).toBe(value);
      }),
    );
  });
});
