/** What each component's data and updates look like. protocol-06 §5.4.1, §7.5, §7.6; room-policy-04 §3 to §7 */
import { FrankAAD, FrankingAgentData, FrankingAgentUpdate } from "../../franking/index.ts";
import { alias, type Codec } from "../../wire/index.ts";
import { AssetPolicy } from "./asset-policy.ts";
import { BaseRoomPolicy } from "./base-room-policy.ts";
import { BotPolicy } from "./bot-policy.ts";
import { type ComponentName, componentIds } from "./component-ids.ts";
import { JoinLinkPolicy, JoinLinksData, JoinLinksUpdate } from "./join-links.ts";
import { LoggingPolicy } from "./logging-policy.ts";
import {
  HistoryPolicy,
  LinkPreviewPolicy,
  MessageExpiration,
  StatusNotificationPolicy,
} from "./message-policies.ts";
import { RoomMetaData, RoomMetaUpdate } from "./metadata.ts";
import { OperationalParameters } from "./operational-policy.ts";
import { ParticipantListData, ParticipantListUpdate } from "./participant-list.ts";
import { PreAuthData, PreAuthUpdate } from "./preauthorized-users.ts";
import { RoleData, RoleUpdate } from "./roles.ts";

/** One component: where its data lies and how it is written. */
export interface Component {
  readonly id: number;
  readonly name: ComponentName;
  /** GroupContext, or the authenticated data of messages. */
  readonly where: "GroupContext" | "SafeAAD";
  readonly data: Codec<unknown>;
  /** The content of an AppDataUpdate; undefined where the component has none. */
  readonly update: Codec<unknown> | undefined;
}

const inGroupContext: readonly Component[] = [
  component("franking_signature_key", FrankingAgentData, FrankingAgentUpdate),
  component("participant_list", ParticipantListData, ParticipantListUpdate),
  component("room_metadata", RoomMetaData, RoomMetaUpdate),
  policy("mls_operational_policy", "OperationalParameters", OperationalParameters, "§7.1"),
  component("roles_list", RoleData, RoleUpdate),
  component("preauth_list", PreAuthData, PreAuthUpdate),
  policy("base_room_policy", "BaseRoom", BaseRoomPolicy, "§5"),
  policy("status_notification_policy", "StatusNotificationPolicy", StatusNotificationPolicy, "§6.1"),
  policy("join_link_policy", "JoinLinkPolicy", JoinLinkPolicy, "§6.2"),
  component("join_links", JoinLinksData, JoinLinksUpdate),
  policy("link_preview_policy", "LinkPreviewPolicy", LinkPreviewPolicy, "§6.3"),
  policy("asset_policy", "AssetPolicy", AssetPolicy, "§6.4"),
  policy("logging_policy", "LoggingPolicy", LoggingPolicy, "§6.5"),
  policy("chat_history_policy", "HistoryPolicy", HistoryPolicy, "§6.6"),
  policy("bot_policy", "BotPolicy", BotPolicy, "§6.7"),
  policy("message_expiration_policy", "MessageExpiration", MessageExpiration, "§6.8"),
];

/** All components of the MIMI drafts, by ascending number. */
export const components: readonly Component[] = [
  {
    id: componentIds.frank_aad,
    name: "frank_aad",
    where: "SafeAAD",
    data: FrankAAD as Codec<unknown>,
    update: undefined,
  },
  ...inGroupContext,
];

/** The component with the number `id`, or undefined where the MIMI drafts register none. */
export function componentOf(id: number): Component | undefined {
  return components.find((each) => each.id === id);
}

function component<D, U>(name: ComponentName, data: Codec<D>, update: Codec<U>): Component {
  return {
    id: componentIds[name],
    name,
    where: "GroupContext",
    data: data as Codec<unknown>,
    update: update as Codec<unknown>,
  };
}

/** A policy that an update replaces as a whole: the draft names its structure a second and a third time. */
function policy<T>(name: ComponentName, structure: string, of: Codec<T>, section: string): Component {
  const source = `room-policy-04 ${section}`;
  return component(
    name,
    alias(`${structure}Data`, of).from(source, `the content of ${name}`),
    alias(`${structure}Update`, of).from(source, `an AppDataUpdate of ${name}: replaces all of it`),
  );
}
