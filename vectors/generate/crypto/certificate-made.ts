/** X.509 certificates as authorities make them, so that vectors can have a fault at one place. RFC 5280 §4.1, X.690 §10 */
import { concat, utf8 } from "../../../spec-model/bytes.ts";
import type { CipherSuite } from "../../../spec-model/mls/index.ts";

/** Somebody with a signature key. Suites 1 and 3 sign with Ed25519, 2 with ECDSA on P-256. */
export interface Signer {
  readonly suite: CipherSuite;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

export interface Certified {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly of: Signer;
  readonly by: Signer;
  readonly uris?: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly emails?: readonly string[];
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** Bits of keyUsage, first 0; left out where `null`. */
  readonly usages?: readonly number[] | null;
  /** Seconds since 1970. */
  readonly notBefore: bigint;
  readonly notAfter: bigint;
  /** Other extensions, DER inside. */
  readonly more?: readonly Extension[];
  /** 3 where it is left out. */
  readonly version?: number;
  /** The signature algorithm that is named outside of what is signed, where it is another than inside. */
  readonly namedOutside?: Signer;
}

export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export const usageBits = { digitalSignature: 0, keyAgreement: 4, keyCertSign: 5 } as const;

/** DER. */
export function certificateOf(each: Certified): Uint8Array {
  const { subject, issuer, of, by, version = 3, namedOutside = by } = each;
  const validity = sequence(time(each.notBefore), time(each.notAfter));
  const signed = sequence(
    ...(version === 1 ? [] : [value(0xa0, integer(version - 1))]),
    integer(1),
    signatureAlgorithm(by),
    name(issuer),
    validity,
    name(subject),
    publicKeyInfo(of),
    value(0xa3, sequence(...extensionsOf(each).map(extension))),
  );
  const signature = by.suite.signature.sign(by.privateKey, signed);
  return sequence(signed, signatureAlgorithm(namedOutside), bits(0, signature));
}

function extensionsOf({ isAuthority = false, pathLength, usages, more = [], ...names }: Certified) {
  const limit = pathLength === undefined ? [] : [integer(pathLength)];
  const constraints = isAuthority ? sequence(value(0x01, Uint8Array.of(0xff)), ...limit) : sequence();
  const usual = isAuthority ? usageBits.keyCertSign : usageBits.digitalSignature;
  const alternatives = alternativeNames(names);
  return [
    { id: "2.5.29.19", critical: true, value: constraints },
    ...(usages === null ? [] : [{ id: "2.5.29.15", critical: true, value: keyUsage(usages ?? [usual]) }]),
    ...(alternatives.length === 0
      ? []
      : [{ id: "2.5.29.17", critical: false, value: sequence(...alternatives) }]),
    ...more,
  ];
}

function alternativeNames({
  uris = [],
  dnsNames = [],
  emails = [],
}: Pick<Certified, "uris" | "dnsNames" | "emails">) {
  return [
    ...emails.map((each) => value(0x81, utf8(each))),
    ...dnsNames.map((each) => value(0x82, utf8(each))),
    ...uris.map((each) => value(0x86, utf8(each))),
  ];
}

function extension({ id, critical, value: contents }: Extension): Uint8Array {
  const criticality = critical ? [value(0x01, Uint8Array.of(0xff))] : [];
  return sequence(objectIdentifier(id), ...criticality, value(0x04, contents));
}

/** A bit string without zero bits at its end. */
function keyUsage(usages: readonly number[]): Uint8Array {
  const octet = usages.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return bits(7 - Math.max(...usages), Uint8Array.of(octet));
}

function isEdDsa({ suite }: Signer): boolean {
  return suite.id !== 2;
}

function signatureAlgorithm(by: Signer): Uint8Array {
  return sequence(objectIdentifier(isEdDsa(by) ? "1.3.101.112" : "1.2.840.10045.4.3.2"));
}

function publicKeyInfo(of: Signer): Uint8Array {
  const algorithm = isEdDsa(of)
    ? sequence(objectIdentifier("1.3.101.112"))
    : sequence(objectIdentifier("1.2.840.10045.2.1"), objectIdentifier("1.2.840.10045.3.1.7"));
  return sequence(algorithm, bits(0, of.publicKey));
}

function name(commonName: string): Uint8Array {
  return sequence(value(0x31, sequence(objectIdentifier("2.5.4.3"), value(0x0c, utf8(commonName)))));
}

/** UTCTime: the years of these vectors are before 2050. */
function time(seconds: bigint): Uint8Array {
  const iso = new Date(Number(seconds) * 1000).toISOString();
  return value(0x17, utf8(`${iso.slice(2, 19).replace(/[-T:]/g, "")}Z`));
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return value(0x30, concat(...parts));
}

function bits(unused: number, octets: Uint8Array): Uint8Array {
  return value(0x03, concat(Uint8Array.of(unused), octets));
}

/** From 0 to 127. */
function integer(small: number): Uint8Array {
  return value(0x02, Uint8Array.of(small));
}

function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  return value(0x06, Uint8Array.from([40 * first + second, ...others].flatMap(base128)));
}

function base128(arc: number): number[] {
  const more = Math.floor(arc / 128);
  return [...(more === 0 ? [] : base128(more).map((octet) => octet | 0x80)), arc % 128];
}

function value(tag: number, contents: Uint8Array): Uint8Array {
  return concat(Uint8Array.from([tag, ...lengthOf(contents.length)]), contents);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
