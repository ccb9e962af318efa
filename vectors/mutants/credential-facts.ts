/** What certificates say, for implementations that judge it wrongly: as a strict reader has it, and as a forgiving one. */
import { createPublicKey, type KeyObject, verify, X509Certificate } from "node:crypto";
import { concat, hex } from "../../spec-model/bytes.ts";
import { parseCertificate } from "../../spec-model/credentials/index.ts";

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly notBefore: bigint;
  readonly notAfter: bigint;
  /** As MLS has it. */
  readonly publicKey: Uint8Array;
  readonly isSignedBy: (publicKey: Uint8Array) => boolean;
}

export type FactsReader = (der: Uint8Array) => CertificateFacts;

/** Throws for what RFC 5280 does not allow. */
export function strictFacts(der: Uint8Array): CertificateFacts {
  const read = parseCertificate(der);
  const { signed, signature } = read;
  return {
    ...read,
    subject: hex(read.subject),
    issuer: hex(read.issuer),
    isSignedBy: (publicKey) => isSigned(keyObject(publicKey), signed, signature),
  };
}

/** As OpenSSL reads it, which passes over what it does not know; and nobody compares the two algorithms that are named. */
export function forgivingFacts(der: Uint8Array): CertificateFacts {
  const read = new X509Certificate(der);
  const names = (read.subjectAltName ?? "").split(", ");
  const named = (prefix: string) =>
    names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const [signed = der, , bits = der] = valuesIn(contentsOf(der));
  return {
    subject: read.subject,
    issuer: read.issuer,
    uris: named("URI:"),
    dnsNames: named("DNS:"),
    isAuthority: read.ca,
    pathLength: undefined,
    keyUsage: undefined,
    notBefore: secondsOf(read.validFrom),
    notAfter: secondsOf(read.validTo),
    publicKey: octetsOfKey(read.publicKey),
    isSignedBy: (publicKey) => isSigned(keyObject(publicKey), signed, contentsOf(bits).subarray(1)),
  };
}

/** By the algorithm that the key is for. */
export function isSigned(key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  return verify(key.asymmetricKeyType === "ed25519" ? null : "sha256", signed, key, signature);
}

/** A public key as MLS has it, for node:crypto. */
export function keyObject(publicKey: Uint8Array): KeyObject {
  const coordinate = (from: number, to: number) =>
    Buffer.from(publicKey.subarray(from, to)).toString("base64url");
  const jwk =
    publicKey.length === 32
      ? { kty: "OKP", crv: "Ed25519", x: coordinate(0, 32) }
      : { kty: "EC", crv: "P-256", x: coordinate(1, 33), y: coordinate(33, 65) };
  return createPublicKey({ key: jwk, format: "jwk" });
}

function octetsOfKey(key: KeyObject): Uint8Array {
  const { x = "", y } = key.export({ format: "jwk" });
  const [first, second] = [x, y ?? ""].map((each) => new Uint8Array(Buffer.from(each, "base64url")));
  if (first === undefined || second === undefined || y === undefined) return first ?? new Uint8Array();
  return concat(Uint8Array.of(4), first, second);
}

function secondsOf(text: string): bigint {
  return BigInt(Date.parse(text) / 1000);
}

/** DER values one after the other, each with its head. */
function valuesIn(octets: Uint8Array): Uint8Array[] {
  const values: Uint8Array[] = [];
  for (let rest = octets; rest.length > 0; ) {
    const [head, length] = headOf(rest);
    values.push(rest.subarray(0, head + length));
    rest = rest.subarray(head + length);
  }
  return values;
}

function contentsOf(value: Uint8Array): Uint8Array {
  const [head, length] = headOf(value);
  return value.subarray(head, head + length);
}

function headOf(value: Uint8Array): readonly [head: number, length: number] {
  const first = value[1] ?? 0;
  if (first < 0x80) return [2, first];
  const count = first & 0x7f;
  return [2 + count, value.subarray(2, 2 + count).reduce((sum, octet) => sum * 256 + octet, 0)];
}
