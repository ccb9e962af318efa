/** Clients and groups for the MLS tests: credentials, capabilities and components like those of a MIMI room. */
import { concat, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Capabilities,
  type CipherSuiteId,
  ComponentsList,
  componentIds,
  dictionaryExtension,
  type Extension,
  ExternalSenders,
  generateKeyPackage,
  type KeyPackageOptions,
  MLSMessage,
  type MlsApplication,
  type OwnKeyPackage,
  type Proposal,
  RequiredCapabilities,
  WireFormats,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy, type RandomSource } from "../../../spec-model/random.ts";

/** A component whose data is the last update. */
export const topic = 0x8001;
/** A component whose data is all updates, one behind the other. */
export const log = 0x8002;

export const application: MlsApplication = {
  now: 1000n,
  components: new Map([
    [topic, (_current, updates) => updates.at(-1) ?? noBytes],
    [log, (current, updates) => concat(current ?? noBytes, ...updates)],
  ]),
  ephemeralComponents: new Map([[5, () => undefined]]),
};

export const capabilities: Capabilities = {
  versions: ["mls10"],
  cipherSuites: [1, 2, 3, 0x0a0a],
  extensions: ["app_data_dictionary", "supported_wire_formats", "required_wire_formats", 0x1a1a],
  proposals: ["app_data_update", "app_ephemeral", "self_remove", 0x2a2a],
  credentials: ["basic", 0xf00d],
};

/** The component that the fixture's clients put into SafeAAD. */
export const aadComponent = 9;

/** What the fixture's clients support beyond their capabilities. mls-extensions §5 */
export const leafExtensions: Extension[] = [
  {
    extensionType: "supported_wire_formats",
    extensionData: WireFormats.encode({ wireFormats: ["mls_semiprivate_message", 0x2a2a] }),
  },
  dictionaryExtension(
    new Map([
      [componentIds.app_components, componentList(topic, log, 0x0a0a)],
      [componentIds.safe_aad, componentList(aadComponent)],
    ]),
  ),
];

export function componentList(...ids: number[]): Uint8Array {
  return ComponentsList.encode({ componentIds: ids });
}

export function randomness(purpose: string): RandomSource {
  return expandEntropy(noBytes, purpose);
}

export function basic(name: string) {
  return { credentialType: "basic" as const, identity: utf8(name) };
}

/** A KeyPackage of a client with this name. */
export function client(
  name: string,
  changes: Partial<KeyPackageOptions> & { suite?: CipherSuiteId } = {},
): OwnKeyPackage {
  const options = {
    credential: basic(name),
    leafExtensions,
    capabilities,
    lifetime: { notBefore: 0n, notAfter: 2000n },
    ...changes,
  };
  return generateKeyPackage(changes.suite ?? 1, options, application, randomness(`key package of ${name}`));
}

export function requiredCapabilities(required: Partial<RequiredCapabilities>): Extension {
  const all = { extensionTypes: [], proposalTypes: [], credentialTypes: [], ...required };
  return { extensionType: "required_capabilities", extensionData: RequiredCapabilities.encode(all) };
}

export function externalSenders(signatureKey: Uint8Array): Extension {
  const sender = { signatureKey, credential: basic("hub.example") };
  return { extensionType: "external_senders", extensionData: ExternalSenders.encode([sender]) };
}

export function roomExtensions(
  hubSignatureKey: Uint8Array,
  components: [number, Uint8Array][] = [],
): Extension[] {
  return [
    requiredCapabilities({
      extensionTypes: ["app_data_dictionary"],
      proposalTypes: ["app_data_update", "self_remove"],
    }),
    externalSenders(hubSignatureKey),
    dictionaryExtension(new Map([[topic, utf8("first")], ...components])),
  ];
}

export function update(componentId: number, text: string): Proposal {
  return { proposalType: "app_data_update", componentId, op: "update", update: utf8(text) };
}

/** The message after a journey over the wire. */
export function overTheWire(message: MLSMessage): MLSMessage {
  return MLSMessage.decode(MLSMessage.encode(message));
}
