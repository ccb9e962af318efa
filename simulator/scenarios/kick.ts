/** Kick: the clients go, the participant stays in the list and may come back. room-policy-04 §8.1.2 */
import { chapter, ending, members, participants, room, scenario, shows } from "../scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  b2,
  bob,
  c1,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "kick",
  "An admin takes Bob's clients out of the group; Bob stays in the list and comes back",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1, b2], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Alice kicks Bob", "room-policy-04 §8.1.2", a1.kicks(bob, club)),
  chapter("Cathy talks without Bob", "protocol-06 §5.4", c1.writes(club, "Where is Bob?")),
  chapter(
    "Bob comes back with one client",
    "protocol-06 §5.6",
    b1.joins(club),
    b1.writes(club, "Here I am."),
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
    shows(c1, club, "Where is Bob?", "Here I am."),
    shows(b1, club, "Here I am."),
  ),
);
