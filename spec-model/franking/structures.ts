/** Franking: the hub's stamp on a message. protocol-06 §5.4 and §5.4.1 */
import { IdentifierUri } from "../framing.ts";
import { CipherSuiteNumber, Credential, SignaturePublicKey } from "../mls/structures/index.ts";
import { alias, type Decision, exactly, type Infer, opaque, struct, uint64, v } from "../wire/index.ts";

const sha256Octets: Decision = {
  question: "tags are written uint8 x[32] in some structures and opaque x[32] in others",
  reading: "32 octets without a length",
  reason: "both are fixed-size vectors of 32 octets (RFC 8446 §3.4)",
  alternatives: [],
};

export const Frank = struct("Frank", {
  server_frank: opaque(exactly(32)).as("HMAC-SHA256 under a key that only the hub knows"),
  franking_signature_ciphersuite: CipherSuiteNumber.as("names the signature's algorithm"),
  franking_integrity_signature: opaque(v).as("the hub's, over FrankingIntegrityTBS"),
})
  .from("protocol-06 §5.4", "the hub's stamp on a message that it accepted")
  .decided(sha256Octets);
export type Frank = Infer<typeof Frank>;

export const FrankAAD = struct("FrankAAD", {
  franking_tag: opaque(exactly(32)).as("HMAC-SHA256 of the content under its salt"),
})
  .from("protocol-06 §5.4.1", "the sender's commitment to the content; the frank_aad component")
  .decided(sha256Octets);
export type FrankAAD = Infer<typeof FrankAAD>;

export const FrankingAgentData = struct("FrankingAgentData", {
  franking_signature_key: SignaturePublicKey.as("of the signature scheme of the group's cipher suite"),
  credential: Credential.as("names the hub's domain"),
})
  .from("protocol-06 §5.4.1", "whose franks the group accepts; the franking_signature_key component")
  .decided({
    question: "the component is franking_agent in the text and franking_signature_key where it is registered",
    reading: "one component, 0x0021",
    reason: "the text refers to that registration",
    alternatives: [],
  });
export type FrankingAgentData = Infer<typeof FrankingAgentData>;

export const FrankingAgentUpdate = alias("FrankingAgentUpdate", FrankingAgentData).from(
  "protocol-06 §5.4.1",
  "an AppDataUpdate of the component: replaces all of it",
);

export const ServerFrankingContext = struct("ServerFrankingContext", {
  sender_uri: IdentifierUri.as("of the user, as the submission asserts it"),
  room_uri: IdentifierUri,
  accepted_timestamp: uint64.as("milliseconds since the UNIX epoch"),
}).from("protocol-06 §5.4.1.2", "what the hub knows about a message that it franks");
export type ServerFrankingContext = Infer<typeof ServerFrankingContext>;

export const FrankingIntegrityTBS = struct("FrankingIntegrityTBS", {
  server_frank: opaque(exactly(32)),
  franking_signature_ciphersuite: CipherSuiteNumber,
  context: ServerFrankingContext,
}).from("protocol-06 §5.4.1.2", "what franking_integrity_signature covers");
export type FrankingIntegrityTBS = Infer<typeof FrankingIntegrityTBS>;
