/** Ban and unban: the banned stay in the list, in a role that has no way in. room-policy-04 §8.1.3 */
import { chapter, ending, finds, members, noticed, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "ban-and-unban",
  "Bob is banned, finds the door closed, is unbanned and comes back",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Alice bans Bob", "room-policy-04 §8.1.3", a1.bans(bob, club)),
  chapter("Bob can neither write nor come in", "protocol-06 §5.3", b1.writes(club, "Why?"), b1.joins(club)),
  chapter(
    "Alice unbans Bob",
    "room-policy-04 §8.1.3",
    a1.changesRole(bob, club, roles.ordinary, "unbans Bob"),
    b1.joins(club),
    b1.writes(club, "Thank you."),
  ),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.ordinary],
      [cathy, roles.ordinary],
    ),
    members(club, a1, b1, c1),
    finds(b1, club, "member.idle"),
    noticed("cannotSay"),
  ),
);
