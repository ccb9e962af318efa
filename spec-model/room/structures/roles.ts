/** Roles: what their holders may do and how participants move between them. room-policy-04 §3 */
import { alias, type Infer, optional, struct, text, uint32, v, vector } from "../../wire/index.ts";
import { CapabilityType } from "./capability-type.ts";

export const SingleSourceRoleChangeTargets = struct("SingleSourceRoleChangeTargets", {
  from_role_index: uint32.as("0: not yet in the participant list"),
  target_role_indexes: vector(uint32).as("0: out of the participant list"),
}).from("room-policy-04 §3", "the roles that a participant of one role may be moved to");
export type SingleSourceRoleChangeTargets = Infer<typeof SingleSourceRoleChangeTargets>;

export const Role = struct("Role", {
  role_index: uint32.as("0: who is not in the participant list; 1: banned, where there is such a role"),
  role_name: text(v),
  role_description: text(v).as("may be empty"),
  role_capabilities: vector(CapabilityType),
  minimum_participants_constraint: uint32.as("0: none"),
  maximum_participants_constraint: optional(uint32),
  minimum_active_participants_constraint: uint32.as("0: none"),
  maximum_active_participants_constraint: optional(uint32),
  authorized_role_changes: vector(SingleSourceRoleChangeTargets).as(
    "what its holders may do to participants",
  ),
})
  .from("room-policy-04 §3", "what the participants that hold it may do")
  .decided({
    question: "`optional uint32 x` is not TLS presentation language",
    reading: "optional<uint32> of RFC 9420 §2.1.1: a presence octet, then the value",
    reason: "the text says that a maximum may be absent, and the other optional fields are written so",
    alternatives: [
      "a uint32 that is left out at the end of the structure, which it is not the last field of",
    ],
  })
  .decided({
    question: "the encoding of names and descriptions",
    reading: "UTF-8",
    reason: "they are text for people, and no other encoding is mentioned in any of the drafts",
    alternatives: ["any octets"],
  });
export type Role = Infer<typeof Role>;

export const RoleData = struct("RoleData", { roles: vector(Role) }).from(
  "room-policy-04 §3",
  "all roles of a room; the content of the roles_list component",
);
export type RoleData = Infer<typeof RoleData>;

export const RoleUpdate = alias("RoleUpdate", RoleData).from(
  "room-policy-04 §3",
  "an AppDataUpdate of roles_list: replaces all roles",
);
