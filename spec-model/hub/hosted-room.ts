/** A room at its hub: the machine, the public group behind it, the log of what was accepted, and the fan-out. */
import type { SnapshotFrom } from "xstate";
import { hex } from "../bytes.ts";
import { stateName } from "../machine.ts";
import {
  GroupContext,
  type GroupInfo,
  type GroupView,
  type KeyPair,
  type MlsApplication,
  type RatchetTree,
} from "../mls/index.ts";
import {
  decide,
  laterGroup,
  type PolicyEnvelope,
  policyIn,
  RoomError,
  type RoomFacts,
  type RoomPolicy,
  roomComponentLogic,
  roomFacts,
} from "../room/index.ts";
import { emit, first, type Turn } from "../turn.ts";
import type { deliveryMachine } from "./delivery-machine.ts";
import type { HubLinks } from "./links.ts";
import type { Surroundings } from "./room-context.ts";
import { hubRoomMachine } from "./room-machine.ts";
import { demandUnique } from "./twin-room.ts";

/** The keys a provider signs and franks with. protocol-06 §5.4.1.2 and §5.6 */
export interface HubKeys {
  readonly domain: string;
  /** Signs GroupInfo responses and external proposals; it is in `external_senders`. */
  readonly signature: KeyPair;
  /** Signs franks; its public key is in the `franking_agent` component. */
  readonly franking: KeyPair;
  /** What it has signed franks with before, newest first: rooms whose agent has not been changed still name these. */
  readonly pastFranking?: readonly KeyPair[];
  /** SemiPrivateMessages are encrypted to it; it is in `external_receivers` where a room uses them. */
  readonly receiver: KeyPair;
  /** The secret behind `server_frank`. */
  readonly hubKey: Uint8Array;
  /** Whether the signature on franks covers the sender's tag: a variant, not what the draft says. */
  readonly signsTag?: boolean;
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
  /** What the last accepted requests were answered, by their names. */
  readonly answers: Readonly<Record<string, GivenAnswer>>;
}

export interface GivenAnswer {
  readonly body: Uint8Array;
  readonly summary: string;
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
 * DecodeError where the GroupInfo is not that of a room, or the room's people have one. `others` are the rooms that the
 * provider hosts already. protocol-06 §3.1
 */
export function hostRoom(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  room: string,
  groupInfo: GroupInfo,
  tree: RatchetTree,
  others: readonly HostedRoom[] = [],
): HostedRoom {
  const { envelope } = links;
  const { group, policy, created } = newGroup(turn, links, keys, envelope, groupInfo, tree);
  const machine = first(hubRoomMachine, { room, hub: keys.domain, policy, created, envelope });
  const hosted = { room, machine, group, groupInfo, pending: [], deliveries: {}, log: {}, answers: {} };
  demandUnique(turn, others, hosted);
  observeEpoch(turn, hosted);
  return hosted;
}

/** The public group behind a GroupInfo, and the room in it: throws as `hostRoom` does. */
export function newGroup(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  envelope: PolicyEnvelope | undefined,
  groupInfo: GroupInfo,
  tree: RatchetTree,
) {
  const group = turn.mls.startPublicGroup(groupInfo, tree, hubApplication(turn.now));
  const policy = policyIn(group.groupContext);
  const created = roomFacts(group.groupContext, group.tree);
  demandAllowed(turn, links, { hub: keys.domain, envelope }, policy, created);
  return { group, policy, created };
}

/** Whether nothing is taken for the room's group any more; where a ReInit has closed it, the room may go on. */
export function isClosed({ machine }: Pick<HostedRoom, "machine">): boolean {
  return machine.status === "done" || isSuperseded({ machine });
}

/** Whether the room waits for the group that follows the one that a ReInit has closed. RFC 9420 §11.2 */
export function isSuperseded({ machine }: Pick<HostedRoom, "machine">): boolean {
  return stateName(machine) === "superseded";
}

/** The hub takes no room that its own policy would not let exist. room-policy-04 §3 and §5 */
function demandAllowed(
  turn: Turn<unknown>,
  links: HubLinks,
  { hub, envelope }: { readonly hub: string; readonly envelope: PolicyEnvelope | undefined },
  policy: RoomPolicy,
  created: RoomFacts,
): void {
  const { participants, members } = created;
  const parent = parentOf(links, policy);
  const bounds = envelope === undefined ? {} : { envelope };
  const state = {
    ...policy,
    participants,
    members,
    hub,
    ...bounds,
    ...(parent === undefined ? {} : { parent }),
  };
  const creation = { kind: "create", creator: members[0]?.user ?? "" } as const;
  const decision = decide(state, creation, turn.deviation?.policy);
  if (decision.allowed || turn.deviation?.lacks?.(decision.rule) === true) return;
  throw new RoomError(decision.rule, decision.draft, decision.says);
}

/** The room that this one depends on, where it is hosted here. */
function parentOf(links: HubLinks, policy: RoomPolicy): Surroundings["parent"] {
  const participants = links.participantsOf(parentRoom(policy) ?? "");
  return participants === undefined ? undefined : { participants };
}

/** The URI of the room that a room with this policy depends on. room-policy-04 §5 */
export function parentRoom({ base }: RoomPolicy): string | undefined {
  return base?.parentDependant === true ? base.parentRoom[0]?.uri : undefined;
}

/** What a decision about a room rests on besides the room. */
export function surroundingsOf(turn: Turn<unknown>, links: HubLinks, hosted: HostedRoom): Surroundings {
  const parent = parentOf(links, hosted.machine.context.policy);
  return { now: turn.now, parent, reading: turn.deviation?.policy };
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
    ...laterGroup(room, groupContext.groupId),
  });
}
