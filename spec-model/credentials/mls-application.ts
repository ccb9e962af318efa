/** The Authentication Service in the place where MLS asks for it. RFC 9420 §5.3.1 */
import { textOf } from "../bytes.ts";
import type { Credential, MlsApplication, Refusal } from "../mls/index.ts";
import { pseudonymousCredentialType } from "../pseudonyms/index.ts";
import { type Holder, holderOf } from "../room/index.ts";
import { parseCertificate } from "./certificate.ts";
import { holderOfUris } from "./holder.ts";
import { pseudonymsOf } from "./pseudonym.ts";
import { type Outcome, outcomeOf, present, refuse } from "./rules.ts";
import { type AuthenticationService, authenticate, authenticateProvider } from "./service.ts";
import { claimedByToken, tokenCredentialType } from "./token.ts";

type Questions = "validateCredential" | "validateExternalSender" | "validateSuccessor";

/** The service's answers at `now` (seconds since 1970), for use in an MlsApplication. */
export function mlsAuthentication(
  service: AuthenticationService,
  now: bigint,
): Required<Pick<MlsApplication, Questions>> {
  return {
    validateCredential: (credential, signatureKey) =>
      refusalIn(authenticate(service, { credential, signatureKey, now })),
    validateExternalSender: (credential, signatureKey) =>
      refusalIn(authenticateProvider(service, { credential, signatureKey, now })),
    validateSuccessor(before, after) {
      const [old, young] = [claimedHolder(before), claimedHolder(after)];
      const same = old.ok && young.ok && old.value.client === young.value.client;
      return same ? undefined : { refused: "the leaf of one client taken by another" };
    },
  };
}

/** Whom a credential says it is about, with nothing verified: a leaf that is being replaced may have expired. */
function claimedHolder(credential: Credential): Outcome<Holder> {
  return outcomeOf(() => {
    switch (credential.credentialType) {
      case "basic":
        return present(holderOf(credential), "namesNobody", "its identity is no URI of a user's client");
      case "x509": {
        const [first] = credential.certificates;
        if (first === undefined) return refuse("malformed", "a chain without certificates");
        return holderOfUris(parseCertificate(first.certData).uris);
      }
      case tokenCredentialType:
        return claimedByToken(textOf(credential.credentialData) ?? "");
      case pseudonymousCredentialType:
        return pseudonymsOf(credential.credentialData);
      default:
        return refuse("unknownType", `${credential.credentialType}`);
    }
  });
}

function refusalIn(outcome: Outcome<unknown>): Refusal | undefined {
  return outcome.ok ? undefined : { refused: `${outcome.error.code}: ${outcome.error.message}` };
}
