/**
 * What a hub must have written down of a room before it answers: plain data, from which the room can be taken up
 * again. protocol-06 §5.5 says in one sentence that a hub may fail and go on; what that takes is worked out here.
 *
 * - the group: GroupInfo, ratchet tree and pending proposals, of the epoch that the last accepted commit began;
 * - the machine: what has been accepted, the hub's own wishes, KeyPackage sources, shown codes, answered requests;
 * - the log and every follower's place in it: an accepted event is a promise to deliver;
 * - the answers of accepted requests: a repeated request must not be accepted twice.
 *
 * Requests that wait for another server's answer are not kept: who asked them asks again.
 */
import { type StateValue, snapshotOf } from "../machine.ts";
import { decodeRatchetTree, encodeRatchetTree, GroupInfo, MLSMessage } from "../mls/index.ts";
import type { Turn } from "../turn.ts";
import { type DeliveryContext, deliveryMachine } from "./delivery-machine.ts";
import {
  type GivenAnswer,
  type HostedRoom,
  type HubKeys,
  hubApplication,
  type PendingMessage,
} from "./hosted-room.ts";
import { followAtHub } from "./read-handshake.ts";
import type { HubRoomContext } from "./room-context.ts";
import { hubRoomMachine } from "./room-machine.ts";

/** A machine's state without the interpreter's own parts. */
export interface DurableMachine<Context> {
  readonly value: StateValue;
  readonly context: Context;
}

export interface DurableRoom {
  readonly room: string;
  readonly machine: DurableMachine<HubRoomContext>;
  /** In their formats on the wire. */
  readonly groupInfo: Uint8Array;
  readonly ratchetTree: Uint8Array;
  readonly pending: readonly PendingMessage[];
  readonly deliveries: Readonly<Record<string, DurableMachine<DeliveryContext>>>;
  readonly log: Readonly<Record<string, Uint8Array>>;
  readonly answers: Readonly<Record<string, GivenAnswer>>;
}

/** What has to be on disk. */
export function durableState(hosted: HostedRoom): DurableRoom {
  const { room, pending, log, answers } = hosted;
  return {
    room,
    machine: plain(hosted.machine),
    groupInfo: GroupInfo.encode(hosted.groupInfo),
    ratchetTree: encodeRatchetTree(hosted.group.tree),
    pending,
    deliveries: Object.fromEntries(
      Object.entries(hosted.deliveries).map(([provider, delivery]) => [provider, plain(delivery)]),
    ),
    log,
    answers,
  };
}

/** The room as it was. Throws MlsError and DecodeError for data that `durableState` has not given. */
export function restoredFrom(turn: Turn<unknown>, keys: HubKeys, durable: DurableRoom): HostedRoom {
  const { room, pending, log, answers } = durable;
  // Whoever was in is in, whether its leaf's lifetime has passed since or not.
  const app = { ...hubApplication(turn.now), toleratesExpiredMembers: true };
  const groupInfo = GroupInfo.decode(durable.groupInfo);
  const begun = turn.mls.startPublicGroup(groupInfo, decodeRatchetTree(durable.ratchetTree), app);
  const group = pending.reduce(
    (before, { message }) => followAtHub(turn, keys, before, MLSMessage.decode(message)).group,
    begun,
  );
  return {
    room,
    machine: snapshotOf(hubRoomMachine, durable.machine),
    group,
    groupInfo,
    pending,
    deliveries: Object.fromEntries(
      Object.entries(durable.deliveries).map(([provider, delivery]) => [
        provider,
        snapshotOf(deliveryMachine, delivery),
      ]),
    ),
    log,
    answers,
  };
}

function plain<Context>({ value, context }: DurableMachine<Context>): DurableMachine<Context> {
  return { value, context };
}
