/** Role changes: who may make whom what, and who may not. room-policy-04 §3 and §8.1.3 */
import { chapter, ending, members, noticed, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "role-changes",
  "Alice makes Bob an admin, Bob makes Cathy one; nobody changes their own role",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter(
    "Cathy may not make herself an admin",
    "room-policy-04 §8.1.3",
    c1.changesRole(cathy, club, roles.admin, "tries to become an admin"),
  ),
  chapter(
    "Alice makes Bob an admin",
    "room-policy-04 §8.1.3",
    a1.changesRole(bob, club, roles.admin, "makes Bob an admin"),
  ),
  chapter(
    "Bob makes Cathy an admin",
    "room-policy-04 §8.1.3",
    b1.changesRole(cathy, club, roles.admin, "makes Cathy an admin"),
  ),
  chapter("Cathy renames the room", "room-policy-04 §8.2", c1.renames(club, "The new club")),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.admin],
      [cathy, roles.admin],
    ),
    members(club, a1, b1, c1),
    noticed("canChangeOwnRole"),
  ),
);
