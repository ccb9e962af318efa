/** One X.509 certificate, as far as authenticating a client of a room needs it. RFC 5280 §4.1 and §4.2 */
import { textOf } from "../bytes.ts";
import { type Der, type DerReader, inside, onlyValue, onlyValueIn, tags } from "./der.ts";
import {
  defaultFalse,
  demandMinimalInteger,
  namedBits,
  objectIdentifier,
  octetsOfBits,
  smallInteger,
  time,
} from "./der-values.ts";
import { demand, refuse } from "./rules.ts";
import { type Algorithm, isKeyOf } from "./signatures.ts";

export interface X509 {
  /** What the signature is over. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureAlgorithm: Algorithm;
  /** Distinguished names, as they are encoded. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Seconds since 1970-01-01T00:00:00Z; both belong to the validity. */
  readonly notBefore: bigint;
  readonly notAfter: bigint;
  /** As MLS writes signature keys: 32 octets for Ed25519, 65 for P-256. */
  readonly publicKey: Uint8Array;
  readonly keyAlgorithm: Algorithm;
  /** URIs and DNS names of the subjectAltName. */
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
  readonly isAuthority: boolean;
  /** How many authorities may stand between this one and the holder; undefined where it is not limited. */
  readonly pathLength: number | undefined;
  /** The keyUsage bits, or undefined where the certificate has none and its key may be used for anything. */
  readonly keyUsage: ReadonlySet<number> | undefined;
}

export const keyUsages = { digitalSignature: 0, keyCertSign: 5 } as const;

/** Throws CredentialError: `malformed` for what is no certificate, `unsupported` for what it asks to understand. */
export function parseCertificate(der: Uint8Array): X509 {
  const outer = inside(onlyValue(der, tags.sequence, "the certificate"));
  const signed = outer.next(tags.sequence, "the TBSCertificate");
  const outerAlgorithm = outer.next(tags.sequence, "the signature algorithm");
  const signature = octetsOfBits(outer.next(tags.bitString, "the signature"));
  outer.end("the certificate");
  return {
    ...parseSigned(signed, outerAlgorithm),
    signed: signed.encoded,
    signature,
    signatureAlgorithm: signatureAlgorithm(outerAlgorithm),
  };
}

/** All extensions of a certificate that `parseCertificate` takes, in its order, understood or not. */
export function extensionsIn(der: Uint8Array): readonly { readonly name: Der; readonly value: Der }[] {
  const signed = inside(onlyValue(der, tags.sequence, "the certificate")).next(tags.sequence, "its contents");
  const reader = inside(signed);
  const found: { readonly name: Der; readonly value: Der }[] = [];
  while (!reader.isAtEnd()) {
    const part = reader.any("a part");
    if (part.tag !== 0xa3) continue;
    const list = inside(onlyValueIn(part, tags.sequence, "the extensions"));
    while (!list.isAtEnd()) {
      const extension = inside(list.next(tags.sequence, "an extension"));
      const name = extension.next(tags.objectIdentifier, "an extension's name");
      extension.optional(tags.boolean, "an extension's criticality");
      found.push({ name, value: extension.next(tags.octetString, "an extension's value") });
    }
  }
  return found;
}

type Contents = Omit<X509, "signed" | "signature" | "signatureAlgorithm">;

function parseSigned(signed: Der, outerAlgorithm: Der): Contents {
  const reader = inside(signed);
  const version = reader.optional(0xa0, "the version");
  demandVersion3(version);
  demandMinimalInteger(reader.next(tags.integer, "the serial number"));
  const algorithm = reader.next(tags.sequence, "the signature algorithm");
  demand(sameOctets(algorithm, outerAlgorithm), "malformed", "it names two different signature algorithms");
  const issuer = reader.next(tags.sequence, "the issuer").encoded;
  const validity = inside(reader.next(tags.sequence, "the validity"));
  const [notBefore, notAfter] = [nextTime(validity, "notBefore"), nextTime(validity, "notAfter")];
  validity.end("the validity");
  const subject = reader.next(tags.sequence, "the subject").encoded;
  const key = parseKey(reader.next(tags.sequence, "the subject's public key"));
  reader.optional(0x81, "issuerUniqueID");
  reader.optional(0x82, "subjectUniqueID");
  const extensions = reader.optional(0xa3, "the extensions");
  reader.end("the TBSCertificate");
  return { issuer, subject, notBefore, notAfter, ...key, ...parseExtensions(extensions) };
}

function demandVersion3(version: Der | undefined): void {
  if (version === undefined) refuse("unsupported", "a certificate of version 1");
  const number = smallInteger(onlyValueIn(version, tags.integer, "the version"));
  demand(number === 2, "unsupported", `a certificate of version ${number + 1}`);
}

function nextTime(validity: DerReader, what: string): bigint {
  const value = validity.optional(tags.utcTime, what) ?? validity.next(tags.generalizedTime, what);
  return time(value);
}

const signatureAlgorithms: ReadonlyMap<string, Algorithm> = new Map([
  ["1.3.101.112", "EdDSA"],
  ["1.2.840.10045.4.3.2", "ES256"],
]);

/** Neither algorithm has parameters (RFC 8410 §3, RFC 5758 §3.2). */
function signatureAlgorithm(identifier: Der): Algorithm {
  const reader = inside(identifier);
  const name = objectIdentifier(reader.next(tags.objectIdentifier, "the algorithm"));
  const algorithm = signatureAlgorithms.get(name);
  if (algorithm === undefined) refuse("unsupported", `signature algorithm ${name}`);
  reader.end("the signature algorithm");
  return algorithm;
}

function parseKey(info: Der): Pick<X509, "publicKey" | "keyAlgorithm"> {
  const reader = inside(info);
  const identifier = inside(reader.next(tags.sequence, "the key's algorithm"));
  const publicKey = octetsOfBits(reader.next(tags.bitString, "the public key"));
  reader.end("the subject's public key");
  const name = objectIdentifier(identifier.next(tags.objectIdentifier, "the key's algorithm"));
  const keyAlgorithm = keyAlgorithmOf(name, identifier);
  identifier.end("the key's algorithm");
  demand(isKeyOf(keyAlgorithm, publicKey), "unsupported", `a ${keyAlgorithm} key in another form than MLS's`);
  return { publicKey, keyAlgorithm };
}

function keyAlgorithmOf(name: string, parameters: DerReader): Algorithm {
  if (name === "1.3.101.112") return "EdDSA";
  if (name !== "1.2.840.10045.2.1") refuse("unsupported", `a key of algorithm ${name}`);
  const curve = objectIdentifier(parameters.next(tags.objectIdentifier, "the key's curve"));
  demand(curve === "1.2.840.10045.3.1.7", "unsupported", `a key on curve ${curve}`);
  return "ES256";
}

type Extensions = Pick<X509, "uris" | "dnsNames" | "isAuthority" | "pathLength" | "keyUsage">;

function parseExtensions(wrapped: Der | undefined): Extensions {
  const found = new Map<string, Der>();
  if (wrapped !== undefined) {
    const list = onlyValueIn(wrapped, tags.sequence, "the extensions");
    for (const reader = inside(list); !reader.isAtEnd(); ) parseExtension(reader, found);
  }
  return {
    ...alternativeNames(found.get(extensionNames.subjectAltName)),
    ...basicConstraints(found.get(extensionNames.basicConstraints)),
    keyUsage: keyUsage(found.get(extensionNames.keyUsage)),
  };
}

const extensionNames = {
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  /** Says nothing against the use in MIMI, whatever it lists: no draft asks for a purpose. */
  extendedKeyUsage: "2.5.29.37",
} as const;
const understood: ReadonlySet<string> = new Set(Object.values(extensionNames));

/** RFC 5280 §4.2: an extension that is critical and not understood makes the certificate unusable. */
function parseExtension(list: DerReader, found: Map<string, Der>): void {
  const reader = inside(list.next(tags.sequence, "an extension"));
  const name = objectIdentifier(reader.next(tags.objectIdentifier, "an extension's name"));
  const critical = defaultFalse(reader.optional(tags.boolean, "an extension's criticality"));
  const value = reader.next(tags.octetString, "an extension's value");
  reader.end("an extension");
  demand(!found.has(name), "malformed", `it has extension ${name} twice`);
  demand(!critical || understood.has(name), "unsupported", `critical extension ${name}`);
  found.set(name, value);
}

/** GeneralNames: URIs are [6], DNS names [2]; the other kinds name nothing that MIMI knows. */
function alternativeNames(value: Der | undefined): Pick<X509, "uris" | "dnsNames"> {
  const names: Record<"uris" | "dnsNames", string[]> = { uris: [], dnsNames: [] };
  if (value === undefined) return names;
  const list = onlyValueIn(value, tags.sequence, "the subjectAltName");
  for (const reader = inside(list); !reader.isAtEnd(); ) {
    const name = reader.any("an alternative name");
    if (name.tag === 0x86) names.uris.push(ia5(name));
    if (name.tag === 0x82) names.dnsNames.push(ia5(name));
  }
  return names;
}

function ia5({ contents, offset }: Der): string {
  const text = contents.every((octet) => octet < 0x80) ? textOf(contents) : undefined;
  return text ?? refuse("malformed", `an alternative name that is not ASCII, at octet ${offset}`);
}

function basicConstraints(value: Der | undefined): Pick<X509, "isAuthority" | "pathLength"> {
  if (value === undefined) return { isAuthority: false, pathLength: undefined };
  const reader = inside(onlyValueIn(value, tags.sequence, "the basic constraints"));
  const isAuthority = defaultFalse(reader.optional(tags.boolean, "the basic constraints"));
  const limit = reader.optional(tags.integer, "the path length");
  reader.end("the basic constraints");
  return { isAuthority, pathLength: limit === undefined ? undefined : smallInteger(limit) };
}

function keyUsage(value: Der | undefined): ReadonlySet<number> | undefined {
  return value && namedBits(onlyValueIn(value, tags.bitString, "the key usage"));
}

function sameOctets(a: Der, b: Der): boolean {
  return a.encoded.length === b.encoded.length && a.encoded.every((octet, i) => octet === b.encoded[i]);
}
