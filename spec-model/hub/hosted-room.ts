/** A room at its hub: the machine, the public group behind it, the log of what was accepted, and the fan-out. */
import type { SnapshotFrom } from "xstate";
import { hex } from "../bytes.ts";
import {
  GroupContext,
  type GroupInfo,
  type GroupView,
  type KeyPair,
  type MlsApplication,
  type RatchetTree,
} from "../mls/index.ts";
import { rolesIn, roomComponentLogic, roomFacts } from "../room/index.ts";
import { emit, first, type Turn } from "../turn.ts";
import type { deliveryMachine } from "./delivery-machine.ts";
import { hubRoomMachine } from "./room-machine.ts";

/** The keys a provider signs and franks with. protocol-06 §5.4.1.2 and §5.6 */
export interface HubKeys {
  readonly domain: string;
  /** Signs GroupInfo responses and external proposals; it is in `external_senders`. */
  readonly signature: KeyPair;
  /** Signs franks; its public key is in the `franking_agent` component. */
  readonly franking: KeyPair;
  /** The secret behind `server_frank`. */
  readonly hubKey: Uint8Array;
}

export interface HostedRoom {
  readonly room: string;
  readonly machine: SnapshotFrom<typeof hubRoomMachine>;
  readonly group: GroupView;
  /** Of the current epoch, as its committer signed it, without the tree. */
  readonly groupInfo: GroupInfo;
  /** Pending proposals as they arrived, with the time of their acceptance. */
  readonly pending: readonly PendingMessage[];
  readonly deliveries: Readonly<Record<string, SnapshotFrom<typeof deliveryMachine>>>;
  /** Encoded FanoutMessages by item, until every provider has them. */
  readonly log: Readonly<Record<string, Uint8Array>>;
}

export interface PendingMessage {
  readonly message: Uint8Array;
  readonly acceptedMs: number;
}

/** What MLS asks the application, at a hub: its components, and the time for lifetimes. */
export function hubApplication(nowMs: number): MlsApplication {
  return { now: BigInt(Math.floor(nowMs / 1000)), components: roomComponentLogic };
}

/**
 * Takes on a room whose group one of the provider's own clients has created. Throws MlsError, RoomError or
 * DecodeError where the GroupInfo is not that of a room. protocol-06 §3.1
 */
export function hostRoom(
  turn: Turn<unknown>,
  keys: HubKeys,
  room: string,
  groupInfo: GroupInfo,
  tree: RatchetTree,
): HostedRoom {
  const group = turn.mls.startPublicGroup(groupInfo, tree, hubApplication(turn.now));
  const roles = rolesIn(group.groupContext);
  const created = roomFacts(group.groupContext, group.tree);
  const machine = first(hubRoomMachine, { room, hub: keys.domain, roles, created });
  const hosted = { room, machine, group, groupInfo, pending: [], deliveries: {}, log: {} };
  observeEpoch(turn, hosted);
  return hosted;
}

/** Records the epoch that the hub is in; having no secrets, it has no epoch authenticator. */
export function observeEpoch(turn: Turn<unknown>, { room, group }: Pick<HostedRoom, "room" | "group">): void {
  const { groupContext } = group;
  const suite = turn.mls.suite(groupContext.cipherSuite);
  emit(turn, {
    type: "entered",
    room,
    epoch: Number(groupContext.epoch),
    groupContext: hex(suite.hash(GroupContext.encode(groupContext))),
  });
}
