/** A room of three organisations, each with admins of its own, in the house of the first. room-policy-04 appendix A.4 */
import type { CapabilityType } from "../structures/index.ts";
import { banned, type ExamplePolicy, policyEnforcer, role } from "./role.ts";

const visitingUser: readonly CapabilityType[] = [
  "canRemoveSelf",
  "canAddOwnClient",
  "canRemoveOwnClient",
  "canSendMessage",
  "canReceiveMessage",
  "canCopyMessage",
  "canReportAbuse",
  "canReplyInTopic",
  "canReactToMessage",
  "canDeleteOwnReaction",
  "canEditOwnMessage",
  "canSendLink",
  "canSendLinkPreview",
  "canFollowLink",
  "canCopyLink",
  "canDownloadImage",
  "canDownloadVideo",
  "canDownloadAudio",
  "canDownloadAttachment",
  "canChangeOwnName",
  "canChangeOwnPresence",
  "canChangeOwnAvatar",
];
const visitingAdmin: readonly CapabilityType[] = [
  ...visitingUser,
  "canDeleteOwnMessage",
  "canStartTopic",
  "canUploadImage",
  "canUploadVideo",
  "canUploadAudio",
  "canUploadAttachment",
  "canAddParticipant",
  "canRemoveParticipant",
  "canBan",
  "canKick",
  "canChangeUserRole",
];
const host: readonly CapabilityType[] = ["canChangeOwnRole", "canJoinIfPreauthorized"];
const superAdmin: readonly CapabilityType[] = [
  ...visitingAdmin,
  ...host,
  "canUnBan",
  "canDeleteOtherReaction",
  "canDeleteOtherMessage",
  "canEditOwnTopic",
  "canEditOtherTopic",
  "canChangeRoomDescription",
  "canChangeRoomName",
  "canChangeRoomAvatar",
  "canChangeRoomSubject",
  "canChangeRoomMood",
  "canChangeRoomMembershipStyle",
  "canChangeRoleDefinitions",
  "canChangePreauthorizedUserList",
  "canDestroyRoom",
  "canSendMLSReinitProposal",
];

/** The roles of one organisation: its users and its admins move users between these two, off the list and into a ban. */
const user = (index: number, name: string, capabilities: readonly CapabilityType[]) =>
  role(index, name, {
    capabilities,
    changes: [
      [0, [index]],
      [index, [0]],
    ],
  });
const adminChanges = (users: number, admins: number) =>
  [
    [0, [users, admins]],
    [users, [0, 1, admins]],
    [admins, [0, 1, users]],
  ] as const;
const visitingAdmins = (index: number, name: string, users: number) =>
  role(index, name, {
    capabilities: visitingAdmin,
    participants: [1, 3],
    active: [1],
    changes: adminChanges(users, index),
  });

export const multiOrganization: ExamplePolicy = {
  name: "multiOrganization",
  section: "room-policy-04 §A.4",
  roles: {
    roles: [
      role(0, "no_role", { active: [0, 0] }),
      banned(),
      user(2, "org_a_user", [...visitingUser, ...host]),
      user(3, "org_b_user", visitingUser),
      user(4, "org_c_user", visitingUser),
      role(5, "org_a_admin", { capabilities: [...visitingAdmin, ...host], changes: adminChanges(2, 5) }),
      visitingAdmins(6, "org_b_admin", 3),
      visitingAdmins(7, "org_c_admin", 4),
      role(8, "super_admin", {
        capabilities: superAdmin,
        participants: [1],
        active: [1],
        changes: [
          [0, [1, 2, 3, 4, 5, 6, 7, 8]],
          [1, [0, 2, 3, 4, 5, 6, 7, 8]],
          [2, [0, 1, 5, 8]],
          [3, [0, 1, 6]],
          [4, [0, 1, 7]],
          [5, [0, 1, 2, 8]],
          [6, [0, 1, 3]],
          [7, [0, 1, 4]],
          [8, [0, 1, 2, 5]],
        ],
      }),
      policyEnforcer(9, [
        [0, [1]],
        [1, [0]],
        [3, [0, 1]],
        [4, [0, 1]],
        [5, [0, 1]],
        [6, [0, 1]],
        [7, [0, 1]],
        [8, [0, 1]],
      ]),
    ],
  },
  readings: [],
};
