import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, noBytes } from "../../../../spec-model/bytes.ts";
import { cipherSuite, cipherSuiteIds, sameEntropyFor } from "../../../../spec-model/mls/crypto/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const few = { numRuns: 15 };

describe.each(cipherSuiteIds)("cipher suite %i over both providers", (id) => {
  const node = cipherSuite(id, "node");
  const portable = cipherSuite(id, "portable");

  it("hashes and derives the same", () => {
    fc.assert(
      fc.property(bytes(200), bytes(80), fc.integer({ min: 0, max: 100 }), (key, data, length) => {
        expect(hex(node.hash(data))).toBe(hex(portable.hash(data)));
        expect(hex(node.mac(key, data))).toBe(hex(portable.mac(key, data)));
        expect(hex(node.kdf.extract(key, data))).toBe(hex(portable.kdf.extract(key, data)));
        expect(hex(node.kdf.expand(key, data, length))).toBe(hex(portable.kdf.expand(key, data, length)));
      }),
    );
  });

  it("tells the same digest from every other one", () => {
    fc.assert(
      fc.property(secret, fc.nat(31), fc.integer({ min: 1, max: 255 }), (digest, at, difference) => {
        const other = digest.map((octet, i) => (i === at ? octet ^ difference : octet));
        for (const suite of [node, portable]) {
          expect(suite.sameDigest(digest, digest.slice())).toBe(true);
          expect(suite.sameDigest(digest, other)).toBe(false);
          expect(suite.sameDigest(digest, digest.subarray(0, at))).toBe(false);
          expect(suite.sameDigest(digest.subarray(0, at), digest)).toBe(false);
        }
      }),
    );
  });

  it("encrypts the same, opens what the other encrypted and nothing that was changed", () => {
    fc.assert(
      fc.property(secret, bytes(100), bytes(100), fc.nat(), (key, aad, plaintext, at) => {
        const short = key.subarray(0, node.aead.keyLength);
        const nonce = key.subarray(0, node.aead.nonceLength);
        const sealed = node.aead.seal(short, nonce, aad, plaintext);
        expect(hex(portable.aead.seal(short, nonce, aad, plaintext))).toBe(hex(sealed));
        const changed = sealed.map((octet, i) => (i === at % sealed.length ? octet ^ 1 : octet));
        for (const suite of [node, portable]) {
          expect(hex(suite.aead.open(short, nonce, aad, sealed) ?? Uint8Array.of(1, 2))).toBe(hex(plaintext));
          expect(suite.aead.open(short, nonce, aad, changed)).toBeUndefined();
          expect(suite.aead.open(short, nonce, aad, sealed.subarray(0, 10))).toBeUndefined();
        }
      }),
    );
  });

  it("signs the same and agrees on every signature", () => {
    fc.assert(
      fc.property(secret, bytes(60), fc.nat(), (entropy, message, at) => {
        const keys = node.signature.generateKeyPair(expandEntropy(entropy, "sign"));
        expect(portable.signature.generateKeyPair(expandEntropy(entropy, "sign"))).toEqual(keys);
        const signature = node.signature.sign(keys.privateKey, message);
        expect(hex(portable.signature.sign(keys.privateKey, message))).toBe(hex(signature));
        const changed = signature.map((octet, i) => (i === at % signature.length ? octet ^ 1 : octet));
        for (const suite of [node, portable]) {
          expect(suite.signature.verify(keys.publicKey, message, signature)).toBe(true);
          expect(suite.signature.verify(keys.publicKey, message, changed)).toBe(false);
          expect(suite.signature.verify(keys.publicKey.subarray(1), message, signature)).toBe(false);
        }
      }),
      few,
    );
  });

  it("seals the same with HPKE and opens what the other sealed", () => {
    fc.assert(
      fc.property(secret, bytes(60), bytes(60), bytes(60), (entropy, info, aad, plaintext) => {
        const recipient = node.hpke.generateKeyPair(expandEntropy(entropy, "recipient"));
        expect(portable.hpke.generateKeyPair(expandEntropy(entropy, "recipient"))).toEqual(recipient);
        const { publicKey, privateKey } = recipient;
        const sealed = node.hpke.seal(publicKey, info, aad, plaintext, expandEntropy(entropy, "seal"));
        if (sealed === undefined) throw new Error("a good key was refused");
        expect(portable.hpke.seal(publicKey, info, aad, plaintext, expandEntropy(entropy, "seal"))).toEqual(
          sealed,
        );
        expect(hex(node.hpke.open(privateKey, info, aad, sealed) ?? Uint8Array.of(1))).toBe(hex(plaintext));
        expect(hex(portable.hpke.open(privateKey, info, aad, sealed) ?? Uint8Array.of(1))).toBe(
          hex(plaintext),
        );
      }),
      few,
    );
  });

  it("exports and imports the same HPKE secret", () => {
    fc.assert(
      fc.property(secret, bytes(40), bytes(40), (entropy, info, context) => {
        const { publicKey, privateKey } = node.hpke.generateKeyPair(expandEntropy(entropy, "recipient"));
        const exported = portable.hpke.exportSecret(
          publicKey,
          info,
          context,
          32,
          expandEntropy(entropy, "x"),
        );
        if (exported === undefined) throw new Error("a good key was refused");
        const imported = node.hpke.importSecret(privateKey, exported.kemOutput, info, context, 32);
        expect(hex(imported ?? noBytes)).toBe(hex(exported.secret));
      }),
      few,
    );
  });

  it("refuses public keys of a wrong length or of low order", () => {
    const random = expandEntropy(noBytes, "bad keys");
    const good = node.hpke.generateKeyPair(random);
    for (const suite of [node, portable]) {
      for (const bad of [noBytes, good.publicKey.subarray(1), new Uint8Array(good.publicKey.length)]) {
        expect(suite.hpke.seal(bad, noBytes, noBytes, noBytes, random)).toBeUndefined();
        const sealed = { kemOutput: bad, ciphertext: new Uint8Array(16) };
        expect(suite.hpke.open(good.privateKey, noBytes, noBytes, sealed)).toBeUndefined();
      }
    }
  });

  it("seals each ciphertext of a message independently of the order", () => {
    const random = expandEntropy(noBytes, "order");
    const [a, b] = [node.hpke.generateKeyPair(random), node.hpke.generateKeyPair(random)];
    const entropy = sameEntropyFor(random);
    const seal = (key: Uint8Array) => node.hpke.seal(key, noBytes, noBytes, noBytes, entropy);
    const [firstA, firstB] = [seal(a.publicKey), seal(b.publicKey)];
    expect([seal(b.publicKey), seal(a.publicKey)]).toEqual([firstB, firstA]);
    expect(firstA).not.toEqual(firstB);
  });
});
