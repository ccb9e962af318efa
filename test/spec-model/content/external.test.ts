import { createDecipheriv, createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  type ExternalPart,
  inconsistenciesOf,
  openContent,
  publishContent,
  sealContent,
} from "../../../spec-model/content/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const content = fc.uint8Array({ maxLength: 100 });
const random = expandEntropy(new Uint8Array(32), "assets");

function partOf(protection: ReturnType<typeof sealContent>["protection"]): ExternalPart {
  return {
    disposition: "attachment",
    language: "",
    cardinality: "external",
    contentType: "video/mp4",
    url: "https://assets.a.example/1",
    expires: 0,
    description: "",
    filename: "",
    ...protection,
  };
}

describe("external content", () => {
  it("is encrypted with AES-128-GCM as another implementation decrypts it", () => {
    fc.assert(
      fc.property(content, (plain) => {
        const { uploaded, protection } = sealContent(plain, random);
        const decipher = createDecipheriv("aes-128-gcm", protection.key, protection.nonce);
        decipher.setAuthTag(uploaded.subarray(-16));
        const decrypted = Buffer.concat([decipher.update(uploaded.subarray(0, -16)), decipher.final()]);
        expect(decrypted.toString("hex")).toBe(hex(plain));
        expect(hex(protection.contentHash)).toBe(createHash("sha256").update(uploaded).digest("hex"));
      }),
    );
  });

  it("comes back from what was uploaded, encrypted or not, and is consistent", () => {
    fc.assert(
      fc.property(content, fc.boolean(), (plain, secret) => {
        const { uploaded, protection } = secret ? sealContent(plain, random) : publishContent(plain);
        expect(openContent(partOf(protection), uploaded, 0)).toEqual({ ok: true, content: plain });
        expect(inconsistenciesOf(partOf(protection))).toEqual([]);
      }),
    );
  });

  it("is refused where one bit was changed", () => {
    const { uploaded, protection } = sealContent(Uint8Array.of(1, 2, 3), random);
    for (let bit = 0; bit < uploaded.length * 8; bit++) {
      const changed = uploaded.map((octet, at) => (at === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
      expect(openContent(partOf(protection), changed, 0)).toEqual({ ok: false, problem: "wrongHash" });
      const unhashed = partOf({ ...protection, hashAlg: 0, contentHash: noBytes });
      expect(openContent(unhashed, changed, 0)).toEqual({ ok: false, problem: "notAuthentic" });
    }
  });

  it.each<[string, Partial<ExternalPart>, string]>([
    ["has expired", { expires: 10 }, "expired"],
    ["is of another size", { size: 5n }, "wrongSize"],
    ["has a hash of an unknown algorithm", { hashAlg: 200 }, "unsupportedHash"],
    ["has another hash", { contentHash: new Uint8Array(32) }, "wrongHash"],
    ["is encrypted with an unknown algorithm", { encAlg: 200 }, "unsupportedEncryption"],
    ["has a key of another length", { key: new Uint8Array(15) }, "wrongKeyOrNonceLength"],
    ["has a nonce of another length", { nonce: noBytes }, "wrongKeyOrNonceLength"],
    ["has another key", { key: new Uint8Array(16) }, "notAuthentic"],
    ["has other associated data", { aad: Uint8Array.of(1) }, "notAuthentic"],
  ])("is refused where it %s", (_, change, problem) => {
    const { uploaded, protection } = sealContent(Uint8Array.of(1, 2, 3), random);
    const part = { ...partOf(protection), ...change };
    expect(openContent(part, uploaded, 10_000)).toEqual({ ok: false, problem });
  });

  it("is refused, not thrown at, where it is shorter than an authentication tag", () => {
    const { protection } = sealContent(noBytes, random);
    const part = partOf({ ...protection, size: 0n, hashAlg: 0, contentHash: noBytes });
    expect(openContent(part, Uint8Array.of(1), 0)).toEqual({ ok: false, problem: "notAuthentic" });
  });

  it.each<[string, Partial<ExternalPart>]>([
    ["no encryption with a key", { encAlg: 0 }],
    ["a key of another length", { key: new Uint8Array(32) }],
    ["no hash algorithm with a hash", { hashAlg: 0 }],
    ["a hash of another length", { contentHash: new Uint8Array(31) }],
    ["an URL that is not fetched by HTTP", { url: "ftp://a.example/1" }],
  ])("contradicts itself with %s", (_, change) => {
    const { protection } = sealContent(noBytes, random);
    expect(inconsistenciesOf({ ...partOf(protection), ...change })).toHaveLength(1);
  });
});
