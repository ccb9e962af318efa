/** Which structures byte strings hold: extensions by their type, components by their number. */
import {
  AppDataDictionary,
  ComponentsList,
  ExternalPub,
  ExternalReceivers,
  ExternalSenders,
  componentIds as mlsComponentIds,
  RatchetTreeExtension,
  RequiredCapabilities,
  WireFormats,
} from "./mls/structures/index.ts";
import { componentOf } from "./room/structures/index.ts";
import { type Codec, type Inside, nameOf } from "./wire/index.ts";

const extensions: Readonly<Record<string, Codec<unknown>>> = {
  ratchet_tree: RatchetTreeExtension as Codec<unknown>,
  required_capabilities: RequiredCapabilities as Codec<unknown>,
  external_pub: ExternalPub as Codec<unknown>,
  external_senders: ExternalSenders as Codec<unknown>,
  app_data_dictionary: AppDataDictionary as Codec<unknown>,
  supported_wire_formats: WireFormats as Codec<unknown>,
  required_wire_formats: WireFormats as Codec<unknown>,
};

const mlsComponents: ReadonlyMap<number, Codec<unknown>> = new Map([
  [mlsComponentIds.app_components, ComponentsList as Codec<unknown>],
  [mlsComponentIds.safe_aad, ComponentsList as Codec<unknown>],
  [mlsComponentIds.external_receivers, ExternalReceivers as Codec<unknown>],
]);

/** What an extension, a component's data or its update holds. RFC 9420 §17.3, mls-extensions §4.6, §4.7 and §4.9 */
export const contentOf: Inside = (part, siblings, around) => {
  const { extension_type, component_id } = siblings;
  if (part.step === "extension_data") return extensions[String(extension_type)];
  if (typeof component_id !== "number") return undefined;
  if (part.step === "update") return componentOf(component_id)?.update;
  const isDictionary = nameOf(around.codec.shape) === "ComponentData";
  const known = part.step === "aad_item_data" || (part.step === "data" && isDictionary);
  return known ? (componentOf(component_id)?.data ?? mlsComponents.get(component_id)) : undefined;
};
