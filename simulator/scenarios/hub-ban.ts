/** The hub bans: at once, whatever the clients do, and again where a client that joins comes in between. §5.5, §7.4 */
import { chapter, ending, finds, members, participants, room, scenario, shows } from "../scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  bob,
  c1,
  c2,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "hub-ban",
  "The hub bans Bob, proposes it again when Cathy's new client joins, and Alice commits it",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, c2] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("The hub bans Bob", "protocol-06 §5.5", serverA.bans(bob, club)),
  chapter(
    "Bob's client can no longer write: it would have to commit first",
    "RFC 9420 §12.4",
    b1.writes(club, "Hello?"),
  ),
  chapter("Cathy joins with another client before anybody commits", "protocol-06 §5.6", c2.joins(club)),
  chapter("Alice commits what the hub has proposed again", "protocol-06 §3.5", a1.commits(club)),
  chapter("The room goes on", "protocol-06 §5.4", c2.writes(club, "Quiet here now.")),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.banned],
      [cathy, roles.ordinary],
    ),
    members(club, a1, c1, c2),
    finds(b1, club, "removed"),
    shows(a1, club, "Quiet here now."),
  ),
);
