/** A join link: its code opens the door once, for the role that it was made for. room-policy-04 §6.2 and §8.1.1 */
import { chapter, ending, finds, members, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);
const code = "open-sesame";

export default scenario(
  "join-link",
  "Bob comes in with a code for one; Cathy finds it spent",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  chapter(
    "Alice creates a room of invited people",
    "protocol-06 §3.1",
    a1.creates(club, exampleRoom("strict", serverA, roles.superAdmin)),
  ),
  chapter(
    "The hub gives out a code",
    "room-policy-04 §6.2",
    serverA.issuesCode(club, { code, role: roles.ordinary, multiuser: false }),
  ),
  chapter("Without a code the door is closed", "protocol-06 §5.6", b1.joins(club, { role: roles.ordinary })),
  chapter("Bob shows the code", "protocol-06 §5.6", b1.joins(club, { role: roles.ordinary, code })),
  chapter("Bob writes", "protocol-06 §5.4", b1.writes(club, "That was easy.")),
  chapter("Cathy shows the same code", "protocol-06 §5.6", c1.joins(club, { role: roles.ordinary, code })),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.ordinary],
    ),
    members(club, a1, b1),
    finds(c1, club, "outside"),
  ),
);
