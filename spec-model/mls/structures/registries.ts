/** The numbers that RFC 9420 §17 and mls-extensions register. */
import { type Infer, openEnum } from "../../wire/index.ts";

export const ExtensionType = openEnum("ExtensionType", 2, {
  application_id: 1,
  ratchet_tree: 2,
  required_capabilities: 3,
  external_pub: 4,
  external_senders: 5,
  app_data_dictionary: 6,
  supported_wire_formats: 7,
  required_wire_formats: 8,
}).from("RFC 9420 §17.3, mls-extensions §7.1", "what an extension carries");
export type ExtensionType = Infer<typeof ExtensionType>;

export const ProposalType = openEnum("ProposalType", 2, {
  add: 1,
  update: 2,
  remove: 3,
  psk: 4,
  reinit: 5,
  external_init: 6,
  group_context_extensions: 7,
  app_data_update: 8,
  app_ephemeral: 9,
  self_remove: 10,
}).from("RFC 9420 §17.4, mls-extensions §7.2", "what a proposal proposes");
export type ProposalType = Infer<typeof ProposalType>;

export const CredentialType = openEnum("CredentialType", 2, { basic: 1, x509: 2 }).from(
  "RFC 9420 §17.5",
  "how a credential says who its holder is",
);
export type CredentialType = Infer<typeof CredentialType>;

export const WireFormat = openEnum("WireFormat", 2, {
  mls_public_message: 1,
  mls_private_message: 2,
  mls_welcome: 3,
  mls_group_info: 4,
  mls_key_package: 5,
  mls_semiprivate_message: 0xf001,
})
  .from("RFC 9420 §17.2, semiprivatemessage-07 §6.1", "what an MLSMessage holds")
  .decided({
    question: "the number of mls_semiprivate_message is still to be assigned",
    reading: "0xf001",
    reason: "the first number but one of the range for private use",
    alternatives: ["any other number from 0xf000"],
  });
export type WireFormat = Infer<typeof WireFormat>;

/** The components that mls-extensions and semiprivatemessage register. mls-extensions §7.5 */
export const componentIds = {
  app_components: 1,
  safe_aad: 2,
  content_media_types: 3,
  last_resort_key_package: 4,
  app_ack: 5,
  external_receivers: 8,
} as const;
