/**
 * What a credential claims of its holder, once it authenticates somebody: facts for preauthorisation. room-policy-04 §4
 * names a claim by its object identifier in a certificate and by its name in a token, and leaves open what is in it.
 */
import { hex, textOf, utf8 } from "../bytes.ts";
import type { Credential } from "../mls/index.ts";
import type { ClaimFacts, Holder } from "../room/index.ts";
import { fromBase64url } from "./base64url.ts";
import { extensionsIn, parseCertificate } from "./certificate.ts";
import { type Der, type DerReader, inside, onlyValue, tags } from "./der.ts";
import { parseObject } from "./json.ts";
import { type Outcome, outcomeOf } from "./rules.ts";
import { type AuthenticationService, authenticate, type Claim } from "./service.ts";
import { tokenCredentialType } from "./token.ts";

/** Whom a credential authenticates, with what it claims where that is more than whose it is. */
export interface ProvenIdentity extends Holder {
  readonly claims?: readonly ClaimFacts[];
}

/** The identity that a credential proves, or the reason why it proves none: what nobody has verified claims nothing. */
export function provenIdentity(service: AuthenticationService, claim: Claim): Outcome<ProvenIdentity> {
  const proven = authenticate(service, claim);
  if (!proven.ok) return proven;
  const { client, user } = proven.value;
  return outcomeOf(() => {
    const claims = claimsIn(claim.credential);
    return claims === undefined ? { client, user } : { client, user, claims };
  });
}

/** Of a basic credential its URIs are all there is; a pseudonymous one claims nothing that a hub may see. */
function claimsIn(credential: Credential): readonly ClaimFacts[] | undefined {
  switch (credential.credentialType) {
    case "x509":
      return claimsOfCertificate(credential.certificates[0]?.certData);
    case tokenCredentialType:
      return claimsOfToken(textOf(credential.credentialData) ?? "");
    default:
      return undefined;
  }
}

/** The attributes of the subject and the extensions, each under its object identifier as DER has it, tag and length too. */
function claimsOfCertificate(der: Uint8Array | undefined): readonly ClaimFacts[] {
  if (der === undefined) return [];
  const { subject, extensions } = parts(der);
  const claim = (name: Der, value: Der) => ({
    credentialType: "x509",
    id: hex(name.encoded),
    value: hex(value.contents),
  });
  return [
    ...attributesOf(subject).map(({ name, value }) => claim(name, value)),
    ...extensions.map(({ name, value }) => claim(name, value)),
  ];
}

function parts(der: Uint8Array) {
  const subject = onlyValue(parseCertificate(der).subject, tags.sequence, "the subject");
  return { subject, extensions: extensionsIn(der) };
}

interface Attribute {
  readonly name: Der;
  readonly value: Der;
}

/** RFC 5280 §4.1.2.4: a sequence of sets of pairs. */
function attributesOf(subject: Der): readonly Attribute[] {
  return each(inside(subject), (names) =>
    each(inside(names.next(setTag, "a part of the subject")), (pairs) => {
      const pair = inside(pairs.next(tags.sequence, "an attribute"));
      const name = pair.next(tags.objectIdentifier, "an attribute's name");
      const value = pair.any("an attribute's value");
      pair.end("an attribute");
      return [{ name, value }];
    }),
  );
}

const setTag = 0x31;

function each<T>(reader: DerReader, read: (reader: DerReader) => readonly T[]): readonly T[] {
  const found: T[] = [];
  while (!reader.isAtEnd()) found.push(...read(reader));
  return found;
}

/** Every claim under its name: a text as it is, anything else as JSON; a list is one claim for each of its items. */
function claimsOfToken(token: string): readonly ClaimFacts[] {
  const claims = parseObject(fromBase64url(token.split(".")[1] ?? ""), "the claims");
  return Object.entries(claims).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => ({
      credentialType: String(tokenCredentialType),
      id: hex(utf8(name)),
      value: hex(utf8(typeof one === "string" ? one : JSON.stringify(one))),
    })),
  );
}
