/** What the rooms of the scenarios begin with: roles from room-policy-04 appendix A, and rules of their own. */
import { type ExampleName, examplePolicies } from "../../spec-model/room/index.ts";
import {
  BaseRoomPolicy,
  componentIds,
  OperationalParameters,
  plainBaseRoomPolicy,
  plainOperationalParameters,
  RoleData,
} from "../../spec-model/room/structures/index.ts";
import type { Person, Provider, Room, RoomSetup } from "../scenario/index.ts";

type Role = RoleData["roles"][number];

/** Roles of the cooperatively administered room. room-policy-04 appendix A.1 */
export const roles = { banned: 1, ordinary: 2, admin: 3, superAdmin: 4, enforcer: 5 } as const;
/** Roles of the moderated room. room-policy-04 appendix A.3 */
export const moderatedRoles = {
  banned: 1,
  guest: 2,
  attendee: 3,
  speaker: 4,
  moderator: 5,
  enforcer: 7,
} as const;

/** A room of an appendix's kind; the hub is its policy enforcer, and the creator has `creatorRole`. */
export function exampleRoom(
  name: ExampleName,
  hub: Provider,
  creatorRole: number,
  change: (role: Role) => Role = (role) => role,
): RoomSetup {
  const { roles: given } = examplePolicies[name].roles;
  const enforcer = given.find(({ roleName }) => roleName === "policy_enforcer")?.roleIndex ?? 0;
  return {
    creatorRole,
    components: [[componentIds.roles_list, RoleData.encode({ roles: given.map(change) })]],
    participants: [{ user: hubAsUser(hub).user, role: enforcer }],
  };
}

/** Under its provider URI the hub can be in a room's list, and so hold a role. room-policy-04 §4 */
export function hubAsUser({ setting }: Provider): Person {
  return { name: setting.label, user: `mimi://${setting.domain}` };
}

/** One role changed: `withRole(0, { roleCapabilities: [...] })`. */
export function withRole(index: number, change: Partial<Role>): (role: Role) => Role {
  return (role) => (role.roleIndex === index ? { ...role, ...change } : role);
}

/** The same room under other basic rules. room-policy-04 §5 */
export function withRules(setup: RoomSetup, rules: Partial<BaseRoomPolicy>): RoomSetup {
  const base = baseRules(rules);
  return { ...setup, components: [...(setup.components ?? []), [componentIds.base_room_policy, base]] };
}

/** The base policy of a room that only has roles besides, but for `rules`. */
export function baseRules(rules: Partial<BaseRoomPolicy>): Uint8Array {
  return BaseRoomPolicy.encode(
    plainBaseRoomPolicy({ policyComponentIds: [componentIds.roles_list], ...rules }),
  );
}

/** An operational policy with small numbers, but for `changes`. room-policy-04 §7.1 */
export function operationalPolicy(changes: Partial<OperationalParameters>): Uint8Array {
  return OperationalParameters.encode(
    plainOperationalParameters({
      handshakeFormats: ["mls_public_message"],
      pendingProposalPolicy: { pendingProposalStrategy: "immediate_commit" },
      appMessagePolicy: { epochTolerance: 1, padToSize: 32, maxGenerationsSkipahead: 100 },
      ...changes,
    }),
  );
}

/** The same room with an operational policy that takes no position but for `changes`. room-policy-04 §7.1 */
export function withOperation(setup: RoomSetup, changes: Partial<OperationalParameters>): RoomSetup {
  const { roles_list, mls_operational_policy } = componentIds;
  const operation = operationalPolicy({ ...noPosition, ...changes });
  const components = [...(setup.components ?? []), [mls_operational_policy, operation] as const];
  return withRules({ ...setup, components }, { policyComponentIds: [roles_list, mls_operational_policy] });
}

/** A room whose members hide their handshakes from followers, and whose hub takes no others. protocol-06 §5.3 */
export function hidingHandshakes(setup: RoomSetup, changes: Partial<OperationalParameters> = {}): RoomSetup {
  const handshakeFormats = ["mls_semiprivate_message" as const];
  return { ...withOperation(setup, { handshakeFormats, ...changes }), handshakes: "semiprivate" };
}

const farApart = { minimumTime: 0n, defaultTime: 31_536_000n, maximumTime: 315_360_000n };

const noPosition: Partial<OperationalParameters> = {
  handshakeFormats: [],
  pendingProposalPolicy: { pendingProposalStrategy: "unspecified" },
  LeafNodeUpdateTime: farApart,
  appMessagePolicy: { epochTolerance: 0, padToSize: 0, maxGenerationsSkipahead: 1000 },
  maxKpLifetime: farApart.maximumTime,
  maxCredentialLifetime: farApart.maximumTime,
};

/** A room whose participants have to be participants of `parent`, too. room-policy-04 §5 */
export function dependingOn(parent: Room, setup: RoomSetup): RoomSetup {
  return withRules(setup, { parentDependant: true, parentRoom: [{ uri: parent.uri }] });
}

/** A role with these capabilities, without bounds and without changes of roles. room-policy-04 §3 */
export function plainRole(index: number, capabilities: Role["roleCapabilities"]): Role {
  return {
    roleIndex: index,
    roleName: index === 0 ? "no_role" : `role_${index}`,
    roleDescription: "",
    roleCapabilities: capabilities,
    minimumParticipantsConstraint: 0,
    maximumParticipantsConstraint: undefined,
    minimumActiveParticipantsConstraint: 0,
    maximumActiveParticipantsConstraint: undefined,
    authorizedRoleChanges: [],
  };
}

/** Two people and nobody else, from the beginning to the end. room-policy-04 §5 */
export function forTheseOnly(...people: readonly Person[]): RoomSetup {
  const role = {
    ...plainRole(2, ["canAddOwnClient", "canRemoveOwnClient", "canSendMessage", "canReceiveMessage"]),
    roleName: "participant",
  };
  const nobody = plainRole(0, []);
  const setup: RoomSetup = {
    creatorRole: role.roleIndex,
    components: [[componentIds.roles_list, RoleData.encode({ roles: [nobody, role] })]],
    participants: people.map(({ user }) => ({ user, role: role.roleIndex })),
  };
  return withRules(setup, { fixedMembership: true });
}
