/** Extensions, and the contents of those that RFC 9420 defines. */
import { type Infer, opaque, struct, v, vector } from "../../wire/index.ts";
import { HPKEPublicKey, SignaturePublicKey } from "./basics.ts";
import { Credential } from "./credential.ts";
import { CredentialType, ExtensionType, ProposalType, WireFormat } from "./registries.ts";

export const Extension = struct("Extension", {
  extension_type: ExtensionType,
  extension_data: opaque(v),
}).from("RFC 9420 §7.2", "a parameter of a KeyPackage, leaf, GroupContext or GroupInfo");
export type Extension = Infer<typeof Extension>;

export const RequiredCapabilities = struct("RequiredCapabilities", {
  extension_types: vector(ExtensionType),
  proposal_types: vector(ProposalType),
  credential_types: vector(CredentialType),
}).from("RFC 9420 §11.1", "what every member has to support");
export type RequiredCapabilities = Infer<typeof RequiredCapabilities>;

export const ExternalPub = struct("ExternalPub", { external_pub: HPKEPublicKey }).from(
  "RFC 9420 §12.4.3.2",
  "the key that an external commit encapsulates its init secret to",
);

export const ExternalSender = struct("ExternalSender", {
  signature_key: SignaturePublicKey,
  credential: Credential,
}).from("RFC 9420 §12.1.8.1", "somebody outside the group who may propose changes");
export type ExternalSender = Infer<typeof ExternalSender>;

export const ExternalSenders = vector(ExternalSender).from(
  "RFC 9420 §12.1.8.1",
  "the content of external_senders; a Sender names one by its index",
);

export const WireFormats = struct("WireFormats", { wire_formats: vector(WireFormat) }).from(
  "mls-extensions §5",
  "the wire formats beyond RFC 9420 that a client supports or a group requires",
);
