/** Our cryptography in the hands of ts-mls: it agrees with ts-mls's own, and draws nothing but what it is given. */
import fc from "fast-check";
import {
  type CiphersuiteImpl,
  type CiphersuiteName,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
} from "ts-mls";
import { beforeAll, describe, expect, it } from "vitest";
import { tsMlsSuite } from "../../../../simulator/seats/ts-mls/suite.ts";
import { utf8 } from "../../../../spec-model/bytes.ts";
import { cipherSuite } from "../../../../spec-model/mls/index.ts";
import { randomness } from "./room-with-seat.ts";

const [info, aad, plaintext] = [utf8("info"), utf8("aad"), utf8("plaintext")];
const ours = (purpose = "suite") => tsMlsSuite(1, randomness(purpose));
let theirs: CiphersuiteImpl;

beforeAll(async () => {
  theirs = await getCiphersuiteImpl(getCiphersuiteFromName(cipherSuite(1).name as CiphersuiteName));
});

describe("our suite and ts-mls's own", () => {
  it("hash, authenticate and derive alike", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array(),
        async (key, data) => {
          expect(await ours().hash.digest(data)).toEqual(new Uint8Array(await theirs.hash.digest(data)));
          const mac = await ours().hash.mac(key, data);
          expect(mac).toEqual(new Uint8Array(await theirs.hash.mac(key, data)));
          expect(await ours().hash.verifyMac(key, mac, data)).toBe(true);
          const extracted = await ours().kdf.extract(key, data);
          expect(extracted).toEqual(new Uint8Array(await theirs.kdf.extract(key, data)));
          expect(await ours().kdf.expand(key, data, 50)).toEqual(
            new Uint8Array(await theirs.kdf.expand(key, data, 50)),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("read what the other has encrypted to a derived key", async () => {
    const seed = randomness("key").bytes(32);
    const [mine, other] = [await ours().hpke.deriveKeyPair(seed), await theirs.hpke.deriveKeyPair(seed)];
    const { enc, ct } = await ours().hpke.seal(mine.publicKey, plaintext, info, aad);
    expect(new Uint8Array(await theirs.hpke.open(other.privateKey, enc, ct, info, aad))).toEqual(plaintext);
    const back = await theirs.hpke.seal(other.publicKey, plaintext, info, aad);
    expect(await ours().hpke.open(mine.privateKey, back.enc, back.ct, info, aad)).toEqual(plaintext);
  });

  it("import the secret that the other has exported", async () => {
    const seed = randomness("key").bytes(32);
    const [mine, other] = [await ours().hpke.deriveKeyPair(seed), await theirs.hpke.deriveKeyPair(seed)];
    const { enc, secret } = await ours().hpke.exportSecret(mine.publicKey, aad, 32, info);
    const imported = await theirs.hpke.importSecret(other.privateKey, aad, enc, 32, info);
    expect(new Uint8Array(imported)).toEqual(secret);
    const back = await theirs.hpke.exportSecret(other.publicKey, aad, 32, info);
    const secretOfOther = new Uint8Array(back.secret);
    expect(await ours().hpke.importSecret(mine.privateKey, aad, back.enc, 32, info)).toEqual(secretOfOther);
  });

  it("encrypt alike under a key and a nonce, and verify each other's signatures", async () => {
    const [key, nonce] = [randomness("key").bytes(16), randomness("nonce").bytes(12)];
    const sealed = await ours().hpke.encryptAead(key, nonce, aad, plaintext);
    expect(sealed).toEqual(new Uint8Array(await theirs.hpke.encryptAead(key, nonce, aad, plaintext)));
    const { signKey, publicKey } = await ours().signature.keygen();
    const signature = await ours().signature.sign(signKey, plaintext);
    expect(await theirs.signature.verify(publicKey, plaintext, signature)).toBe(true);
    const own = await theirs.signature.keygen();
    const foreign = await theirs.signature.sign(own.signKey, plaintext);
    expect(await ours().signature.verify(own.publicKey, plaintext, new Uint8Array(foreign))).toBe(true);
  });
});

describe("our suite for ts-mls", () => {
  it("throws where something does not decrypt, as ts-mls expects", async () => {
    const suite = ours();
    const { publicKey, privateKey } = await suite.hpke.generateKeyPair();
    const { enc, ct } = await suite.hpke.seal(publicKey, plaintext, info);
    await expect(suite.hpke.open(privateKey, enc, ct, aad)).rejects.toThrow("HPKE open failed");
    const key = randomness("key").bytes(16);
    await expect(suite.hpke.decryptAead(key, key.subarray(4), aad, ct)).rejects.toThrow("AEAD open failed");
  });

  it("gives the same octets for the same randomness, whatever order things are encrypted in", async () => {
    const encrypt = async (order: readonly number[]) => {
      const suite = ours();
      const { publicKey } = await suite.hpke.generateKeyPair();
      const sealed = order.map(
        async (n) => [n, await suite.hpke.seal(publicKey, Uint8Array.of(n), info)] as const,
      );
      return new Map(await Promise.all(sealed));
    };
    const [forwards, backwards] = [await encrypt([1, 2, 3]), await encrypt([3, 2, 1])];
    for (const n of [1, 2, 3]) expect(backwards.get(n)).toEqual(forwards.get(n));
    expect(forwards.get(1)?.enc).not.toEqual(forwards.get(2)?.enc);
  });
});
