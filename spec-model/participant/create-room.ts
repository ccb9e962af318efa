/** Creating a room: its group, its policy, its metadata, its first participant. protocol-06 §3.1 */
import { utf8 } from "../bytes.ts";
import {
  dictionaryExtension,
  type Extension,
  ExternalSenders,
  encodeRatchetTree,
  GroupInfo,
  type Member,
  RequiredCapabilities,
} from "../mls/index.ts";
import {
  attempt,
  cooperativeRoles,
  encodeParticipants,
  isRefused,
  providerCredential,
} from "../room/index.ts";
import { BaseRoomPolicy, componentIds, plainBaseRoomPolicy, RoomMetaData } from "../room/structures/index.ts";
import { emit } from "../turn.ts";
import { clientApplication, componentLists, roomRequirements } from "./application.ts";
import { remember } from "./asks.ts";
import type { ClientTurn } from "./client-state.ts";
import { hubAsFrankingAgent } from "./franking-agent.ts";
import { hiddenHandshakes } from "./handshakes.ts";
import type { RoomSetup } from "./intentions.ts";
import { newKeyPackage } from "./key-packages.ts";
import { becomeMember, factsOf, stepRoom } from "./rooms.ts";

/** Creates the room's group and gives it to the own provider, which becomes the hub. */
export function createRoom(
  turn: ClientTurn,
  room: string,
  name: string,
  role: number,
  setup: RoomSetup = {},
): void {
  const groupId = utf8(room.replace("/r/", "/g/"));
  foundGroup(turn, room, groupId, roomExtensions(turn, room, name, role, setup));
}

/** Creates a group for the room and gives it to the own provider; where MLS refuses it, there is none. */
export function foundGroup(
  turn: ClientTurn,
  room: string,
  groupId: Uint8Array,
  extensions: Extension[],
): void {
  const app = clientApplication(turn.now);
  const creator = newKeyPackage(turn);
  const member = attempt(() => turn.mls.createGroup({ groupId, extensions, creator }, app, turn.random));
  if (isRefused(member)) {
    emit(turn, { type: "noticed", ...member });
    return;
  }
  holdGroup(turn, room, member);
}

/** Takes up the group, and gives it to the own provider; nothing where the client is in the room already. */
export function holdGroup(turn: ClientTurn, room: string, member: Member): void {
  const effects = stepRoom(turn, room, { type: "create", created: factsOf(member) });
  if (!effects.some(({ type }) => type === "createGroup")) {
    emit(turn, { type: "decided", text: `is in ${room} already, or was`, draft: "protocol-06 §3.1" });
    return;
  }
  becomeMember(turn, room, member);
  const id = remember(turn, { kind: "createRoom", room });
  emit(turn, {
    type: "local",
    to: turn.state.provider.domain,
    message: {
      type: "createRoom",
      id,
      room,
      groupInfo: GroupInfo.encode(turn.mls.groupInfo(member, clientApplication(turn.now))),
      ratchetTree: encodeRatchetTree(member.tree),
    },
    label: "Create room",
  });
}

function roomExtensions(
  turn: ClientTurn,
  room: string,
  name: string,
  role: number,
  { components: policies = [], participants = [], externalSenders = [], handshakes }: RoomSetup,
): Extension[] {
  const { provider, user } = turn.state;
  const credential = providerCredential(provider.domain);
  const senders = externalSenders.map(({ provider: domain, signatureKey }) => ({
    signatureKey,
    credential: providerCredential(domain),
  }));
  const hidden = handshakes === undefined ? undefined : hiddenHandshakes(provider);
  const components = new Map<number, Uint8Array>([
    ...componentLists(),
    ...(hidden === undefined ? [] : [hidden.component]),
    [componentIds.franking_signature_key, hubAsFrankingAgent(provider)],
    [componentIds.participant_list, encodeParticipants([{ user, role }, ...participants])],
    [componentIds.room_metadata, metadata(room, name)],
    [componentIds.roles_list, cooperativeRoles()],
    [componentIds.base_room_policy, basePolicy()],
    ...policies,
  ]);
  return [
    { extensionType: "required_capabilities", extensionData: RequiredCapabilities.encode(roomRequirements) },
    {
      extensionType: "external_senders",
      extensionData: ExternalSenders.encode([
        { signatureKey: provider.signatureKey, credential },
        ...senders,
      ]),
    },
    ...(hidden === undefined ? [] : [hidden.extension]),
    dictionaryExtension(components),
  ];
}

function metadata(room: string, name: string): Uint8Array {
  return RoomMetaData.encode({
    roomUri: { uri: room },
    roomName: { string: name },
    roomDescriptions: [],
    roomAvatar: { uri: "" },
    roomSubject: { string: "" },
    roomMood: { string: "" },
  });
}

function basePolicy(): Uint8Array {
  return BaseRoomPolicy.encode(plainBaseRoomPolicy({ policyComponentIds: [componentIds.roles_list] }));
}
