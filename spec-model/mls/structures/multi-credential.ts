/** Credentials made of several credentials (mls-extensions §6.5). */
import { opaque, struct, v, vector } from "../../wire/index.ts";
import { CipherSuiteNumber, SignaturePublicKey } from "./basics.ts";
import { Credential } from "./credential.ts";

const boundFields = {
  cipher_suite: CipherSuiteNumber.as("of credential_key; need not be the group's"),
  credential: Credential,
  credential_key: SignaturePublicKey,
};

export const CredentialBinding = struct("CredentialBinding", {
  ...boundFields,
  signature: opaque(v).as("over CredentialBindingTBS"),
}).from("mls-extensions §6.5.1", "its holder's statement that the leaf's signature key is also its own");

export const CredentialBindingTBS = struct("CredentialBindingTBS", {
  ...boundFields,
  signature_key: SignaturePublicKey.as("of the leaf"),
}).from("mls-extensions §6.5.1", "what the signature of a CredentialBinding covers");

export const MultiCredential = struct("MultiCredential", { bindings: vector(CredentialBinding) }).from(
  "mls-extensions §6.5",
  "a credential of which every member has to support every binding",
);

export const WeakMultiCredential = struct("WeakMultiCredential", {
  bindings: vector(CredentialBinding),
}).from("mls-extensions §6.5", "a credential of which every member has to support some binding");
