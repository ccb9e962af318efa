import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../spec-model/bytes.ts";
import { blockLength, shortHmacSha256, shortSha256 } from "../../spec-model/short-sha256.ts";

describe("SHA-256 in plain JavaScript", () => {
  it("gives the hash of FIPS 180-4's one-block example", () => {
    expect(hex(shortSha256(utf8("abc")))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it("gives what another implementation gives, for every length around the ends of blocks", () => {
    for (let length = 0; length < 4 * blockLength; length++) {
      const data = Uint8Array.from({ length }, (_, i) => i + length);
      expect(shortSha256(data)).toEqual(sha256(data));
    }
  });

  it("gives what another implementation gives, for any octets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), (data) => {
        expect(shortSha256(data)).toEqual(sha256(data));
      }),
    );
  });
});

describe("HMAC-SHA256 in plain JavaScript", () => {
  it("gives what another implementation gives, for any key of up to a block and any octets", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: blockLength }),
        fc.uint8Array({ maxLength: 400 }),
        (key, data) => {
          expect(shortHmacSha256(key, data)).toEqual(hmac(sha256, key, data));
        },
      ),
    );
  });

  it("does not take a key for another one that was in the same array", () => {
    const key = Uint8Array.of(1, 2, 3);
    const data = utf8("data");
    const before = shortHmacSha256(key, data);
    key[0] = 9;
    expect(shortHmacSha256(key, data)).toEqual(hmac(sha256, key, data));
    key[0] = 1;
    expect(shortHmacSha256(key, data)).toEqual(before);
  });

  it("gives the same under many keys in turns", () => {
    const keys = Array.from({ length: 20 }, (_, i) => Uint8Array.of(i));
    const data = utf8("data");
    for (const key of [...keys, ...keys.toReversed(), ...keys]) {
      expect(shortHmacSha256(key, data)).toEqual(hmac(sha256, key, data));
    }
  });
});
