/** Roles between their wire format and the form that policy decisions read. room-policy-04 §3 */
import type { Role } from "../policy-facts.ts";
import { RoleData } from "../structures/index.ts";

/** The content of the `roles_list` component. Throws DecodeError for other bytes. */
export function decodeRoles(data: Uint8Array): Role[] {
  return rolesOf(RoleData.decode(data));
}

export function rolesOf(data: RoleData): Role[] {
  return data.roles.map(roleOfStructure);
}

export function roleOfStructure(role: RoleData["roles"][number]): Role {
  return {
    index: role.roleIndex,
    name: role.roleName,
    capabilities: role.roleCapabilities.map(String),
    minimumParticipants: role.minimumParticipantsConstraint,
    maximumParticipants: role.maximumParticipantsConstraint,
    minimumActiveParticipants: role.minimumActiveParticipantsConstraint,
    maximumActiveParticipants: role.maximumActiveParticipantsConstraint,
    roleChanges: role.authorizedRoleChanges.map((change) => ({
      from: change.fromRoleIndex,
      to: change.targetRoleIndexes,
    })),
  };
}
