/**
 * The roles of a cooperatively administered room, as far as they can be held from the room's first moment.
 * room-policy-04 appendix A.1; its policy_enforcer needs a holder at once, whom no creator can name: it is left out.
 */
import { type CapabilityType, RoleData } from "./structures/index.ts";

type Role = RoleData["roles"][number];

const ordinaryCapabilities: readonly CapabilityType[] = [
  "canAddParticipant",
  "canRemoveParticipant",
  "canAddOwnClient",
  "canRemoveOwnClient",
  "canRemoveSelf",
  "canSendMessage",
  "canReceiveMessage",
  "canReportAbuse",
  "canReplyToMessage",
  "canReactToMessage",
  "canDeleteOwnReaction",
  "canEditOwnMessage",
  "canDeleteOwnMessage",
  "canChangeRoomName",
  "canChangeRoomAvatar",
  "canChangeRoomSubject",
  "canChangeRoomMood",
];
const adminCapabilities: readonly CapabilityType[] = [
  ...ordinaryCapabilities,
  "canBan",
  "canUnBan",
  "canKick",
  "canChangeUserRole",
  "canDeleteOtherMessage",
  "canChangeRoomDescription",
];

/** The content of the `roles_list` component of such a room. */
export function cooperativeRoles(): Uint8Array {
  return RoleData.encode({
    roles: [
      role(0, "no_role", [], [], { active: 0 }),
      role(1, "banned", [], [], { active: 0 }),
      role(2, "ordinary_user", ordinaryCapabilities, [
        [0, [2]],
        [2, [0]],
      ]),
      role(3, "group_admin", adminCapabilities, [
        [0, [1, 2, 3]],
        [1, [0, 2, 3]],
        [2, [0, 1, 3]],
        [3, [0, 1, 2]],
      ]),
    ],
  });
}

function role(
  index: number,
  name: string,
  capabilities: readonly CapabilityType[],
  changes: readonly (readonly [number, readonly number[]])[],
  maximum: { readonly active?: number } = {},
): Role {
  return {
    roleIndex: index,
    roleName: name,
    roleDescription: "",
    roleCapabilities: [...capabilities],
    minimumParticipantsConstraint: name === "group_admin" ? 1 : 0,
    maximumParticipantsConstraint: undefined,
    minimumActiveParticipantsConstraint: 0,
    maximumActiveParticipantsConstraint: maximum.active,
    authorizedRoleChanges: changes.map(([from, to]) => ({ fromRoleIndex: from, targetRoleIndexes: [...to] })),
  };
}
