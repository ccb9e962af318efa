/** DER, strictly: what is read, and everything that is refused because there is another way to write it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, utf8 } from "../../../spec-model/bytes.ts";
import { type Der, DerReader, inside, onlyValue, tags } from "../../../spec-model/credentials/der.ts";
import {
  defaultFalse,
  namedBits,
  objectIdentifier,
  octetsOfBits,
  smallInteger,
  time,
} from "../../../spec-model/credentials/der-values.ts";
import { CredentialError } from "../../../spec-model/credentials/index.ts";

const octets = (text: string) => fromHex(text.replaceAll(" ", "")) ?? new Uint8Array();
const value = (text: string): Der => new DerReader(octets(text)).any("it");
const refusal = (read: () => unknown) => {
  try {
    read();
    return "accepted";
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    expect(error.code).toBe("malformed");
    return error.message;
  }
};

describe("a reader of DER", () => {
  it("gives the values one after the other, and what is inside them", () => {
    const sequence = onlyValue(octets("30 05 02 01 07 05 00"), tags.sequence, "it");
    const reader = inside(sequence);
    expect(smallInteger(reader.next(tags.integer, "a number"))).toBe(7);
    expect(reader.optional(tags.boolean, "nothing")).toBeUndefined();
    expect(reader.any("a null")).toMatchObject({ tag: 5, offset: 7 });
    expect(reader.isAtEnd()).toBe(true);
  });

  it.each([
    ["nothing", "", "cut off"],
    ["a tag alone", "30", "cut off"],
    ["fewer octets than announced", "30 05 02 01", "ends before its 5 octets"],
    ["four gigabytes announced", "30 84 ff ff ff ff", "ends before its 4294967295 octets"],
    ["the indefinite length", "30 80 00 00", "a form that certificates do not need"],
    ["a length of five octets", "30 85 00 00 00 00 01 00", "a form that certificates do not need"],
    ["a short length in the long form", "30 81 01 00", "longer than needed"],
    ["a long length with a zero in front", "30 82 00 80", "longer than needed"],
    ["a tag of several octets", "3f 81 00 00", "more than one octet"],
  ])("refuses %s", (_, text, says) => {
    expect(refusal(() => value(text))).toContain(says);
  });

  it("refuses another tag, and says what was to be there and where", () => {
    const says = refusal(() => new DerReader(octets("04 00"), 100).next(tags.integer, "the number"));
    expect(says).toContain("there is tag 0x04 where the number should be, at octet 100");
  });

  it("refuses something behind the end", () => {
    expect(refusal(() => onlyValue(octets("02 01 01 00"), tags.integer, "it"))).toContain("behind its end");
  });

  it("gives back all octets of what it reads, for any contents", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (contents) => {
        const { length } = contents;
        const head =
          length < 128 ? [4, length] : length < 256 ? [4, 0x81, length] : [4, 0x82, 1, length - 256];
        const whole = Uint8Array.from([...head, ...contents]);
        expect(onlyValue(whole, tags.octetString, "it")).toMatchObject({ contents, encoded: whole });
      }),
    );
  });
});

describe("primitive values in DER", () => {
  it.each([
    ["06 03 2b 65 70", "1.3.101.112"],
    ["06 08 2a 86 48 ce 3d 04 03 02", "1.2.840.10045.4.3.2"],
    ["06 03 55 1d 11", "2.5.29.17"],
    ["06 03 88 37 03", "2.999.3"],
  ])("the object identifier %s is %s", (text, name) => {
    expect(objectIdentifier(value(text))).toBe(name);
  });

  it.each([
    ["an empty object identifier", "06 00"],
    ["a padded arc", "06 03 2b 80 01"],
    ["an arc that is cut off", "06 02 2b 86"],
    ["an arc without end", "06 09 ff ff ff ff ff ff ff ff 7f"],
  ])("refuses %s", (_, text) => {
    expect(refusal(() => objectIdentifier(value(text)))).toContain("object identifier");
  });

  it.each([
    ["no octets", "02 00"],
    ["a negative number", "02 01 80"],
    ["a padded number", "02 02 00 01"],
    ["a padded negative number", "02 02 ff 80"],
    ["a large number", "02 05 01 00 00 00 00"],
  ])("refuses as a small integer: %s", (_, text) => {
    expect(refusal(() => smallInteger(value(text)))).toContain("integer");
  });

  it("reads the integers that fit", () => {
    expect(["02 01 00", "02 02 00 80", "02 04 7f ff ff ff"].map((text) => smallInteger(value(text)))).toEqual(
      [0, 128, 2147483647],
    );
  });

  it("takes no BOOLEAN but TRUE, and its absence for FALSE", () => {
    expect(defaultFalse(undefined)).toBe(false);
    expect(defaultFalse(value("01 01 ff"))).toBe(true);
    for (const text of ["01 01 00", "01 01 01", "01 00"]) {
      expect(refusal(() => defaultFalse(value(text)))).toContain("BOOLEAN");
    }
  });

  it("reads named bits, without padding", () => {
    expect(namedBits(value("03 02 07 80"))).toEqual(new Set([0]));
    expect(namedBits(value("03 02 01 06"))).toEqual(new Set([5, 6]));
    expect(namedBits(value("03 03 07 00 80"))).toEqual(new Set([8]));
    expect(namedBits(value("03 01 00"))).toEqual(new Set());
    for (const text of ["03 00", "03 01 01", "03 02 00 80", "03 02 06 c1", "03 02 08 80", "03 02 00 00"]) {
      expect(
        refusal(() => namedBits(value(text))),
        text,
      ).toContain("bit list");
    }
  });

  it("reads bit strings of whole octets only", () => {
    expect(octetsOfBits(value("03 03 00 01 02"))).toEqual(Uint8Array.of(1, 2));
    for (const text of ["03 00", "03 02 01 02"]) {
      expect(refusal(() => octetsOfBits(value(text)))).toContain("octets");
    }
  });
});

describe("times in certificates", () => {
  const timeOf = (text: string, tag: number = tags.utcTime) =>
    time({ tag, contents: utf8(text), encoded: utf8(text), offset: 0 });

  it("are those of Date, from 1950 to 9999", () => {
    const first = Date.UTC(1950, 0) / 1000;
    const last = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (seconds) => {
        const digits = new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.000/g, "");
        const isEarly = digits < "2050";
        const text = isEarly ? digits.slice(2) : digits;
        expect(timeOf(text, isEarly ? tags.utcTime : tags.generalizedTime)).toBe(BigInt(seconds));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["no seconds", "2601010000Z"],
    ["another zone", "260101000000+0100"],
    ["month 13", "261301000000Z"],
    ["day 0", "260100000000Z"],
    ["February 29 of a common year", "260229000000Z"],
    ["hour 24", "260101240000Z"],
    ["minute 60", "260101006000Z"],
    ["a leap second", "261231235960Z"],
    ["no digits", "26010100000\u0660Z"],
  ])("refuse %s", (_, text) => {
    expect(refusal(() => timeOf(text))).toContain("a time");
  });

  it("have February 29 in leap years, the years of 400 included", () => {
    expect(timeOf("280229000000Z")).toBe(BigInt(Date.UTC(2028, 1, 29) / 1000));
    expect(timeOf("20960229000000Z", tags.generalizedTime)).toBe(BigInt(Date.UTC(2096, 1, 29) / 1000));
    expect(refusal(() => timeOf("21000229000000Z", tags.generalizedTime))).toContain("a time that is none");
  });

  it("are UTCTime until 2049", () => {
    expect(refusal(() => timeOf("20490101000000Z", tags.generalizedTime))).toContain("before 2050");
  });
});
