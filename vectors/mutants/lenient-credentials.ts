/** Implementations that judge credentials and leave out one check each. RFC 5280 §6.1, identity-05 §5.1 and §6.1 */
import type { LoadedCase } from "../verify/index.ts";
import { type Problem, problemsOf } from "./credential-problems.ts";

const leftOut: Readonly<Record<Problem, string>> = {
  form: "reads what it can of a credential, and passes over what it cannot",
  time: "does not look at the time",
  endless: "takes a token that says no end for one without an end",
  anchor: "takes any authority and any issuer for one that is trusted",
  "issuer's name": "goes by signatures, and not by whom certificates name as their issuer",
  signature: "goes by whom credentials name as their issuer, and verifies no signature",
  authority: "lets every holder of a certificate certify others",
  "authority's key usage": "lets every key of an authority certify others",
  "key usage": "takes signatures by keys of every use",
  "path length": "does not count authorities",
  "user's authority": "lets users certify whom they like",
  key: "does not compare the leaf's key with the credential's",
  "no key": "takes a token that is about no key for one about all keys",
  registration: "asks nobody whose key it is",
  "key ID": "tries the issuer's first key where it does not find the one that is named",
  algorithm: "goes by the key's algorithm, whatever the header names",
  critical: "passes over critical members of a header",
  nobody: "takes a credential that names nobody",
  "user for client": "takes a user's URI for a client's",
  "other thing for client": "takes any MIMI URI for a client's",
  "several clients": "goes by the first client that is named",
  "several users": "goes by the first user that is named",
  "several providers": "goes by the first provider that is named",
  "two providers": "does not compare the providers of client and user",
  "client without user": "takes clients of nobody",
  "member for provider": "takes a client's or user's URI for its provider's",
  domain: "trusts an authority for every domain",
  "expected domain": "does not ask whether it is the provider's that is meant",
  "expected user": "does not ask whether it is the user's who is meant",
};

export const credentialMutants = Object.entries(leftOut).map(([problem, says]) => ({
  id: `credentials without ${problem}`,
  says,
  survives: ({ operation, input, expect }: LoadedCase) =>
    operation.startsWith("credential.") &&
    !expect.allow.includes("authenticated") &&
    [...problemsOf(operation, input)].every((each) => each === problem),
}));
