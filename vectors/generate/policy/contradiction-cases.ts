/** Changes that contradict the room, or each other in one commit. room-policy-04 §3 to §8, protocol-06 §7, RFC 9420 §12.2 */
import type { Change, PolicyState, policyRules } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import type { WrittenRequest } from "../../format/policy-request.ts";
import { roomWhere } from "./able-room.ts";
import { type Expected, policyGroup } from "./cases.ts";
import { authorIn, doing, roleWith } from "./people.ts";

/** The rules that these cases are about. */
export const contradictionRules: readonly (keyof typeof policyRules)[] = [
  "added-user-is-unlisted",
  "banned-have-no-clients",
  "changed-user-is-listed",
  "client-added-once",
  "client-is-new",
  "component-is-known",
  "component-is-needed",
  "component-removed-alone",
  "link-changed-once",
  "metadata-field-is-changeable",
  "one-change-per-leaf",
  "one-change-per-user",
  "one-metadata-update",
  "one-update-per-component",
  "reinit-alone",
  "removed-user-is-listed",
  "role-is-defined",
];

export function contradictionGroups(): VectorGroup[] {
  return [listed(), together(), components(), newRoles()];
}

const state = roomWhere([
  "canAddParticipant",
  "canRemoveParticipant",
  "canChangeUserRole",
  "canBan",
  "canKick",
  "canAddOwnClient",
  "canRemoveOwnClient",
  "canChangeRoomName",
  "canChangeRoomSubject",
  "canChangeMlsOperationalPolicies",
  "canChangeRoleDefinitions",
  "canChangeOtherPolicyAttribute",
  "canCreateJoinCode",
  "canDeleteJoinCode",
  "canSendMLSReinitProposal",
]);

const author = authorIn(state, "alice");

function committing(...changes: readonly Change[]): WrittenRequest {
  return { kind: "commit", author, proposals: [{ author, changes }] };
}

type Changes = readonly [says: string, ...changes: readonly Change[]];
/** A change that is right, and what is wrong with others like it, by their slugs. */
type Case = readonly [slug: string, right: Changes, wrong: Readonly<Record<string, Changes>>];

/** Nobody has written these down: they are how this project reads the drafts. */
const readings: readonly string[] = [
  "component-removed-and-changed",
  "field-without-capability",
  "one-component-twice",
  "one-link-twice",
  "removed-base-policy",
  "removed-list",
  "removed-metadata",
  "removed-roles",
  "unknown",
];

function casesOf(prefix: string, cases: readonly Case[]): Expected[] {
  return cases.flatMap(([slug, [comment, ...right], wrong]): Expected[] => {
    const parent = `policy-${prefix}-${slug}`;
    const faulty = Object.entries(wrong).map(
      ([other, [fault, ...changes]]): Expected => ({
        id: `policy-${prefix}-${other}`,
        comment: `${comment}: ${fault}`,
        request: committing(...changes),
        ...(readings.includes(other) ? { level: "SHOULD" } : {}),
        refused: { parent, path: "request.proposals", op: fault },
      }),
    );
    return [{ id: parent, comment, request: committing(...right) }, ...faulty];
  });
}

/** Who is in the list, and who is not. */
function listed(): VectorGroup {
  const ban = doing.move("bob", 2, 1);
  const cases: readonly Case[] = [
    [
      "add",
      ["Alice adds somebody", doing.add("eve", 2)],
      { "add-listed": ["who is in the list already", doing.add("bob", 2)] },
    ],
    [
      "add-to-role",
      ["Alice adds somebody with role 3", doing.add("eve", 3)],
      { "add-to-no-role": ["with role 9, which is not defined", doing.add("eve", 9)] },
    ],
    [
      "remove",
      [
        "Alice takes somebody off the list, with the client",
        doing.remove("bob", 2),
        doing.removeClient("bob", 1),
      ],
      { "remove-unlisted": ["who is not in the list", doing.remove("eve", 2)] },
    ],
    [
      "move",
      ["Alice gives somebody role 3", doing.move("bob", 2, 3)],
      {
        "move-nowhere": ["to the role that he has", doing.move("bob", 2, 2)],
        "move-unlisted": ["who is not in the list", doing.move("eve", 2, 3)],
      },
    ],
    [
      "own-client",
      ["Alice adds a client of her own", doing.addClient("alice", 3)],
      { "own-client-again": ["which is a member already", doing.addClient("alice", 2)] },
    ],
    [
      "ban",
      ["Alice bans Bob", ban, doing.removeClient("bob", 1)],
      { "ban-with-client": ["whose client stays in the group", ban] },
    ],
  ];
  return policyGroup("Alice may change the list and its roles", state, casesOf("list", cases));
}

/** What there is once in a commit. */
function together(): VectorGroup {
  const operational = change("mls_operational_policy");
  const bots = change("bot_policy");
  const cases: readonly Case[] = [
    [
      "two-users",
      ["two users get another role", doing.move("bob", 2, 3), doing.move("cathy", 2, 3)],
      { "one-user-twice": ["the same one twice", doing.move("bob", 2, 3), doing.move("bob", 2, 3)] },
    ],
    [
      "two-leaves",
      ["two clients are removed", doing.removeClient("bob", 1), doing.removeClient("cathy", 2)],
      {
        "one-leaf-twice": ["the same one twice", doing.removeClient("bob", 1), doing.removeClient("bob", 1)],
      },
    ],
    [
      "two-clients",
      ["two clients are added", doing.addClient("alice", 3), doing.addClient("alice", 4)],
      {
        "one-client-twice": ["the same one twice", doing.addClient("alice", 3), doing.addClient("alice", 3)],
      },
    ],
    [
      "metadata",
      ["the name and the subject are changed in one update", bothFields],
      { "metadata-twice": ["in an update each", doing.rename("room_name"), doing.rename("room_subject")] },
    ],
    [
      "two-components",
      ["two policies are replaced", operational, bots],
      { "one-component-twice": ["the same one twice", operational, operational] },
    ],
    [
      "component-removed",
      ["a policy is removed", { ...bots, op: "remove" }],
      { "component-removed-and-changed": ["and replaced as well", { ...bots, op: "remove" }, bots] },
    ],
    [
      "two-links",
      ["two join links are put in", links(["aa"]), links(["bb"])],
      { "one-link-twice": ["the same one twice", links(["aa"]), links(["aa"])] },
    ],
    [
      "re-init",
      ["the group is closed by a ReInit", reInit],
      { "re-init-and-more": ["among other changes", reInit, doing.rename("room_name")] },
    ],
  ];
  return policyGroup("What a commit has once", state, casesOf("once", cases));
}

const reInit: Change = { kind: "other", proposalType: "reinit" };
const bothFields: Change = { kind: "changeMetadata", fields: ["room_name", "room_subject"] };

function change(name: keyof typeof componentIds): Extract<Change, { kind: "changeComponent" }> {
  return { kind: "changeComponent", component: componentIds[name], op: "update" };
}

function links(added: readonly string[]): Change {
  return { ...change("join_links"), links: { added, removed: [] } };
}

/** What may be changed at all. */
function components(): VectorGroup {
  const removed = (name: keyof typeof componentIds): Change => ({ ...change(name), op: "remove" });
  const unknown: Change = { kind: "changeComponent", component: 0x7f00, op: "update" };
  const needed = (name: keyof typeof componentIds): Changes => ["one that no room is without", removed(name)];
  const cases: readonly Case[] = [
    [
      "field",
      ["a field of the metadata is changed", doing.rename("room_name")],
      { "field-without-capability": ["the room's own URI", doing.rename("room_uri")] },
    ],
    [
      "known",
      ["a component is replaced", change("bot_policy")],
      { unknown: ["one that no draft defines", unknown] },
    ],
    [
      "removed",
      ["a component is removed", removed("bot_policy")],
      {
        "removed-list": needed("participant_list"),
        "removed-metadata": needed("room_metadata"),
        "removed-roles": needed("roles_list"),
        "removed-base-policy": needed("base_room_policy"),
      },
    ],
  ];
  return policyGroup("What no room is without, and what none has", state, casesOf("component", cases));
}

/** Alice replaces the roles. */
function newRoles(): VectorGroup {
  const roles = [roleWith(0), roleWith(1), roleWith(2), roleWith(3)];
  const setting = (kept: PolicyState["roles"]): Change => ({
    ...change("roles_list"),
    sets: { roles: kept },
  });
  const kept = setting([...roles, roleWith(4)]);
  const lost = setting(roles.filter(({ index }) => index !== 2));
  const cases: readonly Case[] = [
    ["kept", ["the roles are replaced", kept], { lost: ["without role 2, which Bob and Cathy hold", lost] }],
  ];
  return policyGroup("Alice may replace the roles", state, casesOf("roles", cases));
}
