/** The vectors on credentials, read again with node:crypto and another library of certificates. */
import "reflect-metadata";
import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import { isNegative, type JsonObject } from "../../vectors/format/case.ts";
import { problemsOf } from "../../vectors/mutants/credential-problems.ts";
import { type LoadedCase, loadFile, vectorsFolder } from "../../vectors/verify/index.ts";
import { octets, opaqueAt } from "./by-hand.ts";

const all = loadFile(join(vectorsFolder, "identity-05/crypto/credentials.json")).cases;
const right = all.filter((each) => !isNegative(each));
const typeOf = ({ input }: LoadedCase) => octets(input["credential"]).readUInt16BE(0);
const instant = ({ input }: LoadedCase) => Number(input["now"]) * 1000;

/** The certificates in a credential of type 2. RFC 9420 §5.3 */
function chainIn(credential: unknown): Buffer[] {
  const certificates: Buffer[] = [];
  for (let [list] = opaqueAt(octets(credential).subarray(2)); list.length > 0; ) {
    const [certificate, rest] = opaqueAt(list);
    certificates.push(certificate);
    list = rest;
  }
  return certificates;
}

function anchorsOf({ input }: LoadedCase): X509Certificate[] {
  return (input["anchors"] as readonly JsonObject[]).map(
    ({ certificate }) => new X509Certificate(octets(certificate)),
  );
}

describe("chains of certificates that authenticate somebody", () => {
  const chains = right.filter((each) => typeOf(each) === 2);

  it("lead from one to the next and to a trusted one, by names and signatures, as OpenSSL has it", () => {
    expect(chains.length).toBeGreaterThan(20);
    for (const each of chains) {
      const read = chainIn(each.input["credential"]).map((der) => new X509Certificate(der));
      const last = read.at(-1) as X509Certificate;
      const anchor = anchorsOf(each).find(({ publicKey }) => last.verify(publicKey));
      expect(anchor, each.id).toBeDefined();
      for (const [at, certificate] of read.entries()) {
        const issuer = read[at + 1] ?? (anchor as X509Certificate);
        expect(certificate.issuer, each.id).toBe(issuer.subject);
        expect(certificate.verify(issuer.publicKey), each.id).toBe(true);
        expect(issuer.ca, each.id).toBe(true);
      }
    }
  });

  it("are alive at the moment of the case", () => {
    for (const each of chains) {
      for (const der of chainIn(each.input["credential"])) {
        const { validFrom, validTo } = new X509Certificate(der);
        expect(Date.parse(validFrom), each.id).toBeLessThanOrEqual(instant(each));
        expect(Date.parse(validTo), each.id).toBeGreaterThanOrEqual(instant(each));
      }
    }
  });

  it("are about the leaf's key", () => {
    for (const each of chains) {
      const [holder] = chainIn(each.input["credential"]);
      const key = new X509Certificate(holder as Buffer).publicKey.export({ type: "spki", format: "der" });
      const given = octets(each.input["signatureKey"]);
      expect(key.subarray(-given.length).equals(given), each.id).toBe(true);
    }
  });

  it("name the holder that the answer is about", () => {
    for (const { id, input, output } of chains) {
      const [holder] = chainIn(input["credential"]);
      const names = new X509Certificate(holder as Buffer).subjectAltName ?? "";
      const [named] = Object.values(output ?? {});
      expect(names.toLowerCase(), id).toContain(String(named).toLowerCase());
    }
  });

  it("allow their keys what they do, as another library reads them", () => {
    for (const each of chains) {
      const ders = chainIn(each.input["credential"]).map((der) => new x509.X509Certificate(der));
      for (const [at, certificate] of ders.entries()) {
        const usages = certificate.getExtension(x509.KeyUsagesExtension)?.usages;
        const needed = at === 0 ? x509.KeyUsageFlags.digitalSignature : x509.KeyUsageFlags.keyCertSign;
        expect((usages ?? needed) & needed, each.id).toBe(needed);
      }
    }
  });
});

describe("tokens that authenticate somebody", () => {
  const tokens = right.filter((each) => typeOf(each) === 0xf0c2);
  const parts = ({ input }: LoadedCase) =>
    opaqueAt(octets(input["credential"]).subarray(2))[0].toString("utf8").split(".");
  const parsed = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

  it("are signed by the issuer with the key that the header names", () => {
    expect(tokens.length).toBeGreaterThan(5);
    for (const each of tokens) {
      const [head = "", claims = "", signature = ""] = parts(each);
      const { alg, kid = "1" } = parsed(head);
      const issuers = each.input["issuers"] as readonly JsonObject[];
      const issuer = issuers.find(({ keyId }) => keyId === kid);
      expect(issuer?.["algorithm"], each.id).toBe(alg);
      const key = keyOf(octets(issuer?.["publicKey"]));
      const given = { key, dsaEncoding: "ieee-p1363" } as const;
      const signed = Buffer.from(`${head}.${claims}`);
      const fits = verify(
        alg === "EdDSA" ? null : "sha256",
        signed,
        given,
        Buffer.from(signature, "base64url"),
      );
      expect(fits, each.id).toBe(true);
    }
  });

  it("name the client in `sub`, and hold at the moment of the case", () => {
    for (const each of tokens) {
      const claims = parsed(parts(each)[1]);
      expect(claims.sub, each.id).toBe(each.output?.["client"]);
      expect(claims.nbf * 1000, each.id).toBeLessThanOrEqual(instant(each));
      expect(claims.exp * 1000, each.id).toBeGreaterThan(instant(each));
    }
  });

  function keyOf(publicKey: Buffer) {
    const base64 = (from: number, to: number) => publicKey.subarray(from, to).toString("base64url");
    const key =
      publicKey.length === 32
        ? { kty: "OKP", crv: "Ed25519", x: base64(0, 32) }
        : { kty: "EC", crv: "P-256", x: base64(1, 33), y: base64(33, 65) };
    return createPublicKey({ key, format: "jwk" });
  }
});

describe("a judge that looks for all problems, and not for the first", () => {
  it("finds none in what authenticates somebody", () => {
    for (const { id, operation, input } of right) {
      expect([...problemsOf(operation, input)], id).toEqual([]);
    }
  });

  it("finds exactly one in each negative", () => {
    const wrong = all.filter(isNegative);
    expect(wrong.length).toBeGreaterThan(60);
    for (const { id, operation, input } of wrong) {
      expect([...problemsOf(operation, input)], id).toHaveLength(1);
    }
  });
});
