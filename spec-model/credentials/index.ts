/** Credentials of clients and providers, and the Authentication Service that says who they authenticate. */

export { pseudonymousCredentialType } from "../pseudonyms/index.ts";
export { parseCertificate, type X509 } from "./certificate.ts";
export type { TrustAnchor } from "./chain.ts";
export { type ProvenIdentity, provenIdentity } from "./claims.ts";
export { mlsAuthentication } from "./mls-application.ts";
export { type KnownUser, peopleKnownTo, type SeenLeaf } from "./people.ts";
export {
  newClientPseudonym,
  newUserPseudonym,
  type Pseudonyms,
  pseudonymousCredential,
  type RealClient,
} from "./pseudonym.ts";
export { CredentialError, type CredentialErrorCode, credentialRules, type Outcome } from "./rules.ts";
export {
  type Authenticated,
  type AuthenticationService,
  authenticate,
  authenticateProvider,
  type Claim,
  type IdentityLinkKey,
  type RegisteredKey,
} from "./service.ts";
export type { Algorithm } from "./signatures.ts";
export {
  issueToken,
  type TokenClaims,
  type TokenIssuer,
  tokenCredential,
  tokenCredentialType,
} from "./token.ts";
