/** A room that its admins look after. room-policy-04 appendix A.2 */
import type { CapabilityType } from "../structures/index.ts";
import { banned, type ExamplePolicy, policyEnforcer, role } from "./role.ts";

const ordinary: readonly CapabilityType[] = [
  "canAddOwnClient",
  "canJoinIfPreauthorized",
  "canRemoveOwnClient",
  "canRemoveSelf",
  "canChangeOwnRole",
  "canSendMessage",
  "canReceiveMessage",
  "canCopyMessage",
  "canReportAbuse",
  "canReactToMessage",
  "canDeleteOwnReaction",
  "canEditOwnMessage",
  "canDeleteOwnMessage",
  "canStartTopic",
  "canReplyInTopic",
  "canUploadImage",
  "canUploadVideo",
  "canUploadAudio",
  "canUploadAttachment",
  "canDownloadImage",
  "canDownloadVideo",
  "canDownloadAudio",
  "canDownloadAttachment",
  "canSendLink",
  "canSendLinkPreview",
  "canFollowLink",
  "canCopyLink",
  "canChangeOwnName",
  "canChangeOwnPresence",
  "canChangeOwnMood",
  "canChangeOwnAvatar",
];
const admin: readonly CapabilityType[] = [
  ...ordinary,
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
  "canChangeRoomDescription",
  "canChangeRoomName",
  "canChangeRoomAvatar",
  "canChangeRoomSubject",
  "canChangeRoomMood",
];
const superAdmin: readonly CapabilityType[] = [
  ...admin,
  "canChangeRoomMembershipStyle",
  "canChangeRoleDefinitions",
  "canChangePreauthorizedUserList",
  "canDestroyRoom",
  "canSendMLSReinitProposal",
];

export const strict: ExamplePolicy = {
  name: "strict",
  section: "room-policy-04 §A.2",
  roles: {
    roles: [
      role(0, "no_role", { capabilities: ["canUseJoinCode"], active: [0, 0], changes: [[0, [2]]] }),
      banned(),
      role(2, "ordinary_user", {
        capabilities: ordinary,
        changes: [
          [0, [2]],
          [2, [0]],
        ],
      }),
      role(3, "group_admin", {
        capabilities: admin,
        participants: [1],
        changes: [
          [0, [1, 2, 3]],
          [1, [0, 2, 3]],
          [2, [0, 1, 3]],
          [3, [0, 1, 2]],
        ],
      }),
      role(4, "super_admin", {
        capabilities: superAdmin,
        changes: [
          [0, [1, 2, 3, 4]],
          [1, [0, 2, 3, 4]],
          [2, [0, 1, 3, 4]],
          [3, [0, 1, 2, 4]],
          [4, [0, 1, 2, 3]],
        ],
      }),
      policyEnforcer(5, [
        [0, [1]],
        [1, [0]],
        [2, [0, 1]],
        [3, [0, 1]],
        [4, [0, 1]],
      ]),
    ],
  },
  readings: [],
};
