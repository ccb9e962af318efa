/** What each capability authorises its holder to do, and who can see to it. room-policy-04 §8 */
import type { CapabilityName } from "../structures/index.ts";

export interface CapabilityRule {
  /** Draft and section. */
  readonly section: string;
  /** What its holder may do. */
  readonly says: string;
  /**
   * Who can enforce it: the hub, with what it sees of handshakes and of a message's sender; the other clients alone; or
   * nobody, because nothing leaves the holder's own client.
   */
  readonly enforcedBy: "hub" | "clients" | "nobody";
}

export const capabilityRules: Readonly<Record<CapabilityName, CapabilityRule>> = {
  ...group("§8.1.1", "hub", {
    canAddParticipant:
      "put another user on the list in a role reachable from 0, with any of that user's clients",
    canAddOwnClient: "add a client of its own: from outside, or from a client that is a member",
    canOpenJoin: "on role 0: put itself on the list in a role reachable from 0, by an external commit",
    canJoinIfPreauthorized: "be the role that a newcomer's first matching preauthorisation lets it join in",
    canUseJoinCode: "join by an external commit with a valid join code, in the role that the code is for",
  }),
  ...group("§8.1.2", "hub", {
    canRemoveParticipant: "take another user off the list together with all of its clients",
    canRemoveOwnClient: "take a client of its own out of the group and stay on the list",
    canRemoveSelf: "leave: take itself off the list together with all of its clients",
    canKick: "take another participant's clients out of the group and leave it on the list",
  }),
  ...group("§8.1.3", "hub", {
    canChangeUserRole: "move another participant between roles as its own role's changes allow",
    canChangeOwnRole: "move itself to the role of its first matching preauthorisation",
    canBan: "move another user to role 1, banned, and remove its clients",
    canUnBan: "move another user from role 1, banned, to another role",
  }),
  ...group("§8.2", "hub", {
    canChangeRoomName: "change the room's name",
    canChangeRoomDescription: "change the room's descriptions",
    canChangeRoomAvatar: "change the room's avatar",
    canChangeRoomSubject: "change the room's subject",
    canChangeRoomMood: "change the room's mood",
  }),
  ...group("§8.3", "hub", {
    canSendMessage: "send messages",
    canReceiveMessage: "receive messages",
    canReportAbuse: "report a franked message",
  }),
  ...group("§8.3", "clients", {
    canReplyToMessage: "send a reply",
    canReactToMessage: "send a reaction",
    canEditReaction: "replace its own reaction by another",
    canDeleteOwnReaction: "withdraw its own reaction",
    canDeleteOtherReaction: "withdraw another user's reaction",
    canEditOwnMessage: "edit its own message",
    canDeleteOwnMessage: "retract its own message",
    canDeleteOtherMessage: "retract another user's message",
    canStartTopic: "give a message a topic",
    canReplyInTopic: "reply in the topic of the message it replies to",
    canEditOwnTopic: "change the topic of its own message",
    canEditOtherTopic: "change the topic of another user's message",
    canSendLink: "send a link",
    canSendLinkPreview: "send a link with a preview",
  }),
  ...group("§8.3", "nobody", {
    canCopyMessage: "copy what a message says",
    canFollowLink: "open a link",
    canCopyLink: "copy where a link leads",
  }),
  ...group("§8.4", "clients", {
    canUploadAttachment: "upload an attachment",
    canUploadImage: "upload an image that is shown",
    canUploadVideo: "upload a video that is shown",
    canUploadAudio: "upload audio that is played",
  }),
  ...group("§8.4", "nobody", {
    canDownloadAttachment: "download an attachment",
    canDownloadImage: "download an image that is shown",
    canDownloadVideo: "download a video that is shown",
    canDownloadAudio: "download audio that is played",
  }),
  ...group("§8.5", "clients", {
    canStartCall: "start a call",
    canJoinCall: "join a call",
    canSendAudio: "be heard in a call",
    canReceiveAudio: "hear a call",
    canSendVideo: "be seen in a call",
    canReceiveVideo: "see a call",
    canShareScreen: "share its screen in a call",
    canViewSharedScreen: "see what is shared in a call",
  }),
  ...group("§8.6", "hub", {
    canChangeRoomMembershipStyle: "change the base room policy",
    canChangeRoleDefinitions: "replace the roles",
    canChangePreauthorizedUserList: "replace the preauthorisations",
    canDestroyRoom: "destroy the room",
    canSendMLSReinitProposal: "propose to re-initialise the group",
  }),
  ...group("§8.7", "hub", {
    canCreateJoinCode: "reserved: put join links into force",
    canDeleteJoinCode: "reserved: put join links out of force",
    canKnock: "reserved: ask to be let in",
    canAcceptKnock: "reserved: let in who asks",
    canCreateSubgroup: "reserved: create a room that depends on this one",
    canCreateRoom: "reserved: create rooms",
    canChangeOtherPolicyAttribute: "reserved: change a policy component that has no capability of its own",
    canChangeMlsOperationalPolicies: "reserved: change the operational policy",
    canSendMLSUpdateProposal: "reserved: propose fresh keys for the own leaf",
    canSendMLSPSKProposal: "reserved: propose a pre-shared key",
    canSendMLSExternalProposal: "reserved: propose from outside the group",
    canSendMLSExternalCommit: "reserved: commit from outside the group",
  }),
  ...group("§8.7", "clients", {
    canSendDirectMessage: "reserved: send a message to one participant",
    canTargetMessage: "reserved: send a message to some members",
    canChangeOwnName: "reserved: change its own name in the room",
    canChangeOwnPresence: "reserved: change its own presence in the room",
    canChangeOwnMood: "reserved: change its own mood in the room",
    canChangeOwnAvatar: "reserved: change its own avatar in the room",
  }),
};

function group<Names extends CapabilityName>(
  section: string,
  enforcedBy: CapabilityRule["enforcedBy"],
  says: Readonly<Record<Names, string>>,
): Readonly<Record<Names, CapabilityRule>> {
  const rules = Object.entries<string>(says).map(([name, sentence]) => [
    name,
    { section: `room-policy-04 ${section}`, says: sentence, enforcedBy },
  ]);
  return Object.fromEntries(rules) as Readonly<Record<Names, CapabilityRule>>;
}
