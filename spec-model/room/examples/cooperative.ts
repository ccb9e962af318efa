/** A room that its participants look after together: friends, family, small groups. room-policy-04 appendix A.1 */
import type { CapabilityType } from "../structures/index.ts";
import { banned, type ExamplePolicy, policyEnforcer, role } from "./role.ts";

const ordinary: readonly CapabilityType[] = [
  "canAddParticipant",
  "canRemoveParticipant",
  "canAddOwnClient",
  "canRemoveOwnClient",
  "canRemoveSelf",
  "canSendMessage",
  "canReceiveMessage",
  "canCopyMessage",
  "canReportAbuse",
  "canReplyToMessage",
  "canReactToMessage",
  "canDeleteOwnReaction",
  "canEditOwnMessage",
  "canDeleteOwnMessage",
  "canStartTopic",
  "canReplyInTopic",
  "canEditOwnTopic",
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
  "canChangeRoomName",
  "canChangeRoomAvatar",
  "canChangeRoomSubject",
  "canChangeRoomMood",
  "canChangeOwnName",
  "canChangeOwnPresence",
  "canChangeOwnMood",
  "canChangeOwnAvatar",
];
const admin: readonly CapabilityType[] = [
  ...ordinary,
  "canBan",
  "canUnBan",
  "canKick",
  "canChangeUserRole",
  "canDeleteOtherMessage",
  "canEditOtherTopic",
  "canChangeRoomDescription",
];
const superAdmin: readonly CapabilityType[] = [
  ...admin,
  "canChangeRoomMembershipStyle",
  "canChangePreauthorizedUserList",
  "canDestroyRoom",
];

export const cooperative: ExamplePolicy = {
  name: "cooperative",
  section: "room-policy-04 §A.1",
  roles: {
    roles: [
      role(0, "no_role", { active: [0, 0] }),
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
  readings: ["group_admin's canRevokeVoice and canGrantVoice are in no registry: left out"],
};
