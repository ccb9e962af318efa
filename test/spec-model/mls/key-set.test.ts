/** Comparing a few keys with many. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { fewKeys } from "../../../spec-model/mls/key-set.ts";

/** Short keys over few octets, so that equal ones and equal ends are frequent. */
const key = fc.uint8Array({ maxLength: 4, max: 2 });

describe("a few keys", () => {
  it("have a key where one of them has its octets", () => {
    fc.assert(
      fc.property(fc.array(key), key, (keys, other) => {
        const names = keys.map(hex);
        expect(fewKeys(keys).has(other)).toBe(names.includes(hex(other)));
      }),
    );
  });

  it("have one twice where two have the same octets", () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 6 }), (keys) => {
        expect(fewKeys(keys).anyTwice).toBe(new Set(keys.map(hex)).size < keys.length);
      }),
    );
  });
});
