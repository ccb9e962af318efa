/** How a room's policy is read where it is easily read otherwise: limits, claims, role 1, join codes, history. room-policy-04 */

import { hex, utf8 } from "../../../spec-model/bytes.ts";
import type { Preauthorization, Role } from "../../../spec-model/room/index.ts";
import { plainBaseRoomPolicy } from "../../../spec-model/room/structures/index.ts";
import type { Faculties } from "../faculties.ts";
import { type Expected, of, same } from "./expected.ts";
import { assets, history, mediaType } from "./policy-settings.ts";
import { able, by, change, clientOf, commit, joiner, moves, propose, role, room, user } from "./rooms.ts";

const state = room({ alice: 3, bob: 2 });
const alice = by(state, "alice");
const leaving = [change.remove("bob"), change.removeClient("bob", 1)];
const claim = (id: string, value: string) => ({
  credentialType: "x509",
  id: hex(utf8(id)),
  value: hex(utf8(value)),
});
const entry = (index: number, ...claims: Preauthorization["claims"]): Preauthorization => ({
  claims,
  role: role(index),
});
const welcoming = role(3, { capabilities: ["canJoinIfPreauthorized"] });

/** Whether Eve comes in as role 3, with these entries and claims. */
function comesIn(
  { policy }: Faculties,
  preauthorized: readonly Preauthorization[],
  claims: Preauthorization["claims"] = [],
) {
  const place = room({ alice: 2 }, { roles: [role(0), role(1), role(2), welcoming], preauthorized });
  const eve = { ...joiner("eve"), claims };
  return commit(policy, place, eve, change.join, change.add("eve", 3)).allowed;
}

/** A room in which role 1 has this name, and role 3 this capability only. */
const withRoleOne = (name: string, capability: string, holders: Readonly<Record<string, number>>) =>
  room(holders, {
    roles: [role(0), role(1, { name }), role(2), role(3, { capabilities: [capability], roleChanges: moves })],
    idle: ["dave"],
  });
function does(
  { policy }: Faculties,
  place: ReturnType<typeof room>,
  ...changes: Parameters<typeof commit>[3][]
) {
  return commit(policy, place, by(place, "alice"), ...changes).allowed;
}

const codes = [
  { code: "once", role: 2, multiuser: false, expiresMs: 1000 },
  { code: "many", role: 2, multiuser: true },
];
const withRole = (terms: Partial<Role>) => ({ roles: [role(0), role(1), role(2, terms), able] });

export const readingExpected: readonly Expected[] = [
  ...of("room-policy-04 §3", [
    [
      "reading-zero-minimum",
      "a minimum of zero is none: the last holder of a role may go",
      ({ policy }) => commit(policy, state, alice, ...leaving).allowed,
    ],
    [
      "reading-minimum",
      "a minimum keeps the last holder of a role in it",
      ({ policy }) =>
        !commit(policy, room({ alice: 3, bob: 2 }, withRole({ minimumParticipants: 1 })), alice, ...leaving)
          .allowed,
    ],
    [
      "reading-absent-maximum",
      "without a maximum a role has any number of holders",
      ({ policy }) => commit(policy, state, alice, change.add("eve", 2), change.add("fay", 2)).allowed,
    ],
    [
      "reading-role-zero",
      "nobody on the list has role 0",
      ({ policy }) => !commit(policy, state, alice, change.add("eve", 0)).allowed,
    ],
  ]),
  ...of("room-policy-04 §4", [
    [
      "reading-every-claim",
      "an entry with two claims is not for who has one of them",
      (f) => !comesIn(f, [entry(3, claim("team", "hr"), claim("country", "x"))], [claim("team", "hr")]),
    ],
    [
      "reading-all-claims",
      "an entry with two claims is for who has both",
      (f) =>
        comesIn(
          f,
          [entry(3, claim("team", "hr"), claim("country", "x"))],
          [claim("country", "x"), claim("team", "hr")],
        ),
    ],
    [
      "reading-first-match",
      "the first entry that matches gives the role",
      (f) => !comesIn(f, [entry(2), entry(3)]),
    ],
    [
      "reading-later-match",
      "an entry that does not match is passed over",
      (f) => comesIn(f, [entry(2, claim("team", "hr")), entry(3)]),
    ],
    [
      "reading-listed-not-preauthorised",
      "who is in the list, the banned among them, does not come in by a preauthorisation",
      ({ policy }) => {
        const place = room(
          { alice: 2, dave: 1 },
          { roles: [role(0), role(1), role(2), welcoming], preauthorized: [entry(3)], idle: ["dave"] },
        );
        return !commit(policy, place, joiner("dave"), change.join).allowed;
      },
    ],
  ]),
  ...of("room-policy-04 §5", [
    [
      "reading-persistent",
      "a persistent room is not over when its group is",
      (f) => !f.isOver({ ...state, members: [], base: plainBaseRoomPolicy({ persistentRoom: true }) }),
    ],
    [
      "reading-temporary",
      "another room is",
      (f) => f.isOver({ ...state, members: [], base: plainBaseRoomPolicy() }),
    ],
    [
      "reading-parent-removal",
      "who goes out of the parent room goes out of the dependent one",
      (f) =>
        same(
          f.removedWithParent([{ user: user("alice") }], [{ user: user("alice") }, { user: user("bob") }]),
          [user("bob")],
        ),
    ],
  ]),
  ...of("room-policy-04 §6.2", [
    [
      "reading-code-expires",
      "a join code is good until it expires",
      (f) =>
        same(
          [999, 1000].map((now) => f.validJoinCodes(codes, now).length),
          [2, 1],
        ),
    ],
    [
      "reading-code-once",
      "a join code that is not for several users is good for one",
      (f) =>
        same(
          f.spendJoinCode(codes, "once").map(({ code }) => code),
          ["many"],
        ),
    ],
    [
      "reading-code-many",
      "a join code for several users stays",
      (f) => f.spendJoinCode(codes, "many").length === 2,
    ],
    [
      "reading-code-lasts",
      "a join code lasts as long as the policy says",
      (f) => {
        const joinLinkPolicy = { onRequest: false, joinLink: "", multiuser: true, expiration: 60 };
        return f.newJoinCode({ joinLinkPolicy }, "c", 2, 1000).expiresMs === 61_000;
      },
    ],
    [
      "reading-many-links",
      "where links are not had on request there may be several",
      ({ policy }) =>
        policy.decide(room({ alice: 3 }, { joinLinks: ["aa", "bb"] }), {
          kind: "create",
          creator: user("alice"),
        }).allowed,
    ],
  ]),
  ...of("room-policy-04 §6.4 to §6.8", [
    [
      "reading-type-without-parameters",
      "a permitted type without parameters is permitted with any",
      ({ policy }) =>
        policy.decideMediaType(
          assets({ permittedMediaTypes: [mediaType("text/markdown")] }),
          mediaType("text/markdown", ["variant", "GFM"]),
        ).allowed,
    ],
    [
      "reading-forbidden-history",
      "where history is forbidden nobody shares it",
      ({ policy }) =>
        !policy.decideHistory(
          { history: { historySharing: "forbidden" } },
          { role: 3, automatically: false, age: 0 },
        ).allowed,
    ],
    [
      "reading-automatic-history",
      "history is shared automatically only where the policy says so",
      ({ policy }) => !policy.decideHistory({ history }, { role: 3, automatically: true, age: 0 }).allowed,
    ],
    [
      "reading-old-history",
      "history is shared no further back than the policy says",
      ({ policy }) => !policy.decideHistory({ history }, { role: 3, automatically: false, age: 61 }).allowed,
    ],
    [
      "reading-expiry-bounds",
      "a time to expire is within its bounds, also where expiry is required",
      ({ policy }) => {
        const expiration = {
          expiringMessages: "required",
          minExpirationDuration: 60,
          maxExpirationDuration: 90,
          defaultExpirationDuration: undefined,
        } as const;
        return same(
          [59, 60, 90, 91].map((seconds) => policy.decideExpiration({ expiration }, seconds).allowed),
          [false, true, true, false],
        );
      },
    ],
  ]),
  ...of("room-policy-04 §8", [
    [
      "reading-propose",
      "a capability is needed to propose what it is for",
      ({ policy }) => !propose(policy, state, by(state, "bob"), change.add("eve", 2)).allowed,
    ],
    [
      "reading-propose-and-commit",
      "who may commit a change may propose it",
      ({ policy }) => propose(policy, state, alice, change.add("eve", 2)).allowed,
    ],
    [
      "reading-role-one",
      "banning takes a role 1 that is named banned",
      (f) =>
        !does(
          f,
          withRoleOne("guest", "canBan", { alice: 3, bob: 2 }),
          change.move("bob", 2, 1),
          change.removeClient("bob", 1),
        ),
    ],
    [
      "reading-ban",
      "canBan bans",
      (f) =>
        does(
          f,
          withRoleOne("banned", "canBan", { alice: 3, bob: 2 }),
          change.move("bob", 2, 1),
          change.removeClient("bob", 1),
        ),
    ],
    [
      "reading-unban",
      "canUnBan moves a banned user to another role",
      (f) => does(f, withRoleOne("banned", "canUnBan", { alice: 3, dave: 1 }), change.move("dave", 1, 2)),
    ],
    [
      "reading-unban-others",
      "canUnBan moves nobody who is not banned",
      (f) => !does(f, withRoleOne("banned", "canUnBan", { alice: 3, bob: 2 }), change.move("bob", 2, 3)),
    ],
    [
      "reading-unban-role-one",
      "canUnBan takes a role 1 that is named banned",
      (f) => !does(f, withRoleOne("guest", "canUnBan", { alice: 3, dave: 1 }), change.move("dave", 1, 2)),
    ],
    [
      "reading-unban-adds-no-client",
      "canUnBan covers no adding of clients",
      (f) =>
        !does(
          f,
          withRoleOne("banned", "canUnBan", { alice: 3, dave: 1 }),
          change.move("dave", 1, 2),
          change.addClient("dave"),
        ),
    ],
    [
      "reading-own-device",
      "a participant's new client joins by itself",
      ({ policy }) =>
        commit(
          policy,
          state,
          { kind: "newMember", client: clientOf("alice", 2), user: user("alice") },
          change.join,
        ).allowed,
    ],
  ]),
];
