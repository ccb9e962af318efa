/** X.509 credentials: from the holder's certificate to who is trusted for the holder's domain. RFC 5280 §6.1 */
import { equalBytes } from "../bytes.ts";
import { domainOfUri, type MimiUriKind, parseMimiUri, parseMimiUriOf } from "../identifiers/index.ts";
import type { Holder } from "../room/index.ts";
import { keyUsages, parseCertificate, type X509 } from "./certificate.ts";
import { holderOfUris } from "./holder.ts";
import { demand, present, refuse } from "./rules.ts";
import { verify } from "./signatures.ts";

/** An authority that is trusted for what it certifies about these domains, and no others. */
export interface TrustAnchor {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly domains: readonly string[];
}

/** What a chain proves at a moment. */
export interface CertifiedKey {
  readonly publicKey: Uint8Array;
  readonly certificate: X509;
  /** Domains that the anchor is trusted for. */
  readonly domains: readonly string[];
  /** The certificates between the holder's and the anchor. */
  readonly authorities: readonly X509[];
}

/** A chain of more certificates is not looked at. */
const longestChain = 8;

/**
 * Verifies that each certificate certifies the one before it, up to an anchor. `chain` is as MLS has it: the holder's
 * first, the anchor's left out or last. Throws CredentialError.
 */
export function verifyChain(
  chain: readonly Uint8Array[],
  anchors: readonly TrustAnchor[],
  now: bigint,
): CertifiedKey {
  demand(chain.length <= longestChain, "unsupported", `a chain of ${chain.length} certificates`);
  const [certificate, ...authorities] = chain.map(parseCertificate);
  if (certificate === undefined) refuse("malformed", "a chain without certificates");
  const usages = certificate.keyUsage;
  demand(usages?.has(keyUsages.digitalSignature) ?? true, "unsupported", "its key is not for signatures");
  let below = certificate;
  for (const [between, authority] of authorities.entries()) {
    demandCertifies(authority, below, between);
    below = authority;
  }
  const anchor = anchorOf(below, authorities.length, anchors);
  for (const each of [certificate, ...authorities, anchor.certificate]) demandAlive(each, now);
  const { domains } = anchor;
  return { publicKey: certificate.publicKey, certificate, domains, authorities };
}

/** The client and user that the chain's holder is. Throws CredentialError. */
export function holderOfChain({ certificate, domains, authorities }: CertifiedKey): Holder {
  const holder = holderOfUris(certificate.uris);
  demandDomain(domainOfUri(holder.client), domains);
  for (const authority of authorities) demandMayCertify(authority, holder.user);
  return holder;
}

/** The provider that the chain's holder is, by the URI or DNS name in its certificate. Throws CredentialError. */
export function providerOfChain({ certificate, domains, authorities }: CertifiedKey): string {
  const byUri = certificate.uris.flatMap((text) => {
    const uri = parseMimiUriOf("provider", text);
    return uri.ok ? [uri.value.domain] : [];
  });
  const named = [...new Set([...byUri, ...certificate.dnsNames.map((name) => name.toLowerCase())])];
  const [domain, ...others] = named;
  if (domain === undefined || others.length > 0) refuse("namesNobody", `it names ${named.length} providers`);
  demandDomain(domain, domains);
  for (const authority of authorities) demandMayCertify(authority, undefined);
  return domain;
}

export function demandDomain(domain: string, trusted: readonly string[]): void {
  const detail = `${domain}, where it is trusted for ${trusted.join(", ")}`;
  demand(trusted.includes(domain), "wrongDomain", detail);
}

/**
 * An authority that is itself somebody at the provider speaks for that user's clients only, and not for the provider
 * (identity-05 §5.1, cascading certificates). `user` is whom the chain's holder belongs to.
 */
function demandMayCertify({ uris }: X509, user: string | undefined): void {
  for (const text of uris) {
    const uri = parseMimiUri(text);
    if (!uri.ok || !personal.has(uri.value.kind)) continue;
    const isOwn = uri.value.uri === user;
    demand(isOwn, "untrusted", `${uri.value.uri} certifies ${user ?? "a provider"}`);
  }
}

const personal: ReadonlySet<MimiUriKind> = new Set(["user", "pseudonym", "client"]);

/** The anchor that the last certificate is or is certified by. */
function anchorOf(
  last: X509,
  between: number,
  anchors: readonly TrustAnchor[],
): { readonly certificate: X509; readonly domains: readonly string[] } {
  const parsed = anchors.map(({ certificate, domains }) => ({
    certificate: parseCertificate(certificate),
    domains,
  }));
  const itself = parsed.find(({ certificate }) => equalBytes(certificate.signed, last.signed));
  if (itself !== undefined && between > 0) return itself;
  const named = parsed.filter(({ certificate }) => equalBytes(certificate.subject, last.issuer));
  demand(named.length > 0, "untrusted", "no trusted authority has the name of the last issuer");
  const signer = named.find(({ certificate }) => isSignedBy(last, certificate));
  const anchor = present(
    signer,
    "badSignature",
    "the last certificate is not signed by the authority it names",
  );
  demandIsAuthority(anchor.certificate, between);
  return anchor;
}

function demandCertifies(authority: X509, below: X509, between: number): void {
  demand(equalBytes(below.issuer, authority.subject), "untrusted", "a certificate names another issuer");
  demand(isSignedBy(below, authority), "badSignature", "a certificate is not signed by the one after it");
  demandIsAuthority(authority, between);
}

/** `between`: how many authorities stand between this one and the holder. RFC 5280 §4.2.1.3 and §4.2.1.9 */
function demandIsAuthority({ isAuthority, keyUsage, pathLength }: X509, between: number): void {
  demand(isAuthority, "untrusted", "a certificate that is no authority's certifies another");
  const may = keyUsage?.has(keyUsages.keyCertSign) ?? true;
  demand(may, "untrusted", "the key of an authority is not for certificates");
  demand(between <= (pathLength ?? between), "untrusted", "more authorities than the path length allows");
}

function isSignedBy({ signed, signature, signatureAlgorithm }: X509, authority: X509): boolean {
  if (authority.keyAlgorithm !== signatureAlgorithm) return false;
  return verify(signatureAlgorithm, authority.publicKey, signed, signature);
}

function demandAlive({ notBefore, notAfter }: X509, now: bigint): void {
  demand(notBefore <= now, "notYetValid", `from ${notBefore}, and it is ${now}`);
  demand(now <= notAfter, "expired", `until ${notAfter}, and it is ${now}`);
}
