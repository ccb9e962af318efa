/**
 * Verifiable credentials as JSON Web Tokens: an issuer says that a client has a key. identity-05 §6.2 and §6.3
 *
 * No draft says which credential type they have in MLS, which claims, or how the client's key is named. Decided here: a
 * compact JWS (RFC 7515 §3.1) in UTF-8; the client in `sub`, its user and it again in
 * `vc.credentialSubject.hasInstantMessage`, one URI or a list (the draft's example has the member twice, which JSON does
 * not have); the key in `cnf.jwk` (RFC 7800 §3.2); `exp` required; times in seconds (RFC 7519 §2; the example's are
 * milliseconds).
 */
import { concat, utf8 } from "../bytes.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { Credential } from "../mls/index.ts";
import type { Holder } from "../room/index.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { demandDomain } from "./chain.ts";
import { holderOfUris } from "./holder.ts";
import { asObject, asSeconds, asText, asTexts, type JsonObject, parseObject } from "./json.ts";
import { demand, present, refuse } from "./rules.ts";
import { type Algorithm, derFromPair, isKeyOf, pairFromDer, sign, verify } from "./signatures.ts";

/** In the range for private use (RFC 9420 §17.5): none is registered. */
export const tokenCredentialType = 0xf0c2;

/** An issuer that is trusted for what it says about these domains, and no others. */
export interface TokenIssuer {
  /** As `iss` has it. */
  readonly issuer: string;
  /** As `kid` has it, for issuers with several keys. */
  readonly keyId?: string;
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  readonly domains: readonly string[];
}

/** What an issuer says. Times in seconds since 1970. */
export interface TokenClaims {
  readonly client: string;
  readonly user?: string;
  readonly key: { readonly algorithm: Algorithm; readonly publicKey: Uint8Array };
  readonly notBefore: bigint;
  readonly notAfter: bigint;
}

/** What a token proves at a moment. */
export interface TokenProof {
  readonly holder: Holder;
  readonly publicKey: Uint8Array;
}

export function tokenCredential(token: string): Credential {
  return { credentialType: tokenCredentialType, credentialData: utf8(token) };
}

/** A token as an issuer makes it. */
export function issueToken(
  by: Pick<TokenIssuer, "issuer" | "keyId" | "algorithm"> & { readonly privateKey: Uint8Array },
  claims: TokenClaims,
): string {
  const { client, user, key, notBefore, notAfter } = claims;
  const header = { typ: "JWT", alg: by.algorithm, ...(by.keyId === undefined ? {} : { kid: by.keyId }) };
  const payload = {
    iss: by.issuer,
    sub: client,
    nbf: Number(notBefore),
    exp: Number(notAfter),
    cnf: { jwk: toJwk(key.algorithm, key.publicKey) },
    vc: {
      "@context": ["https://www.w3.org/2018/credentials/v1"],
      type: ["VerifiableCredential", "ImDeviceCredential"],
      credentialSubject: { hasInstantMessage: user === undefined ? client : [user, client] },
    },
  };
  const signed = [header, payload].map((part) => toBase64url(utf8(JSON.stringify(part)))).join(".");
  const signature = sign(by.algorithm, by.privateKey, utf8(signed));
  return `${signed}.${toBase64url(by.algorithm === "ES256" ? pairFromDer(signature) : signature)}`;
}

/** Whom the token says it is about, with nothing verified. Throws CredentialError. */
export function claimedByToken(token: string): Holder {
  return holderOfClaims(parseObject(fromBase64url(token.split(".")[1] ?? ""), "the claims"));
}

/** Throws CredentialError for whatever keeps the token from proving its holder at `now`. */
export function verifyToken(token: string, issuers: readonly TokenIssuer[], now: bigint): TokenProof {
  const [header = "", payload = "", signature = "", ...more] = token.split(".");
  demand(more.length === 0, "malformed", "a token has three parts");
  const head = parseObject(fromBase64url(header), "the header");
  const claims = parseObject(fromBase64url(payload), "the claims");
  const issuer = issuerOf(head, asText(claims["iss"], "iss"), issuers);
  const octets = present(fromBase64url(signature), "malformed", "the signature is not base64url");
  const signed = utf8(`${header}.${payload}`);
  const given = issuer.algorithm === "ES256" ? derFromPair(octets) : octets;
  const fits = given !== undefined && verify(issuer.algorithm, issuer.publicKey, signed, given);
  demand(fits, "badSignature", `the token is not signed by ${issuer.issuer}`);
  demandTimes(claims, now);
  const holder = holderOfClaims(claims);
  demandDomain(domainOfUri(holder.client), issuer.domains);
  return { holder, publicKey: confirmedKey(claims) };
}

/** The algorithm is the issuer's, and not for the token to choose (RFC 8725 §3.1). */
function issuerOf(head: JsonObject, iss: string, issuers: readonly TokenIssuer[]): TokenIssuer {
  demand(head["crit"] === undefined, "unsupported", "a header with critical members");
  const algorithm = asText(head["alg"], "alg");
  const keyId = head["kid"] === undefined ? undefined : asText(head["kid"], "kid");
  const named = issuers.filter((each) => each.issuer === iss);
  demand(named.length > 0, "untrusted", `${iss} is not a trusted issuer`);
  const found = named.find(
    (each) => each.algorithm === algorithm && (keyId === undefined || each.keyId === keyId),
  );
  return found ?? refuse("untrusted", `${iss} has no key ${keyId ?? ""} for ${algorithm}`);
}

function demandTimes(claims: JsonObject, now: bigint): void {
  const notAfter = asSeconds(claims["exp"], "exp");
  const notBefore = claims["nbf"] === undefined ? now : asSeconds(claims["nbf"], "nbf");
  demand(notBefore <= now, "notYetValid", `from ${notBefore}, and it is ${now}`);
  // RFC 7519 §4.1.4: not on or after the time.
  demand(now < notAfter, "expired", `until ${notAfter}, and it is ${now}`);
}

function holderOfClaims(claims: JsonObject): Holder {
  const vc = asObject(claims["vc"], "vc");
  const isCredential = asTexts(vc["type"], "vc.type").includes("VerifiableCredential");
  demand(isCredential, "malformed", "vc.type does not say VerifiableCredential");
  const subject = asObject(vc["credentialSubject"], "vc.credentialSubject");
  const others = asTexts(subject["hasInstantMessage"], "hasInstantMessage");
  return holderOfUris([asText(claims["sub"], "sub"), ...others]);
}

function confirmedKey(claims: JsonObject): Uint8Array {
  const jwk = asObject(asObject(claims["cnf"], "cnf")["jwk"], "cnf.jwk");
  const member = (name: string) =>
    present(fromBase64url(asText(jwk[name], `jwk.${name}`)), "malformed", `jwk.${name} is not base64url`);
  const curve = `${jwk["kty"]} ${jwk["crv"]}`;
  if (curve === "OKP Ed25519") return keyOf("EdDSA", member("x"));
  if (curve === "EC P-256") return keyOf("ES256", concat(Uint8Array.of(4), member("x"), member("y")));
  return refuse("unsupported", `a key of ${curve}`);
}

function keyOf(algorithm: Algorithm, publicKey: Uint8Array): Uint8Array {
  demand(isKeyOf(algorithm, publicKey), "malformed", "the key in cnf.jwk has another length");
  return publicKey;
}

function toJwk(algorithm: Algorithm, publicKey: Uint8Array): Readonly<Record<string, string>> {
  if (algorithm === "EdDSA") return { kty: "OKP", crv: "Ed25519", x: toBase64url(publicKey) };
  const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)].map(toBase64url);
  return { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" };
}
