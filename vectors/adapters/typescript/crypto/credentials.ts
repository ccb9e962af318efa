/** Whom credentials authenticate. RFC 9420 §5.3.1, identity-05 §5.1 */
import {
  type Algorithm,
  type AuthenticationService,
  authenticate,
  authenticateProvider,
  type Claim,
  type Outcome,
  type TrustAnchor,
} from "../../../../spec-model/credentials/index.ts";
import { Credential } from "../../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Answer } from "../../../verify/protocol.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIn } from "../input.ts";

export const credentialHandlers: Readonly<Record<string, Handler>> = {
  "credential.authenticate": (input) =>
    answerOf(authenticate(serviceOf(input), claimOf(input)), ({ client, user }) => ({ client, user })),
  "credential.authenticate-provider": (input) =>
    answerOf(authenticateProvider(serviceOf(input), claimOf(input)), (domain) => ({ domain })),
};

function answerOf<T>(outcome: Outcome<T>, output: (value: T) => JsonObject): Answer {
  return outcome.ok
    ? { outcome: "authenticated", output: output(outcome.value) }
    : { outcome: "refused", output: {}, says: outcome.error.message };
}

function claimOf(input: JsonObject): Claim {
  const expected = input["expected"] as Claim["expected"];
  return {
    credential: Credential.decode(octetsIn(input, "credential")),
    signatureKey: octetsIn(input, "signatureKey"),
    now: BigInt(String(input["now"])),
    ...(expected && { expected }),
  };
}

/** What the case does not speak of is not accepted. */
function serviceOf(input: JsonObject): AuthenticationService {
  return {
    ...(input["registered"] && { basic: listIn<JsonObject>(input, "registered").map(registered) }),
    ...(input["anchors"] && { x509: listIn<JsonObject>(input, "anchors").map(anchor) }),
    ...(input["issuers"] && { tokens: listIn<JsonObject>(input, "issuers").map(issuer) }),
  };
}

function registered(each: JsonObject) {
  return { uri: String(each["uri"]), signatureKey: octetsIn(each, "signatureKey") };
}

function anchor(each: JsonObject): TrustAnchor {
  return { certificate: octetsIn(each, "certificate"), domains: listIn<string>(each, "domains") };
}

function issuer(each: JsonObject) {
  const keyId = each["keyId"];
  return {
    issuer: String(each["issuer"]),
    ...(typeof keyId === "string" && { keyId }),
    algorithm: each["algorithm"] as Algorithm,
    publicKey: octetsIn(each, "publicKey"),
    domains: listIn<string>(each, "domains"),
  };
}
