/** Credentials of clients in minimal-metadata rooms. protocol-06 §6.1 */
import { IdentifierUri } from "../framing.ts";
import { Credential, SignaturePublicKey } from "../mls/structures/index.ts";
import { type Infer, opaque, struct, v } from "../wire/index.ts";

const pseudonyms = {
  client_pseudonym: IdentifierUri,
  user_pseudonym: IdentifierUri.as("the same for all clients of the user, and in the participant list"),
  signature_public_key: SignaturePublicKey,
};
const keyDecision = {
  question: "`opaque signature_public_key` has no length",
  reading: "opaque<V>",
  reason: "RFC 9420 §5.1.1 writes signature public keys so",
  alternatives: [],
};
const semicolonDecision = {
  question: "the definition has no semicolon at its end",
  reading: "it has one",
  reason: "nothing else can be meant",
  alternatives: [],
};

export const PseudonymousCredential = struct("PseudonymousCredential", pseudonyms)
  .followedBy({
    identity_link_ciphertext: opaque(v).as("of IdentityLinkTBE, under a key of the participants"),
  })
  .from("protocol-06 §6.1", "a client that the hub does not know")
  .decided(keyDecision)
  .decided(semicolonDecision)
  .decided({
    question: "how the credential stands in a leaf",
    reading: "left open: there is no credential type for it",
    reason: "protocol-06 registers none",
    alternatives: ["the identity of a basic credential"],
  });
export type PseudonymousCredential = Infer<typeof PseudonymousCredential>;

export const PseudonymousCredentialTBS = struct("PseudonymousCredentialTBS", pseudonyms)
  .from("protocol-06 §6.1", "what the client's real key signs")
  .decided(keyDecision)
  .decided(semicolonDecision);
export type PseudonymousCredentialTBS = Infer<typeof PseudonymousCredentialTBS>;

export const IdentityLinkTBE = struct("IdentityLinkTBE", {
  pseudonymous_credential_signature: opaque(v).as("of the real key, over PseudonymousCredentialTBS"),
  client_credential: Credential.as("the real one"),
})
  .from("protocol-06 §6.1", "who a pseudonymous client really is, for the other participants")
  .decided(semicolonDecision);
export type IdentityLinkTBE = Infer<typeof IdentityLinkTBE>;
