/** Writing example roles down in the appendix's terms. room-policy-04 appendix A */
import type { CapabilityType, RoleData } from "../structures/index.ts";

/** One of the appendix's role sets. */
export interface ExamplePolicy {
  readonly name: string;
  /** Draft and section. */
  readonly section: string;
  readonly roles: RoleData;
  /** Where the example cannot be taken by its word: what it says, and how it is read here. */
  readonly readings: readonly string[];
}

interface Terms {
  readonly capabilities?: readonly CapabilityType[];
  /** Minimum and, where there is one, maximum. */
  readonly participants?: readonly [minimum: number, maximum?: number];
  readonly active?: readonly [minimum: number, maximum?: number];
  readonly changes?: readonly (readonly [from: number, to: readonly number[]])[];
}

export function role(index: number, name: string, terms: Terms): RoleData["roles"][number] {
  const { capabilities = [], participants = [0], active = [0], changes = [] } = terms;
  return {
    roleIndex: index,
    roleName: name,
    roleDescription: "",
    roleCapabilities: [...capabilities],
    minimumParticipantsConstraint: participants[0],
    maximumParticipantsConstraint: participants[1],
    minimumActiveParticipantsConstraint: active[0],
    maximumActiveParticipantsConstraint: active[1],
    authorizedRoleChanges: changes.map(([from, to]) => ({ fromRoleIndex: from, targetRoleIndexes: [...to] })),
  };
}

/** Role 1 in every example: nobody active, nothing allowed. */
export function banned(): RoleData["roles"][number] {
  return role(1, "banned", { active: [0, 0] });
}

/** One or two servers in every example, without clients, that clean up and may end the room. */
export function policyEnforcer(index: number, changes: Terms["changes"]): RoleData["roles"][number] {
  return role(index, "policy_enforcer", {
    capabilities: [
      "canRemoveParticipant",
      "canChangeUserRole",
      "canBan",
      "canUnBan",
      "canChangeRoleDefinitions",
      "canChangePreauthorizedUserList",
      "canChangeMlsOperationalPolicies",
      "canDestroyRoom",
      "canSendMLSReinitProposal",
    ],
    participants: [1, 2],
    active: [0, 0],
    ...(changes === undefined ? {} : { changes }),
  });
}
