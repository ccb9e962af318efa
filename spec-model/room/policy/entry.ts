/** The ways into a room for a client that is not a member. room-policy-04 §8.1.1 and protocol-06 §5.6 */
import type { Author, Change } from "../facts.ts";
import { allowed, type Decision, refuse } from "./decision.ts";
import { preauthorizedRole } from "./preauthorization.ts";
import {
  type Actor,
  actorOf,
  needs,
  type PolicyState,
  roleAt,
  roleLeads,
  roleOf,
  unlistedRole,
} from "./state.ts";
import { defaultVariants, type PolicyVariants } from "./variants.ts";

/** One way in, and the roles that it lets a newcomer take; a listed user keeps its own. */
export interface EntryPath {
  readonly by: "ownClient" | "openJoin" | "preauthorized" | "joinCode";
  readonly roles: readonly number[];
}

/** All ways that are open to the requester now; none where it may not come in. */
export function entryPaths(
  state: PolicyState,
  requester: Author,
  variants: PolicyVariants = defaultVariants,
): readonly EntryPath[] {
  if (state.operational?.externalCommitAllowed === false) return [];
  const actor = actorOf(state, requester, variants);
  const listed = roleOf(state, actor.uri);
  if (listed !== unlistedRole) {
    return needs(actor, "canAddOwnClient").allowed ? [{ by: "ownClient", roles: [listed] }] : [];
  }
  if (state.base?.fixedMembership === true) return [];
  const ways: readonly EntryPath[] = [
    { by: "openJoin", roles: openRoles(state, actor) },
    { by: "preauthorized", roles: preauthorizedRoles(state, requester, variants) },
    { by: "joinCode", roles: codeRoles(state, actor, variants) },
  ];
  return ways.filter((way) => way.roles.length > 0);
}

/** Whether a client of `user` may ask for the GroupInfo, to join by an external commit. protocol-06 §5.6 */
export function mayJoinExternally(
  state: PolicyState,
  user: string,
  variants: PolicyVariants = defaultVariants,
): Decision {
  return decideEntry(state, { kind: "newMember", user, client: user }, variants);
}

/** The same for a requester with its client, its claims and the join code it has given. */
export function decideEntry(state: PolicyState, requester: Author, variants: PolicyVariants): Decision {
  if (entryPaths(state, requester, variants).length > 0) return allowed;
  const actor = actorOf(state, requester, variants);
  if (state.operational?.externalCommitAllowed === false) {
    return refuse("external-commits-allowed", "the room has no external commits");
  }
  if (roleOf(state, actor.uri) !== unlistedRole) return needs(actor, "canAddOwnClient");
  if (state.base?.fixedMembership === true) return refuse("fixed-membership", `${actor.uri} is not listed`);
  if (requester.kind !== "newMember" || requester.joinCode === undefined) {
    return refuse("canOpenJoin", `${actor.uri} has no way into the room`);
  }
  const mayUseCodes = needs(actor, "canUseJoinCode");
  return mayUseCodes.allowed ? refuse("join-code-valid", "the join code lets nobody in") : mayUseCodes;
}

/** An external commit: of a listed user, or of one that puts itself on the list. protocol-06 §1 */
export function decideJoin(
  state: PolicyState,
  author: Author,
  own: readonly Change[],
  variants: PolicyVariants,
): Decision {
  const entry = decideEntry(state, author, variants);
  if (!entry.allowed) return entry;
  const { uri } = actorOf(state, author, variants);
  const listed = roleOf(state, uri) !== unlistedRole;
  const listsItself = own.some((change) => change.kind === "addParticipant" && change.user === uri);
  if (listed || listsItself) return allowed;
  return refuse("joins-as-participant", `${uri} joins without a place in the list`);
}

/** The role that a newcomer puts itself on the list with. */
export function decideOwnEntry(
  state: PolicyState,
  author: Author,
  role: number,
  variants: PolicyVariants,
): Decision {
  const entry = decideEntry(state, author, variants);
  if (!entry.allowed) return entry;
  const leads = entryPaths(state, author, variants).some((way) => way.roles.includes(role));
  if (leads) return allowed;
  return refuse("entry-role", `no way in leads to role ${role}`);
}

function openRoles(state: PolicyState, actor: Actor): readonly number[] {
  return needs(actor, "canOpenJoin").allowed ? rolesFromZero(state, actor) : [];
}

/** Only the first entry that matches counts, and the role itself has to allow it. */
function preauthorizedRoles(
  state: PolicyState,
  requester: Author,
  variants: PolicyVariants,
): readonly number[] {
  const role = preauthorizedRole(state, requester, variants);
  if (role === undefined || !role.capabilities.includes("canJoinIfPreauthorized")) return [];
  return [role.index];
}

function codeRoles(state: PolicyState, actor: Actor, variants: PolicyVariants): readonly number[] {
  const given = actor.author.kind === "newMember" ? actor.author.joinCode : undefined;
  const code = state.joinCodes?.find((each) => each.code === given);
  if (code === undefined || !needs(actor, "canUseJoinCode").allowed) return [];
  const isValid = code.role !== unlistedRole && roleAt(state, code.role) !== undefined;
  const leads = variants.joinCodeRole === "code" || roleLeads(actor.role, unlistedRole, code.role);
  return isValid && leads ? [code.role] : [];
}

/** Those that there are: a change to a role that nobody has defined lets nobody in. */
function rolesFromZero(state: PolicyState, { role }: Actor): readonly number[] {
  const targets = role?.roleChanges.filter((change) => change.from === unlistedRole) ?? [];
  return targets
    .flatMap((change) => change.to)
    .filter((to) => to !== unlistedRole && roleAt(state, to) !== undefined);
}
