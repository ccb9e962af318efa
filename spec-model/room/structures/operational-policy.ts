/** How clients are to run the room's MLS group. room-policy-04 §7.1 */
import {
  AnyProtocolVersion,
  CipherSuiteNumber,
  ComponentID,
  ContentType,
  CredentialType,
  ExtensionType,
  ProposalType,
  WireFormat,
} from "../../mls/structures/index.ts";
import {
  bool,
  closedEnum,
  type Infer,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  vector,
} from "../../wire/index.ts";
import { MediaType } from "./media-type.ts";

const wireFormatsDecision = {
  question:
    "lists of wire formats have items of the type WireFormats, which mls-extensions §5 defines as a list itself",
  reading: "a vector of WireFormat",
  reason: "every other list in these structures names the type of its items",
  alternatives: ["a vector of vectors of WireFormat"],
};

export const ExtendedCapabilities = struct("ExtendedCapabilities", {
  versions: vector(AnyProtocolVersion),
  cipher_suites: vector(CipherSuiteNumber),
  extensions: vector(ExtensionType),
  proposals: vector(ProposalType),
  credentials: vector(CredentialType),
  wire_formats: vector(WireFormat),
  component_ids: vector(ComponentID),
  safe_aad_types: vector(ComponentID),
  media_types: vector(MediaType),
  content_types: vector(ContentType),
})
  .from("room-policy-04 §7.1", "everything about MLS that a room can ask for, prefer or forbid")
  .decided(wireFormatsDecision);
export type ExtendedCapabilities = Infer<typeof ExtendedCapabilities>;

export const PendingProposalStrategy = closedEnum("PendingProposalStrategy", 255, {
  unspecified: 0,
  immediate_commit: 1,
  random_delay: 2,
}).from("room-policy-04 §7.1", "when a member commits pending proposals");
export type PendingProposalStrategy = Infer<typeof PendingProposalStrategy>;

export const PendingProposalPolicy = struct("PendingProposalPolicy", {
  pending_proposal_strategy: PendingProposalStrategy,
})
  .select("pending_proposal_strategy", {
    unspecified: {},
    immediate_commit: {},
    random_delay: { minimum_delay_ms: uint64, maximum_delay_ms: uint64 },
  })
  .from("room-policy-04 §7.1", "when a member commits pending proposals, with its parameters")
  .decided({
    question: "the select has a case extension that the enumeration has no value for",
    reading: "the case cannot occur",
    reason: "without a number it cannot be sent",
    alternatives: ["extension(3)"],
  });
export type PendingProposalPolicy = Infer<typeof PendingProposalPolicy>;

export const MinDefaultMaxTime = struct("MinDefaultMaxTime", {
  minimum_time: uint64,
  default_time: uint64,
  maximum_time: uint64,
})
  .from("room-policy-04 §7.1", "bounds on a duration")
  .decided({
    question: "the unit of these times, and of the lifetimes beside them",
    reading: "seconds",
    reason: "the other durations of the document are in seconds; those in milliseconds say so in their names",
    alternatives: ["milliseconds"],
  });
export type MinDefaultMaxTime = Infer<typeof MinDefaultMaxTime>;

export const AppMessagePolicy = struct("AppMessagePolicy", {
  epoch_tolerance: uint8.as("how many epochs old an application message may be"),
  pad_to_size: uint16.as("octets"),
  max_generations_skipahead: uint32,
}).from("room-policy-04 §7.1", "bounds on application messages");
export type AppMessagePolicy = Infer<typeof AppMessagePolicy>;

export const OperationalParameters = struct("OperationalParameters", {
  mandatory_capabilities: ExtendedCapabilities,
  default_capabilities: ExtendedCapabilities,
  forbidden_capabilities: ExtendedCapabilities,
  handshake_formats: vector(WireFormat),
  external_proposal_allowed: bool,
  external_commit_allowed: bool,
  pending_proposal_policy: PendingProposalPolicy,
  LeafNode_update_time: MinDefaultMaxTime,
  app_message_policy: AppMessagePolicy,
  max_kp_lifetime: uint64,
  max_credential_lifetime: uint64,
  resumption_psk_lifetime: uint64,
  sender_nonce_keypair_lifetime: MinDefaultMaxTime,
  max_keypairs: uint32,
  buffer_incoming_message_time: MinDefaultMaxTime,
  max_buffered_messages: uint32,
})
  .from("room-policy-04 §7.1", "the content of the mls_operational_policy component")
  .decided(wireFormatsDecision)
  .decided({
    question: "max_kp_lifetime is a `unit64`",
    reading: "uint64",
    reason: "there is no such type, and the field beside it is a uint64",
    alternatives: [],
  });
export type OperationalParameters = Infer<typeof OperationalParameters>;

/** No capability at all. */
export const nothingOfMls: ExtendedCapabilities = {
  versions: [],
  cipherSuites: [],
  extensions: [],
  proposals: [],
  credentials: [],
  wireFormats: [],
  componentIds: [],
  safeAadTypes: [],
  mediaTypes: [],
  contentTypes: [],
};

const times: MinDefaultMaxTime = { minimumTime: 10n, defaultTime: 20n, maximumTime: 30n };

/** An operational policy that asks for nothing and forbids nothing, but for `changes`; its times are short. */
export function plainOperationalParameters(
  changes: Partial<OperationalParameters> = {},
): OperationalParameters {
  return {
    mandatoryCapabilities: nothingOfMls,
    defaultCapabilities: nothingOfMls,
    forbiddenCapabilities: nothingOfMls,
    handshakeFormats: [],
    externalProposalAllowed: true,
    externalCommitAllowed: true,
    pendingProposalPolicy: { pendingProposalStrategy: "unspecified" },
    LeafNodeUpdateTime: times,
    appMessagePolicy: { epochTolerance: 0, padToSize: 0, maxGenerationsSkipahead: 100 },
    maxKpLifetime: 100n,
    maxCredentialLifetime: 200n,
    resumptionPskLifetime: 300n,
    senderNonceKeypairLifetime: times,
    maxKeypairs: 10,
    bufferIncomingMessageTime: times,
    maxBufferedMessages: 10,
    ...changes,
  };
}
