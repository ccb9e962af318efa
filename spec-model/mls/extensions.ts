/** Reading the extensions that the group itself acts on (RFC 9420 §11.1, §12.1.8.1; mls-extensions §5). */
import { decoded, demand } from "./errors.ts";
import {
  type Extension,
  type ExtensionType,
  type ExternalSender,
  ExternalSenders,
  type LeafNode,
  type RequiredCapabilities,
  RequiredCapabilities as RequiredCapabilitiesCodec,
  type WireFormat,
  WireFormats,
} from "./structures/index.ts";

/** The content of the extension of this type, undefined where there is none. */
export function extensionData(extensions: readonly Extension[], type: ExtensionType): Uint8Array | undefined {
  return extensions.find((extension) => extension.extensionType === type)?.extensionData;
}

/** RFC 9420 §13.4: at most one of each type (`duplicateExtension`). */
export function demandDistinct(extensions: readonly Extension[]): void {
  const types = new Set(extensions.map((extension) => extension.extensionType));
  demand(types.size === extensions.length, "duplicateExtension");
}

const nothingRequired: RequiredCapabilities = { extensionTypes: [], proposalTypes: [], credentialTypes: [] };

/** What the GroupContext's required_capabilities demands; nothing where it has none. RFC 9420 §11.1 */
export function requiredCapabilities(extensions: readonly Extension[]): RequiredCapabilities {
  const data = extensionData(extensions, "required_capabilities");
  return data === undefined ? nothingRequired : decoded(RequiredCapabilitiesCodec, data);
}

/** Who outside the group may propose, by `sender_index`. RFC 9420 §12.1.8.1 */
export function externalSenders(extensions: readonly Extension[]): ExternalSender[] {
  const data = extensionData(extensions, "external_senders");
  return data === undefined ? [] : decoded(ExternalSenders, data);
}

/** The wire formats that all members have to support beyond RFC 9420's. mls-extensions §5 */
export function requiredWireFormats(extensions: readonly Extension[]): WireFormat[] {
  const data = extensionData(extensions, "required_wire_formats");
  return data === undefined ? [] : decoded(WireFormats, data).wireFormats;
}

/** Types that every client supports without saying so. RFC 9420 §7.2 */
const defaultExtensions: ReadonlySet<ExtensionType> = new Set<ExtensionType>([
  "application_id",
  "ratchet_tree",
  "required_capabilities",
  "external_pub",
  "external_senders",
]);
const defaultProposals: ReadonlySet<string | number> = new Set([
  "add",
  "update",
  "remove",
  "psk",
  "reinit",
  "external_init",
  "group_context_extensions",
]);

/** Whether a client may meet extensions of this type. RFC 9420 §7.2 */
export function supportsExtension(leaf: LeafNode, type: ExtensionType): boolean {
  return defaultExtensions.has(type) || leaf.capabilities.extensions.includes(type);
}

/** Whether a client may meet proposals of this type. RFC 9420 §7.2 */
export function supportsProposal(
  leaf: LeafNode,
  type: LeafNode["capabilities"]["proposals"][number],
): boolean {
  return defaultProposals.has(type) || leaf.capabilities.proposals.includes(type);
}
