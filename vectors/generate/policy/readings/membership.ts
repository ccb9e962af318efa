/** Clients without their users, bans, and limits of roles. room-policy-04 §3 and §8.1 */
import type { VectorGroup } from "../../../format/case.ts";
import type { WrittenRequest } from "../../../format/policy-request.ts";
import { everyMove, roomWhere } from "../able-room.ts";
import { policyGroup } from "../cases.ts";
import { doing, joinerOf, memberOf, roleWith, roomOf, userOf } from "../people.ts";
import { committing } from "./requests.ts";

export function membershipReadings(): VectorGroup[] {
  return [clients(), bans(), limits()];
}

/** §8.1.1 and §8.1.2 */
function clients(): VectorGroup {
  const state = roomWhere(["canAddParticipant", "canKick"]);
  const without = { ...state, members: state.members.filter(({ user }) => user !== userOf("bob")) };
  const two = { ...state, members: [...state.members, memberOf("bob", 8, 2)] };
  const joining = (client: number): WrittenRequest => {
    const author = joinerOf("bob");
    const changes = [doing.join, doing.removeClient("bob", client === 1 ? 1 : 8, client)];
    return { kind: "commit", author, proposals: [{ author, changes }] };
  };
  const roles = two.roles.map((role) =>
    role.index === 2 ? roleWith(2, { capabilities: ["canAddOwnClient"] }) : role,
  );
  const adding = { ...two, roles };
  return policyGroup("Clients of users in the list", state, [
    {
      id: "policy-clients-with-user",
      comment: "Alice adds a client along with its user",
      request: committing(state, doing.add("eve", 2), doing.addClient("eve")),
    },
    {
      id: "policy-clients-of-listed",
      comment: "Alice adds a client of a user who is in the list without any",
      state: without,
      request: committing(state, doing.addClient("bob")),
      refused: {
        parent: "policy-clients-with-user",
        path: "request.proposals",
        op: "the user is in the list already",
      },
    },
    {
      id: "policy-clients-kick-one",
      comment: "Alice removes one of Bob's two clients",
      state: two,
      request: committing(state, doing.removeClient("bob", 1)),
    },
    {
      id: "policy-clients-resync",
      level: "SHOULD",
      comment: "a client comes in again in place of its leaf, and its role may remove no clients",
      state: adding,
      request: joining(1),
    },
    {
      id: "policy-clients-replace-other",
      comment: "a client comes in in place of another one of its user, and its role may remove no clients",
      state: adding,
      request: joining(2),
      refused: { parent: "policy-clients-resync", path: "request.proposals", op: "another client's leaf" },
    },
  ]);
}

/** §8.1.2 and §8.1.3 */
function bans(): VectorGroup {
  const state = roomWhere(["canBan"]);
  const having = (...capabilities: readonly string[]) => ({ state: roomWhere(capabilities) });
  const gone = [doing.move("bob", 2, 1), doing.removeClient("bob", 1)];
  const off = committing(state, doing.remove("dave", 1));
  const guests = {
    ...state,
    roles: state.roles.map((role) => (role.index === 1 ? { ...role, name: "guest" } : role)),
  };
  return policyGroup("Who comes into role 1, and out of it", state, [
    {
      id: "policy-ban-unlisted",
      level: "SHOULD",
      comment: "Alice bans a user who is not in the list, by canBan",
      request: committing(state, doing.add("eve", 1)),
    },
    {
      id: "policy-ban-unlisted-without",
      level: "SHOULD",
      comment: "Alice bans a user who is not in the list, by canChangeUserRole",
      ...having("canChangeUserRole"),
      request: committing(state, doing.add("eve", 1)),
      refused: { parent: "policy-ban-unlisted", path: "state.roles", op: "the role lacks canBan" },
    },
    {
      id: "policy-ban-by-role-change",
      level: "SHOULD",
      comment: "Alice bans Bob by canChangeUserRole, and removes his client by canKick",
      ...having("canChangeUserRole", "canKick"),
      request: committing(state, ...gone),
    },
    {
      id: "policy-ban-by-role-change-without-kick",
      level: "SHOULD",
      comment: "Alice bans Bob by canChangeUserRole, and may not remove his client",
      ...having("canChangeUserRole"),
      request: committing(state, ...gone),
      refused: { parent: "policy-ban-by-role-change", path: "state.roles", op: "the role lacks canKick" },
    },
    { id: "policy-ban-listed", comment: "Alice bans Bob by canBan", request: committing(state, ...gone) },
    {
      id: "policy-ban-other-role-1",
      comment: "Alice moves Bob to role 1 by canBan, and role 1 is not that of the banned",
      state: guests,
      request: committing(guests, ...gone),
      refused: { parent: "policy-ban-listed", path: "state.roles", op: "role 1 is not named banned" },
    },
    {
      id: "policy-ban-off-list",
      comment: "Alice takes a banned user off the list, by canRemoveParticipant and canUnBan",
      ...having("canRemoveParticipant", "canUnBan"),
      request: off,
    },
    {
      id: "policy-ban-off-list-without",
      comment: "Alice takes a banned user off the list, by canRemoveParticipant alone",
      ...having("canRemoveParticipant"),
      request: off,
      refused: { parent: "policy-ban-off-list", path: "state.roles", op: "the role lacks canUnBan" },
    },
  ]);
}

/** At the beginning, in between, and where they are missed already. §3 and §8.1 */
function limits(): VectorGroup {
  const can = ["canAddParticipant", "canRemoveParticipant", "canChangeRoomName"];
  const roles = [
    roleWith(0),
    roleWith(1),
    roleWith(2, { minimumParticipants: 1, maximumParticipants: 2 }),
    roleWith(3, { capabilities: can, roleChanges: everyMove }),
  ];
  const full = roomOf(roles, { alice: 3, bob: 2, cathy: 2 });
  const crowded = roomOf(roles, { alice: 3, bob: 2, cathy: 2, eve: 2 });
  const swap = [doing.add("eve", 2), doing.remove("cathy", 2), doing.removeClient("cathy", 2)];
  return policyGroup("Role 2 has 1 to 2 participants", full, [
    {
      id: "policy-minimum-at-creation",
      comment: "a room is created, and nobody has the role yet",
      state: roomOf(roles, { alice: 3 }),
      request: { kind: "create", creator: userOf("alice") },
    },
    {
      id: "policy-maximum-in-between",
      comment: "one comes and one leaves in the same commit, in this order",
      request: committing(full, ...swap),
    },
    {
      id: "policy-maximum-missed",
      level: "SHOULD",
      comment: "the room is renamed while one too many has the role",
      state: crowded,
      request: committing(crowded, doing.rename("room_name")),
    },
    {
      id: "policy-maximum-missed-by-more",
      comment: "one more is added while one too many has the role",
      state: crowded,
      request: committing(crowded, doing.add("fred", 2)),
      refused: {
        parent: "policy-maximum-missed",
        path: "request.proposals",
        op: "one more than the role has room for",
      },
    },
  ]);
}
