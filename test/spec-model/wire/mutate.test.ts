import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { arbitraryOf } from "../../../spec-model/wire/arbitrary.ts";
import {
  bool,
  bounded,
  type Codec,
  closedEnum,
  DecodeError,
  type Mutation,
  opaque,
  openEnum,
  optional,
  rest,
  sequence,
  singleFaults,
  struct,
  text,
  uint16,
  v,
  vector,
} from "../../../spec-model/wire/index.ts";
import { octets } from "../octets.ts";

const Inner = struct("Inner", { name: text(v), flag: bool });
const Outer = struct("Outer", {
  inner: vector(Inner),
  numbers: vector(uint16),
  code: closedEnum("Code", 255, { a: 1 }),
});

function faults(codec: Codec<unknown>, bytes: Uint8Array): string[] {
  return singleFaults(codec, bytes).map(
    ({ fault, path, bytes: b }) => `${fault} ${path.join(".")} ${hex(b)}`,
  );
}

describe("single faults", () => {
  it("cut an encoding short at each octet, and say which part is incomplete first", () => {
    const truncated = faults(Outer as Codec<unknown>, octets("03 01 61 01 02 0007 01")).filter((f) =>
      f.startsWith("trunc"),
    );
    expect(truncated).toEqual([
      "truncated inner ",
      "truncated inner 03",
      "truncated inner 0301",
      "truncated inner 030161",
      "truncated numbers 03016101",
      "truncated numbers 0301610102",
      "truncated numbers 030161010200",
      "truncated code 03016101020007",
    ]);
  });

  it("go wrong in one place, and put the lengths around it right", () => {
    const all = faults(Outer as Codec<unknown>, octets("03 01 61 01 02 0007 01"));
    expect(all.filter((fault) => !fault.startsWith("truncated"))).toEqual([
      "trailing octet  030161010200070100",
      "length beyond the end inner bfffffff01610102000701",
      "length prefix with bits 11 inner c000000301610102000701",
      "length not in its shortest form inner 400301610102000701",
      "length not in its shortest form inner 8000000301610102000701",
      "length beyond the end inner.0.name 06bfffffff610102000701",
      "length prefix with bits 11 inner.0.name 06c0000001610102000701",
      "length not in its shortest form inner.0.name 044001610102000701",
      "length not in its shortest form inner.0.name 0680000001610102000701",
      "invalid UTF-8 inner.0.name 0301ff0102000701",
      "unknown value inner.0.flag 0301610202000701",
      "length beyond the end numbers 03016101bfffffff000701",
      "length prefix with bits 11 numbers 03016101c0000002000701",
      "length not in its shortest form numbers 030161014002000701",
      "length not in its shortest form numbers 0301610180000002000701",
      "length that is no multiple of the item's numbers 030161010300070001",
      "unknown value code 03016101020007ff",
    ]);
  });

  it("are none where the shorter or longer encoding is valid, too", () => {
    const Padded = struct("Padded", { a: uint16, padding: rest("opaque padding[n]") }) as Codec<unknown>;
    expect(faults(Padded, octets("0001 0000"))).toEqual(["truncated a ", "truncated a 00"]);
    const Items = sequence("Items", uint16) as Codec<unknown>;
    expect(faults(Items, octets("0001 0002"))).toEqual([
      "truncated  ",
      "truncated 0 00",
      "truncated 1 000100",
    ]);
  });

  it("give an option a presence octet of 2, and a text without octets a wrong one", () => {
    const Maybe = struct("Maybe", { a: optional(text(v)) }) as Codec<unknown>;
    expect(faults(Maybe, octets("00"))).toContain("presence octet 2 a 02");
    expect(faults(Maybe, octets("01 00"))).toContain("invalid UTF-8 a 0101ff");
  });

  it("give a registry that is selected on a number without a case", () => {
    const Open = struct("Open", { type: openEnum("Type", 1, { a: 1 }) }).select("type", { a: {} });
    expect(faults(Open as Codec<unknown>, octets("01"))).toContain("value without a case type ff");
    const Closed = struct("Closed", { type: openEnum("Type", 1, { a: 1 }) });
    expect(faults(Closed as Codec<unknown>, octets("01")).join()).not.toContain("without a case");
  });

  it("give a bounded length its maximum", () => {
    const Bounded = struct("Bounded", { a: opaque(bounded(0, 255)) }) as Codec<unknown>;
    expect(faults(Bounded, octets("01 aa"))).toContain("length beyond the end a ffaa");
  });

  it("refuse to start from an encoding that is faulty itself", () => {
    expect(() => singleFaults(Outer as Codec<unknown>, octets("05"))).toThrow(DecodeError);
  });

  it("are each found by the decoder, at their place", () => {
    fc.assert(
      fc.property(arbitraryOf(Outer), (value) => {
        for (const fault of singleFaults(Outer as Codec<unknown>, Outer.encode(value))) {
          expect(found(fault)).toEqual([...fault.path]);
        }
      }),
    );
  });
});

function found({ bytes }: Mutation): unknown {
  try {
    return Outer.decode(bytes);
  } catch (error) {
    return error instanceof DecodeError ? error.path : error;
  }
}
