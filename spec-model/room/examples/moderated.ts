/** A room where speakers speak and moderators see to it. room-policy-04 appendix A.3 */
import type { CapabilityType } from "../structures/index.ts";
import { banned, type ExamplePolicy, policyEnforcer, role } from "./role.ts";

const guest: readonly CapabilityType[] = [
  "canRemoveSelf",
  "canReceiveMessage",
  "canCopyMessage",
  "canReactToMessage",
  "canDeleteOwnReaction",
  "canFollowLink",
  "canCopyLink",
  "canDownloadImage",
  "canDownloadVideo",
  "canDownloadAudio",
];
const attendee: readonly CapabilityType[] = [
  ...guest,
  "canAddOwnClient",
  "canJoinIfPreauthorized",
  "canRemoveOwnClient",
  "canChangeOwnRole",
  "canReportAbuse",
  "canReplyInTopic",
  "canDownloadAttachment",
  "canChangeOwnName",
  "canChangeOwnPresence",
  "canChangeOwnAvatar",
];
const speaker: readonly CapabilityType[] = [
  ...attendee,
  "canSendMessage",
  "canEditOwnMessage",
  "canDeleteOwnMessage",
  "canStartTopic",
  "canUploadImage",
  "canUploadVideo",
  "canUploadAudio",
  "canUploadAttachment",
  "canSendLink",
  "canSendLinkPreview",
];
const moderator: readonly CapabilityType[] = [
  ...speaker,
  "canAddParticipant",
  "canRemoveParticipant",
  "canBan",
  "canUnBan",
  "canKick",
  "canChangeUserRole",
  "canCreateJoinCode",
  "canDeleteJoinCode",
  "canDeleteOtherReaction",
  "canDeleteOtherMessage",
  "canEditOwnTopic",
  "canEditOtherTopic",
  "canChangeRoomName",
  "canChangeRoomAvatar",
  "canChangeRoomSubject",
  "canChangeRoomMood",
];
const superAdmin: readonly CapabilityType[] = [
  ...moderator,
  "canChangeRoomDescription",
  "canChangeRoomMembershipStyle",
  "canChangeRoleDefinitions",
  "canChangePreauthorizedUserList",
  "canDestroyRoom",
  "canSendMLSReinitProposal",
];

export const moderated: ExamplePolicy = {
  name: "moderated",
  section: "room-policy-04 §A.3",
  roles: {
    roles: [
      role(0, "no_role", { capabilities: ["canUseJoinCode"], changes: [[0, [2, 3]]] }),
      banned(),
      role(2, "guest", {
        capabilities: guest,
        changes: [
          [0, [2]],
          [2, [0]],
        ],
      }),
      role(3, "attendee", {
        capabilities: attendee,
        changes: [
          [0, [3]],
          [3, [0]],
        ],
      }),
      role(4, "speaker", {
        capabilities: speaker,
        changes: [
          [0, [4]],
          [4, [0]],
        ],
      }),
      role(5, "moderator", {
        capabilities: moderator,
        participants: [1],
        changes: [
          [0, [1, 2, 3, 4, 5]],
          [1, [0, 2, 3, 4, 5]],
          [2, [0, 1, 3, 4, 5]],
          [3, [0, 1, 2, 4, 5]],
          [4, [0, 1, 2, 3, 5]],
          [5, [0, 1, 2, 3, 4]],
        ],
      }),
      role(6, "super_admin", {
        capabilities: superAdmin,
        changes: [
          [0, [1, 2, 3, 4, 5, 6]],
          [1, [0, 2, 3, 4, 5, 6]],
          [2, [0, 1, 3, 4, 5, 6]],
          [3, [0, 1, 2, 4, 5, 6]],
          [4, [0, 1, 2, 3, 5, 6]],
          [5, [0, 1, 2, 3, 4, 6]],
          [6, [0, 1, 2, 3, 4, 5]],
        ],
      }),
      policyEnforcer(7, [
        [0, [1]],
        [1, [0]],
        [2, [0, 1]],
        [3, [0, 1]],
        [4, [0, 1]],
        [5, [0, 1]],
        [6, [0, 1]],
      ]),
    ],
  },
  readings: [
    "speaker includes the capabilities of speaker: read as attendee, the role before it",
    "moderator includes those of ordinary_user, which the room does not have: read as speaker",
  ],
};
