/** What each capability is for: everything that could be done in a room, by somebody who holds that one alone. §8 */
import type { Change } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import type { WrittenRequest } from "../../format/policy-request.ts";
import { roomWhere } from "./able-room.ts";
import { type Expected, policyGroup } from "./cases.ts";
import { authorIn, doing } from "./people.ts";

/** One of everything, and the capability that it takes. */
const deeds: readonly (readonly [
  slug: string,
  says: string,
  capability: string,
  changes: readonly Change[],
])[] = [
  ["add-user", "adds Eve", "canAddParticipant", [doing.add("eve", 2)]],
  [
    "add-user-and-client",
    "adds Eve with a client",
    "canAddParticipant",
    [doing.add("eve", 2), doing.addClient("eve")],
  ],
  ["add-own-client", "adds a client of her own", "canAddOwnClient", [doing.addClient("alice", 3)]],
  [
    "remove-user",
    "removes Bob with his client",
    "canRemoveParticipant",
    [doing.remove("bob", 2), doing.removeClient("bob", 1)],
  ],
  ["kick", "removes Bob's client", "canKick", [doing.removeClient("bob", 1)]],
  [
    "remove-own-client",
    "removes another client of her own",
    "canRemoveOwnClient",
    [doing.removeClient("alice", 9, 2)],
  ],
  ["move-user", "gives Bob another role", "canChangeUserRole", [doing.move("bob", 2, 3)]],
  [
    "ban",
    "bans Bob and removes his client",
    "canBan",
    [doing.move("bob", 2, 1), doing.removeClient("bob", 1)],
  ],
  ["unban", "unbans Dave", "canUnBan", [doing.move("dave", 1, 2)]],
  ["rename", "renames the room", "canChangeRoomName", [doing.rename("room_name")]],
  ["describe", "describes the room", "canChangeRoomDescription", [doing.rename("room_descriptions")]],
  ["avatar", "changes the room's avatar", "canChangeRoomAvatar", [doing.rename("room_avatar")]],
  ["subject", "changes the room's subject", "canChangeRoomSubject", [doing.rename("room_subject")]],
  ["mood", "changes the room's mood", "canChangeRoomMood", [doing.rename("room_mood")]],
  ["roles", "replaces the roles", "canChangeRoleDefinitions", [component("roles_list")]],
  [
    "preauthorisations",
    "replaces the preauthorised users",
    "canChangePreauthorizedUserList",
    [component("preauth_list")],
  ],
  [
    "base-policy",
    "replaces the base policy",
    "canChangeRoomMembershipStyle",
    [component("base_room_policy")],
  ],
  [
    "operational-policy",
    "replaces the operational policy",
    "canChangeMlsOperationalPolicies",
    [component("mls_operational_policy")],
  ],
  ["put-link", "puts in a join link", "canCreateJoinCode", [links(["aa"], [])]],
  ["take-link", "takes out a join link", "canDeleteJoinCode", [links([], ["bb"])]],
  [
    "re-init",
    "re-initialises the group",
    "canSendMLSReinitProposal",
    [{ kind: "other", proposalType: "reinit" }],
  ],
];

function component(name: keyof typeof componentIds): Change {
  return { kind: "changeComponent", component: componentIds[name], op: "update" };
}

function links(added: readonly string[], removed: readonly string[]): Change {
  return {
    kind: "changeComponent",
    component: componentIds.join_links,
    op: "update",
    links: { added, removed },
  };
}

export function capabilityGroups(): VectorGroup[] {
  const capabilities = [...new Set(deeds.map(([, , capability]) => capability))];
  return [...capabilities.map(groupOf), nobodysGroup(), messageGroup()];
}

/** All deeds by a holder of one capability, in a commit; its own deeds as a proposal, too. */
function groupOf(capability: string): VectorGroup {
  const state = roomWhere([capability]);
  const author = authorIn(state, "alice");
  const committed = deeds.map(([slug, says, needed, changes]): Expected => {
    const request: WrittenRequest = { kind: "commit", author, proposals: [{ author, changes }] };
    const common = {
      id: `policy-${kebab(capability)}-${slug}`,
      comment: `with ${capability} alone Alice ${says}`,
      request,
    };
    return needed === capability ? common : { ...common, refused: lacking(slug, needed) };
  });
  const proposed = deeds
    .filter(([, , needed]) => needed === capability)
    .map(
      ([slug, says, , changes]): Expected => ({
        id: `policy-${kebab(capability)}-${slug}-proposed`,
        comment: `with ${capability} alone Alice proposes what ${says}`,
        request: { kind: "proposals", pending: [], proposals: [{ reference: "00", author, changes }] },
      }),
    );
  return policyGroup(`Alice's role has the capability ${capability} and no other`, state, [
    ...committed,
    ...proposed,
  ]);
}

/** The same by a participant without any capability: Bob. */
function nobodysGroup(): VectorGroup {
  const state = roomWhere(deeds.map(([, , capability]) => capability));
  const author = authorIn(state, "cathy");
  const foreign = deeds.filter(([slug]) => slug !== "add-own-client" && slug !== "remove-own-client");
  return policyGroup(
    "Alice's role has all these capabilities; Cathy's has none",
    state,
    foreign.flatMap(([slug, says, needed, changes]): Expected[] => [
      {
        id: `policy-none-${slug}`,
        comment: `without any capability Cathy ${says}`,
        request: { kind: "commit", author, proposals: [{ author, changes }] },
        refused: lacking(slug, needed),
      },
      {
        id: `policy-none-${slug}-proposed`,
        comment: `without any capability Cathy proposes what ${says}`,
        request: { kind: "proposals", pending: [], proposals: [{ reference: "00", author, changes }] },
        refused: { ...lacking(slug, needed), parent: `${parentOf(slug, needed)}-proposed` },
      },
    ]),
  );
}

function messageGroup(): VectorGroup {
  const state = roomWhere(["canSendMessage", "canReportAbuse"]);
  const send = (name: string): WrittenRequest => ({ kind: "send", user: authorUser(name) });
  const refused = { parent: "policy-send", path: "request.user", op: "a user without canSendMessage" };
  return policyGroup("Who may send what the hub cannot read", state, [
    { id: "policy-send", comment: "a participant whose role may send", request: send("alice") },
    { id: "policy-send-without", comment: "a participant whose role may not", request: send("bob"), refused },
    { id: "policy-send-banned", comment: "a banned user", request: send("dave"), refused },
    { id: "policy-send-unlisted", comment: "a user who is not listed", request: send("eve"), refused },
    {
      id: "policy-report",
      comment: "a participant reports abuse",
      request: { kind: "act", user: authorUser("alice"), capability: "canReportAbuse" },
    },
    {
      id: "policy-report-without",
      comment: "a participant whose role may not report abuse",
      request: { kind: "act", user: authorUser("bob"), capability: "canReportAbuse" },
      refused: { ...refused, parent: "policy-report", op: "a user without canReportAbuse" },
    },
  ]);
}

function authorUser(name: string): string {
  return `mimi://${name[0]}.example/u/${name}`;
}

function lacking(slug: string, needed: string) {
  return { parent: parentOf(slug, needed), path: "state.roles", op: `the role lacks ${needed}` };
}

function parentOf(slug: string, needed: string): string {
  return `policy-${kebab(needed)}-${slug}`;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);
}
