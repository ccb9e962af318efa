/** A room's policy as its GroupContext has it: the policy components, decoded. room-policy-04 §3 to §7 */
import { hex } from "../../bytes.ts";
import { dictionaryOf, type GroupContext } from "../../mls/index.ts";
import type { Codec } from "../../wire/index.ts";
import type { Plain, Preauthorization, RoomPolicy } from "../policy-facts.ts";
import { RoomError } from "../room-error.ts";
import {
  AssetPolicy,
  BaseRoomPolicy,
  BotPolicy,
  componentIds,
  HistoryPolicy,
  JoinLinkPolicy,
  JoinLinksData,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  OperationalParameters,
  PreAuthData,
  StatusNotificationPolicy,
} from "../structures/index.ts";
import { plain } from "./plain.ts";
import { decodeRoles, roleOfStructure } from "./roles.ts";

/** All policy components of an epoch. Throws RoomError where the room has no roles, DecodeError for bad components. */
export function policyIn(groupContext: GroupContext): RoomPolicy {
  const dictionary = dictionaryOf(groupContext.extensions);
  if (!dictionary.has(componentIds.roles_list)) {
    throw new RoomError("rolesPresent", "room-policy-04 §3", "the group has no roles");
  }
  const parts = [...dictionary].map(([component, data]) => policyPart(component, data));
  const components = [...dictionary.keys()].sort((a, b) => a - b);
  return Object.assign({ roles: [], components }, ...parts) as RoomPolicy;
}

/** The part of the policy that one component's data is; nothing for other components. Throws DecodeError. */
export function policyPart(component: number, data: Uint8Array): Partial<RoomPolicy> {
  return readers.get(component)?.(data) ?? {};
}

type PartReader = (data: Uint8Array) => Partial<RoomPolicy>;

const readers: ReadonlyMap<number, PartReader> = new Map<number, PartReader>([
  [componentIds.roles_list, (data) => ({ roles: decodeRoles(data) })],
  [componentIds.preauth_list, (data) => ({ preauthorized: decodePreauthorizations(data) })],
  [componentIds.join_links, (data) => ({ joinLinks: decodeJoinLinks(data) })],
  [componentIds.base_room_policy, part("base", BaseRoomPolicy)],
  [componentIds.mls_operational_policy, part("operational", OperationalParameters)],
  [componentIds.status_notification_policy, part("statusNotifications", StatusNotificationPolicy)],
  [componentIds.join_link_policy, part("joinLinkPolicy", JoinLinkPolicy)],
  [componentIds.link_preview_policy, part("linkPreview", LinkPreviewPolicy)],
  [componentIds.asset_policy, part("assets", AssetPolicy)],
  [componentIds.logging_policy, part("logging", LoggingPolicy)],
  [componentIds.chat_history_policy, part("history", HistoryPolicy)],
  [componentIds.bot_policy, part("bots", BotPolicy)],
  [componentIds.message_expiration_policy, part("expiration", MessageExpiration)],
]);

function part<Key extends keyof RoomPolicy, T>(key: Key, structure: Codec<T>) {
  return (data: Uint8Array): Partial<RoomPolicy> => {
    const value: Plain<T> = plain(structure.decode(data));
    return { [key]: value };
  };
}

function decodePreauthorizations(data: Uint8Array): readonly Preauthorization[] {
  return PreAuthData.decode(data).preauthorizedEntries.map(({ claimset, targetRole }) => ({
    claims: claimset.map(({ claimId, claimValue }) => ({
      credentialType: String(claimId.credentialType),
      id: hex(claimId.id),
      value: hex(claimValue),
    })),
    role: roleOfStructure(targetRole),
  }));
}

/** The links in force, in order, in hex. Throws DecodeError. */
export function decodeJoinLinks(data: Uint8Array): readonly string[] {
  return JoinLinksData.decode(data).map(({ joinLink }) => hex(joinLink));
}
