/** What a group requires beyond RFC 9420's capabilities: wire formats, components and Safe AAD components (mls-extensions §5). */
import { componentData } from "./app-data.ts";
import { decoded, demand } from "./errors.ts";
import { extensionData, requiredWireFormats } from "./extensions.ts";
import {
  ComponentsList,
  componentIds,
  type Extension,
  type LeafNode,
  type WireFormat,
  WireFormats,
} from "./structures/index.ts";

/** Required of all members, or supported by one. */
export interface Negotiated {
  readonly wireFormats: readonly WireFormat[];
  readonly components: readonly number[];
  readonly safeAad: readonly number[];
}

export function requiredOfMembers(groupExtensions: readonly Extension[]): Negotiated {
  return { wireFormats: requiredWireFormats(groupExtensions), ...componentLists(groupExtensions) };
}

/** Refuses a leaf that does not list what is required. */
export function demandNegotiated(leaf: LeafNode, required: Negotiated): void {
  const { wireFormats, components, safeAad } = required;
  if (wireFormats.length + components.length + safeAad.length === 0) return;
  const supported = supportedBy(leaf);
  for (const format of wireFormats) {
    demand(supported.wireFormats.includes(format), "requiredWireFormat", `${format}`);
  }
  for (const id of components) demand(supported.components.includes(id), "requiredComponent", `${id}`);
  for (const id of safeAad) demand(supported.safeAad.includes(id), "requiredSafeAad", `${id}`);
}

/** Kept by leaf, since every commit asks again for every member. */
const supportedByLeaves = new WeakMap<LeafNode, Negotiated>();

function supportedBy(leaf: LeafNode): Negotiated {
  const known = supportedByLeaves.get(leaf);
  if (known !== undefined) return known;
  const data = extensionData(leaf.extensions, "supported_wire_formats");
  const beyondDefault = data === undefined ? [] : decoded(WireFormats, data).wireFormats;
  const wireFormats = [...defaultWireFormats, ...beyondDefault];
  const supported = { wireFormats, ...componentLists(leaf.extensions) };
  supportedByLeaves.set(leaf, supported);
  return supported;
}

const defaultWireFormats: readonly WireFormat[] = [
  "mls_public_message",
  "mls_private_message",
  "mls_welcome",
  "mls_group_info",
  "mls_key_package",
];

function componentLists(extensions: readonly Extension[]): Pick<Negotiated, "components" | "safeAad"> {
  const list = (componentId: number) => {
    const data = componentData(extensions, componentId);
    return data === undefined ? [] : decoded(ComponentsList, data).componentIds;
  };
  return { components: list(componentIds.app_components), safeAad: list(componentIds.safe_aad) };
}
