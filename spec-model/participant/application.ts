/** What MLS asks the application, at a client, and what a client's leaf says it can do. mls-extensions §4.6 and §5 */
import {
  type Capabilities,
  ComponentsList,
  dictionaryExtension,
  type Extension,
  type MlsApplication,
  componentIds as mlsComponents,
  type RequiredCapabilities,
} from "../mls/index.ts";
import { pseudonymousCredentialType } from "../pseudonyms/index.ts";
import { holderOf, roomComponentLogic } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import type { ClientState } from "./client-state.ts";
import { supportedFormats, wireFormatExtensions } from "./handshakes.ts";
import { receivedTypesData } from "./readable.ts";

export function clientApplication(nowMs: number): MlsApplication {
  return {
    now: BigInt(Math.floor(nowMs / 1000)),
    components: roomComponentLogic,
    validateCredential: namesClient,
    validateSuccessor: isSameClient,
  };
}

// One function for all calls: what has been computed for one application serves every other that decides alike.
const namesClient: NonNullable<MlsApplication["validateCredential"]> = (credential) =>
  holderOf(credential) === undefined ? { refused: "the credential names no client of a user" } : undefined;

const isSameClient: NonNullable<MlsApplication["validateSuccessor"]> = (before, after) =>
  holderOf(before)?.client === holderOf(after)?.client
    ? undefined
    : { refused: "the leaf of one client taken by another" };

/** What every client of the model supports, beyond RFC 9420's defaults. */
export function clientCapabilities({
  suite,
  persona,
  handshakes,
}: Pick<ClientState, "suite" | "handshakes"> & Partial<Pick<ClientState, "persona">>): Capabilities {
  return {
    versions: ["mls10"],
    cipherSuites: [suite],
    extensions: ["app_data_dictionary", ...(handshakes === undefined ? [] : wireFormatExtensions)],
    proposals: ["app_data_update", "self_remove"],
    credentials: persona === undefined ? ["basic"] : ["basic", pseudonymousCredentialType],
  };
}

/** What a client needs to take part in a MIMI room. */
export const roomRequirements: RequiredCapabilities = {
  extensionTypes: ["app_data_dictionary"],
  proposalTypes: ["app_data_update", "self_remove"],
  credentialTypes: [],
};

const roomComponents: readonly number[] = [
  mlsComponents.app_components,
  mlsComponents.safe_aad,
  componentIds.frank_aad,
  componentIds.franking_signature_key,
  componentIds.participant_list,
  componentIds.room_metadata,
  componentIds.roles_list,
  componentIds.base_room_policy,
];

/** The components that a client or a room lists, and those that attach data to messages. mls-extensions §4.6, §5 */
export function componentLists(): [number, Uint8Array][] {
  return [
    [mlsComponents.app_components, ComponentsList.encode({ componentIds: [...roomComponents] })],
    [mlsComponents.safe_aad, ComponentsList.encode({ componentIds: [componentIds.frank_aad] })],
  ];
}

/** What a leaf says besides its capabilities: components, and the media types that its client receives. §6.2.3 */
export function leafExtensions(client: Pick<ClientState, "handshakes"> = {}): Extension[] {
  const supported = [...roomComponents, mlsComponents.content_media_types];
  return [
    ...supportedFormats(client),
    dictionaryExtension(
      new Map([
        ...componentLists(),
        [mlsComponents.app_components, ComponentsList.encode({ componentIds: supported })],
        [mlsComponents.content_media_types, receivedTypesData()],
      ]),
    ),
  ];
}
