import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, hex, utf8 } from "../../../../spec-model/bytes.ts";
import { fingerprint, longFingerprint } from "../../../../spec-model/mls/symbolic/fingerprint.ts";

const part = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.nat());

describe("a fingerprint", () => {
  it("is the same on every machine", () => {
    expect(hex(fingerprint("hash", utf8("MIMI")))).toBe("3ed1e383102d6532198b62df46348701");
    expect(hex(longFingerprint("mac", utf8("key"), utf8("data"), 7))).toBe(
      "9fc4ad5e063bd66144b895a215ac6e9cb3288981a2d46298de04c3c185caff3d",
    );
  });

  it("differs for different lists of parts, however they are cut", () => {
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(hex(fingerprint("hash", ...one)) === hex(fingerprint("hash", ...other))).toBe(same);
      }),
    );
    const [a, b] = [utf8("ab"), utf8("c")];
    expect(hex(fingerprint("hash", a, b))).not.toBe(hex(fingerprint("hash", concat(a, b))));
    expect(hex(fingerprint("hash", new Uint8Array(15)))).not.toBe(
      hex(fingerprint("hash", new Uint8Array(16))),
    );
  });

  it("differs for different purposes", () => {
    expect(hex(fingerprint("joiner", utf8("x")))).not.toBe(hex(fingerprint("epoch", utf8("x"))));
  });

  it("changes in about half of its bits when one bit of the input does", () => {
    let changed = 0;
    let pairs = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (octets, place) => {
        const bit = place % (8 * octets.length);
        const other = octets.map((octet, i) => (i === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
        const [one, two] = [fingerprint("hash", octets), fingerprint("hash", other)];
        one.forEach((octet, i) => {
          changed += (octet ^ (two[i] ?? 0)).toString(2).replaceAll("0", "").length;
        });
        pairs++;
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(changed / pairs).toBeGreaterThan(62);
    expect(changed / pairs).toBeLessThan(66);
  });

  it("does not meet another one among a hundred thousand", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i++) seen.add(hex(fingerprint("hash", i)));
    expect(seen.size).toBe(100_000);
  });
});
