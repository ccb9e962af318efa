/** Certificates and keys for the tests, made with another implementation (@peculiar/x509 over WebCrypto). */
import "reflect-metadata";
import type { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { noBytes } from "../../../spec-model/bytes.ts";
import type { Algorithm } from "../../../spec-model/credentials/index.ts";
import { type Credential, cipherSuite } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

/** 2026-06-01T00:00:00Z, in seconds. */
export const now = 1_780_272_000n;
const day = 86_400n;

/** A key pair as our suites have it and as WebCrypto has it. */
export interface Party {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly pair: webcrypto.CryptoKeyPair;
}

const webAlgorithms = {
  EdDSA: { name: "Ed25519" },
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
} as const;

/** A party with keys that depend on its name alone. */
export async function party(name: string, algorithm: Algorithm = "EdDSA"): Promise<Party> {
  const suite = cipherSuite(algorithm === "EdDSA" ? 1 : 2);
  const keys = suite.signature.generateKeyPair(expandEntropy(noBytes, name));
  const base64url = (octets: Uint8Array) => Buffer.from(octets).toString("base64url");
  const { publicKey, privateKey } = keys;
  const open =
    algorithm === "EdDSA"
      ? { kty: "OKP", crv: "Ed25519", x: base64url(publicKey) }
      : {
          kty: "EC",
          crv: "P-256",
          x: base64url(publicKey.subarray(1, 33)),
          y: base64url(publicKey.subarray(33)),
        };
  const web = webAlgorithms[algorithm];
  const pair = {
    publicKey: await crypto.subtle.importKey("jwk", open, web, true, ["verify"]),
    privateKey: await crypto.subtle.importKey("jwk", { ...open, d: base64url(privateKey) }, web, true, [
      "sign",
    ]),
  };
  return { algorithm, publicKey, privateKey, pair };
}

export interface Issued {
  readonly subject: string;
  readonly of: Party;
  readonly issuer: string;
  readonly by: Party;
  readonly uris?: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  readonly keyUsage?: number;
  readonly notBefore?: bigint;
  readonly notAfter?: bigint;
  readonly more?: readonly x509.Extension[];
}

/** DER. Without more, it is valid from the day before `now` to the day after it. */
export async function certificate(issued: Issued): Promise<Uint8Array> {
  const { subject, of, issuer, by, isAuthority = false, pathLength, keyUsage } = issued;
  const usual = isAuthority ? x509.KeyUsageFlags.keyCertSign : x509.KeyUsageFlags.digitalSignature;
  const names = [
    ...(issued.uris ?? []).map((value) => ({ type: "url" as const, value })),
    ...(issued.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
  ];
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: "01",
    subject: `CN=${subject}`,
    issuer: `CN=${issuer}`,
    notBefore: dateOf(issued.notBefore ?? now - day),
    notAfter: dateOf(issued.notAfter ?? now + day),
    publicKey: of.pair.publicKey,
    signingKey: by.pair.privateKey,
    signingAlgorithm: webAlgorithms[by.algorithm],
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, pathLength, true),
      new x509.KeyUsagesExtension(keyUsage ?? usual, true),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
      ...(issued.more ?? []),
    ],
  });
  return new Uint8Array(made.rawData);
}

/** A certificate that an authority signs for itself. */
export function authority(name: string, of: Party, changes: Partial<Issued> = {}): Promise<Uint8Array> {
  return certificate({ subject: name, of, issuer: name, by: of, isAuthority: true, ...changes });
}

export function x509Credential(...chain: readonly Uint8Array[]): Credential {
  return { credentialType: "x509", certificates: chain.map((certData) => ({ certData })) };
}

function dateOf(seconds: bigint): Date {
  return new Date(Number(seconds) * 1000);
}
