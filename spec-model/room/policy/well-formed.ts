/** Whether the policy components of a room fit together. What one component's content has to be is in ../components. */
import { domainOfUri } from "../../identifiers/index.ts";
import { componentIds } from "../structures/index.ts";
import { all, allowed, type Decision, refuse } from "./decision.ts";
import { decideEnvelope } from "./envelope.ts";
import { bannedRole, type PolicyState, roleAt, unlistedRole } from "./state.ts";
import type { PolicyVariants } from "./variants.ts";

/** Whether the policy is one that a room can have. room-policy-04 §3 to §6 */
export function decidePolicy(state: PolicyState, variants: PolicyVariants): Decision {
  return all(rules, (rule) => rule(state, variants));
}

const rules: readonly ((state: PolicyState, variants: PolicyVariants) => Decision)[] = [
  openJoin,
  fixedMembership,
  parentRoom,
  preauthorizations,
  history,
  bots,
  joinLinks,
  hubAssets,
  listedComponents,
  decideEnvelope,
];

/** room-policy-04 §8.1.1 */
function openJoin({ roles }: PolicyState): Decision {
  const open = roles.filter((role) => role.capabilities.includes("canOpenJoin"));
  return all(open, (role) => {
    if (role.index !== unlistedRole) return refuse("open-join-on-role-zero", `${role.name} has canOpenJoin`);
    const leads = role.roleChanges.some((change) => change.from === unlistedRole);
    return leads ? allowed : refuse("open-join-leads-somewhere", "role 0 has no change from role 0");
  });
}

const waysIn = ["canOpenJoin", "canJoinIfPreauthorized", "canUseJoinCode"];

/** The draft only speaks of canAddParticipant; the other ways in would be as wrong. room-policy-04 §5 */
function fixedMembership({ roles, base }: PolicyState, variants: PolicyVariants): Decision {
  if (base?.fixedMembership !== true) return allowed;
  return all(roles, ({ index, name, capabilities }) => {
    const live = index !== unlistedRole && index !== bannedRole;
    const forbidden = [
      ...(live ? ["canAddParticipant"] : []),
      ...(variants.fixedEntry === "noWayIn" ? waysIn : []),
    ];
    const way = capabilities.find((capability) => forbidden.includes(capability));
    return way === undefined ? allowed : refuse("fixed-membership-has-no-way-in", `${name} has ${way}`);
  });
}

function parentRoom({ base, hub }: PolicyState): Decision {
  if (base === undefined) return allowed;
  const [parent, ...more] = base.parentRoom;
  const one = parent !== undefined && parent.uri !== "" && more.length === 0;
  if (base.parentDependant ? !one : parent !== undefined) {
    return refuse("parent-room-named", `${base.parentRoom.length} parent rooms are named`);
  }
  if (parent === undefined || hub === undefined || domainOfUri(parent.uri) === hub) return allowed;
  return refuse("parent-on-same-hub", `${parent.uri} has another hub than ${hub}`);
}

function preauthorizations(state: PolicyState, variants: PolicyVariants): Decision {
  if (variants.preauthorizedRole === "embedded") return allowed;
  return all(state.preauthorized ?? [], ({ role }) =>
    roleAt(state, role.index) === undefined
      ? refuse("preauthorised-role-is-defined", `there is no role ${role.index}`)
      : allowed,
  );
}

/** room-policy-04 §6.6 */
function history(state: PolicyState): Decision {
  const policy = state.history;
  if (policy === undefined || policy.historySharing === "forbidden") return allowed;
  return all(policy.rolesThatCanShare, (index) => {
    const role = roleAt(state, index);
    const sharing = index !== unlistedRole && index !== bannedRole && role?.maximumActiveParticipants !== 0;
    if (sharing && role !== undefined) return allowed;
    return refuse("history-shared-by-active-roles", `role ${index} cannot share history`);
  });
}

function bots(state: PolicyState): Decision {
  return all(state.bots?.allowedBots ?? [], ({ name, localClientBot, botRoleIndex }) => {
    const fits = localClientBot
      ? botRoleIndex === unlistedRole
      : botRoleIndex === unlistedRole || roleAt(state, botRoleIndex) !== undefined;
    return fits ? allowed : refuse("bot-role", `${name} in role ${botRoleIndex}`);
  });
}

function joinLinks({ joinLinkPolicy, joinLinks: links = [] }: PolicyState): Decision {
  if (joinLinkPolicy?.onRequest !== true || links.length <= 1) return allowed;
  return refuse("one-link-on-request", `${links.length} links are in force`);
}

/** room-policy-04 §6.4 */
function hubAssets({ assets, hub }: PolicyState): Decision {
  if (assets?.assetUploadLocation !== "hub" || hub === undefined) return allowed;
  const other = assets.uploadDomains.find(({ provider }) => provider.domain !== hub);
  if (other === undefined) return allowed;
  return refuse("hub-assets-one-provider", `${other.provider.domain} is not the hub`);
}

/** room-policy-04 §5 */
function listedComponents({ base, components = [] }: PolicyState, variants: PolicyVariants): Decision {
  if (variants.listedComponents === "ignored" || base === undefined) return allowed;
  const policies = components.filter(
    (id) =>
      id >= componentIds.mls_operational_policy &&
      id <= componentIds.message_expiration_policy &&
      id !== componentIds.base_room_policy,
  );
  return all(policies, (id) =>
    base.policyComponentIds.includes(id)
      ? allowed
      : refuse("policies-are-listed", `component ${id} is not listed`),
  );
}
