/**
 * The Authentication Service: who, if anybody, a credential authenticates. Data and functions; whom to trust is for each
 * provider and user to say (identity-05 §5), and time is an argument. RFC 9420 §5.3.1
 */
import { equalBytes, textOf } from "../bytes.ts";
import { domainOfUri, mimiUri } from "../identifiers/index.ts";
import { type CipherSuiteId, type Credential, cipherSuite } from "../mls/index.ts";
import { pseudonymousCredentialType } from "../pseudonyms/index.ts";
import { type Holder, holderOf, providerOf } from "../room/index.ts";
import { type CertifiedKey, holderOfChain, providerOfChain, type TrustAnchor, verifyChain } from "./chain.ts";
import { demandLinkSignature, openIdentityLink, pseudonymsOf } from "./pseudonym.ts";
import { demand, type Outcome, outcomeOf, present, refuse } from "./rules.ts";
import { type TokenIssuer, tokenCredentialType, verifyToken } from "./token.ts";

/** Whom and what to believe. A kind of credential that is left out is not accepted. */
export interface AuthenticationService {
  /** `asserted`: what a basic credential says is believed, as in the model's rooms; or the keys known of clients. */
  readonly basic?: "asserted" | readonly RegisteredKey[];
  readonly x509?: readonly TrustAnchor[];
  readonly tokens?: readonly TokenIssuer[];
  /** `visible`: as the hub of a minimal-metadata room sees them; or with the key to the identity links. */
  readonly pseudonyms?: "visible" | IdentityLinkKey;
}

/** The signature key of a client or a provider, as somebody who is believed has it in their books. */
export interface RegisteredKey {
  /** A client's or provider's URI. */
  readonly uri: string;
  readonly signatureKey: Uint8Array;
}

export interface IdentityLinkKey {
  readonly suite: CipherSuiteId;
  readonly key: Uint8Array;
}

/** A credential with the key that it is to be about, and what is expected of it. */
export interface Claim {
  readonly credential: Credential;
  /** Of the leaf. */
  readonly signatureKey: Uint8Array;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly now: bigint;
  /** The provider that the client must be of, and the user that it must be of. */
  readonly expected?: { readonly domain?: string; readonly user?: string };
}

/** In a minimal-metadata room `client` and `user` are pseudonyms; `real` is who is behind them, for participants. */
export interface Authenticated extends Holder {
  readonly real?: Holder;
}

/** The client and user that the credential authenticates, or the one reason why it authenticates nobody. */
export function authenticate(service: AuthenticationService, claim: Claim): Outcome<Authenticated> {
  return outcomeOf(() => {
    const { holder, keys } = prove(service, claim.credential, claim.now);
    demandKey(keys, claim.signatureKey);
    demandExpectedDomain(domainOfUri(holder.client), claim.expected);
    const user = claim.expected?.user ?? holder.user;
    demand(holder.user === user, "wrongUser", `${holder.user} instead of ${user}`);
    return holder;
  });
}

/** The same for a provider, as in `external_senders`: the domain that the credential authenticates. protocol-06 §7.4 */
export function authenticateProvider(service: AuthenticationService, claim: Claim): Outcome<string> {
  return outcomeOf(() => {
    const { domain, keys } = proveProvider(service, claim.credential, claim.now);
    demandKey(keys, claim.signatureKey);
    demandExpectedDomain(domain, claim.expected);
    return domain;
  });
}

/** Keys that are proven to be somebody's own; undefined where the credential says nothing of keys. */
type Keys = readonly Uint8Array[] | undefined;

interface Proven {
  readonly holder: Authenticated;
  readonly keys: Keys;
}

function prove(service: AuthenticationService, credential: Credential, now: bigint): Proven {
  switch (credential.credentialType) {
    case "basic": {
      const holder =
        holderOf(credential) ?? refuse("namesNobody", "its identity is no URI of a user's client");
      return { holder, keys: registered(service, holder.client) };
    }
    case "x509": {
      const certified = certifiedKey(service, credential, now);
      return { holder: holderOfChain(certified), keys: [certified.publicKey] };
    }
    case tokenCredentialType: {
      const issuers = present(service.tokens, "unknownType", "a token");
      const token = present(textOf(credential.credentialData), "malformed", "a token that is not UTF-8");
      const { holder, publicKey } = verifyToken(token, issuers, now);
      return { holder, keys: [publicKey] };
    }
    case pseudonymousCredentialType:
      return provePseudonym(service, credential.credentialData, now);
    default:
      return refuse("unknownType", `${credential.credentialType}`);
  }
}

function proveProvider(
  service: AuthenticationService,
  credential: Credential,
  now: bigint,
): { readonly domain: string; readonly keys: Keys } {
  switch (credential.credentialType) {
    case "basic": {
      const domain = providerOf(credential) ?? refuse("namesNobody", "its identity is no provider's URI");
      return { domain, keys: registered(service, mimiUri("provider", domain)) };
    }
    case "x509": {
      const certified = certifiedKey(service, credential, now);
      return { domain: providerOfChain(certified), keys: [certified.publicKey] };
    }
    default:
      return refuse("unknownType", `${credential.credentialType} of a provider`);
  }
}

function registered({ basic }: AuthenticationService, uri: string): Keys {
  const known = present(basic, "unknownType", "basic");
  if (known === "asserted") return undefined;
  const keys = known.filter((each) => each.uri === uri).map((each) => each.signatureKey);
  demand(keys.length > 0, "untrusted", `nobody has registered a key of ${uri}`);
  return keys;
}

function certifiedKey(
  { x509 }: AuthenticationService,
  credential: Extract<Credential, { credentialType: "x509" }>,
  now: bigint,
): CertifiedKey {
  const chain = credential.certificates.map(({ certData }) => certData);
  return verifyChain(chain, present(x509, "unknownType", "x509"), now);
}

/** The hub believes the pseudonyms; participants believe the real credential that has signed them. */
function provePseudonym(service: AuthenticationService, credentialData: Uint8Array, now: bigint): Proven {
  const { pseudonyms, ...others } = service;
  const seen = present(pseudonyms, "unknownType", "a pseudonymous credential");
  const { client, user, signatureKey } = pseudonymsOf(credentialData);
  if (seen === "visible") return { holder: { client, user }, keys: [signatureKey] };
  const suite = cipherSuite(seen.suite);
  const link = openIdentityLink(suite, credentialData, seen.key);
  const real = prove(others, link.clientCredential, now);
  // A basic credential holds no key: without one from elsewhere anybody could have signed.
  const keys = present(real.keys, "linkSignature", "nothing says which key the real client has");
  demandLinkSignature(suite, credentialData, link, keys);
  const [domain, realDomain] = [domainOfUri(client), domainOfUri(real.holder.client)];
  demand(domain === realDomain, "wrongDomain", `a pseudonym at ${domain} for a client of ${realDomain}`);
  return { holder: { client, user, real: real.holder }, keys: [signatureKey] };
}

function demandKey(keys: Keys, signatureKey: Uint8Array): void {
  const fits = keys?.some((key) => equalBytes(key, signatureKey)) ?? true;
  demand(fits, "wrongKey", "the leaf's signature key");
}

function demandExpectedDomain(domain: string, expected: Claim["expected"]): void {
  const wanted = expected?.domain ?? domain;
  demand(domain === wanted, "wrongDomain", `${domain} instead of ${wanted}`);
}
