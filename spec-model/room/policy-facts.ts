/**
 * What a room's policy components say, as plain data: byte strings in lowercase hex, numbers for 64-bit integers.
 * room-policy-04 §3 to §7
 */
import type {
  AssetPolicy,
  BaseRoomPolicy,
  BotPolicy,
  HistoryPolicy,
  JoinLinkPolicy,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  OperationalParameters,
  StatusNotificationPolicy,
} from "./structures/index.ts";

/** A decoded structure whose byte strings are hex and whose 64-bit integers are numbers. */
export type Plain<T> = T extends Uint8Array
  ? string
  : T extends bigint
    ? number
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Plain<T[Key]> }
        : T;

/** A role, as far as authorisation needs it. room-policy-04 §3 */
export interface Role {
  readonly index: number;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly maximumParticipants?: number | undefined;
  readonly maximumActiveParticipants?: number | undefined;
  readonly minimumParticipants: number;
  readonly minimumActiveParticipants: number;
  readonly roleChanges: readonly { readonly from: number; readonly to: readonly number[] }[];
}

/** Something that a credential says of its holder. room-policy-04 §4 */
export interface ClaimFacts {
  readonly credentialType: string;
  /** Hex. */
  readonly id: string;
  /** Hex. */
  readonly value: string;
}

/** Whose credential makes all these claims may take up this role. room-policy-04 §4 */
export interface Preauthorization {
  readonly claims: readonly ClaimFacts[];
  readonly role: Role;
}

export type BaseRules = Plain<BaseRoomPolicy>;

/** All policy components of a room; those that it does not have are missing. */
export interface RoomPolicy {
  readonly roles: readonly Role[];
  readonly preauthorized?: readonly Preauthorization[];
  readonly base?: BaseRules;
  readonly operational?: Plain<OperationalParameters>;
  readonly statusNotifications?: Plain<StatusNotificationPolicy>;
  readonly joinLinkPolicy?: Plain<JoinLinkPolicy>;
  /** The links in force, in order, in hex. */
  readonly joinLinks?: readonly string[];
  readonly linkPreview?: Plain<LinkPreviewPolicy>;
  readonly assets?: Plain<AssetPolicy>;
  readonly logging?: Plain<LoggingPolicy>;
  readonly history?: Plain<HistoryPolicy>;
  readonly bots?: Plain<BotPolicy>;
  readonly expiration?: Plain<MessageExpiration>;
  /** The components that the room's GroupContext has, ascending. */
  readonly components: readonly number[];
}
