/** Changes that a hub accepts of nobody, or not of those who want them; the room is what it was. room-policy-04 §8 */
import { utf8 } from "../../spec-model/bytes.ts";
import {
  BotPolicy,
  componentIds,
  JoinLinksUpdate,
  ParticipantListUpdate,
  PreAuthData,
  RoleData,
  RoomMetaData,
} from "../../spec-model/room/structures/index.ts";
import {
  type Client,
  chapter,
  ending,
  type Moment,
  members,
  noticed,
  participants,
  type RoomSetup,
  room,
  scenario,
} from "../scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  b2,
  bob,
  c1,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
import { baseRules, plainRole } from "./setups.ts";

const [banned, guest, host] = [1, 2, 3] as const;
const club = room("club", serverA);

type Role = RoleData["roles"][number];
const leading: Role["authorizedRoleChanges"] = [
  { fromRoleIndex: 0, targetRoleIndexes: [guest] },
  { fromRoleIndex: banned, targetRoleIndexes: [guest] },
  { fromRoleIndex: guest, targetRoleIndexes: [0, banned, guest] },
];
const nobody = { ...plainRole(0, []), authorizedRoleChanges: leading };
const roles: Role[] = [
  nobody,
  { ...plainRole(banned, []), roleName: "banned" },
  plainRole(guest, ["canSendMessage", "canReceiveMessage"]),
  {
    ...plainRole(host, [
      "canAddParticipant",
      "canRemoveParticipant",
      "canChangeUserRole",
      "canBan",
      "canChangeRoomName",
      "canChangeRoleDefinitions",
      "canSendMessage",
      "canReceiveMessage",
    ]),
    authorizedRoleChanges: leading,
  },
];
const setup: RoomSetup = {
  creatorRole: host,
  components: [
    [componentIds.roles_list, RoleData.encode({ roles })],
    [componentIds.base_room_policy, baseRules({})],
  ],
};

const asItIs: RoomMetaData = {
  roomUri: { uri: club.uri },
  roomName: { string: club.name },
  roomDescriptions: [],
  roomAvatar: { uri: "" },
  roomSubject: { string: "" },
  roomMood: { string: "" },
};
const metadata = (by: Client, change: Partial<RoomMetaData>, sentence: string) =>
  by.updates(club, componentIds.room_metadata, RoomMetaData.encode({ ...asItIs, ...change }), sentence);
const unchanged = { changedRoleParticipants: [], removedIndices: [], addedParticipants: [] };
const list = (change: Partial<ParticipantListUpdate>, sentence: string) =>
  a1.updates(
    club,
    componentIds.participant_list,
    ParticipantListUpdate.encode({ ...unchanged, ...change }),
    sentence,
  );
const bots = BotPolicy.encode({ allowedBots: [] });
const oneLink = JoinLinksUpdate.encode({ removedIndices: [], addedLinks: [{ joinLink: utf8("1") }] });
const preauthorised = PreAuthData.encode({ preauthorizedEntries: [] });
const bobsIndex = 1;

/** By the rule that each breaks. */
const byBob: Readonly<Record<string, Moment>> = {
  canChangeRoomName: b1.renames(club, "Bob's club"),
  canChangeRoomDescription: metadata(
    b1,
    { roomDescriptions: [{ mediaType: "", languageTag: "en", descriptionContent: utf8("Bob's") }] },
    "describes the room",
  ),
  canChangeRoomAvatar: metadata(b1, { roomAvatar: { uri: "https://b.example/bob" } }, "gives it an image"),
  canChangeRoomSubject: metadata(b1, { roomSubject: { string: "Bob" } }, "changes the subject"),
  canChangeRoomMood: metadata(b1, { roomMood: { string: "gloomy" } }, "changes the mood"),
  canChangeRoleDefinitions: b1.updates(
    club,
    componentIds.roles_list,
    RoleData.encode({ roles: [nobody] }),
    "takes everybody's role away",
  ),
  canChangePreauthorizedUserList: b1.updates(
    club,
    componentIds.preauth_list,
    preauthorised,
    "changes who is preauthorised",
  ),
  canChangeRoomMembershipStyle: b1.updates(
    club,
    componentIds.base_room_policy,
    baseRules({ discoverable: true }),
    "has the room found by everybody",
  ),
  canChangeOtherPolicyAttribute: b1.updates(club, componentIds.bot_policy, bots, "changes the bots"),
  canCreateJoinCode: b1.updates(club, componentIds.join_links, oneLink, "makes a join link"),
  canRemoveOwnClient: b1.removesOwn(b2, club),
  canSendMLSReinitProposal: b1.reInitialises(club, room("bobs", serverA)),
  canRemoveSelf: b1.leaves(club),
};

const byAlice: Readonly<Record<string, Moment>> = {
  canUnBan: a1.changesRole(cathy, club, guest, "lets Cathy in again"),
  "metadata-field-is-changeable": metadata(
    a1,
    { roomUri: { uri: "mimi://a.example/r/elsewhere" } },
    "says that the room is another",
  ),
  "members-are-participants": list({ removedIndices: [bobsIndex] }, "takes Bob off the list, and only that"),
  "banned-have-no-clients": list(
    { changedRoleParticipants: [{ userIndex: bobsIndex, roleIndex: banned }] },
    "bans Bob, and leaves his clients in",
  ),
  "role-is-defined": list(
    { addedParticipants: [{ user: "mimi://b.example/u/dora", roleIndex: 9 }] },
    "puts Dora on the list, in no role",
  ),
  "authorised-role-change": list(
    { addedParticipants: [{ user: "mimi://b.example/u/dora", roleIndex: host }] },
    "puts Dora on the list, as a host",
  ),
};
const refused = { ...byBob, ...byAlice };

export default scenario(
  "changes-refused",
  "Bob tries what his role has no capability for, and Alice what no room can come to: it stays as it was",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup },
    { person: bob, clients: [b1, b2], role: guest },
    { person: cathy, clients: [c1], role: guest },
  ),
  chapter("Alice bans Cathy", "room-policy-04 §8.1.3", a1.bans(cathy, club)),
  ...Object.entries(refused).map(([rule, moment]) => chapter(`Against ${rule}`, "room-policy-04 §8", moment)),
  ending(
    participants(club, [alice, host], [bob, guest], [cathy, banned]),
    members(club, a1, b1, b2),
    noticed(...Object.keys(refused)),
  ),
);
