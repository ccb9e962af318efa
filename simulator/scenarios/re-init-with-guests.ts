/** A guest ends the room's group, and cannot found the next one: who can gathers everybody in it. RFC 9420 §11.2 */
import {
  chapter,
  ending,
  finds,
  members,
  noticed,
  participants,
  room,
  roomIs,
  scenario,
  shows,
} from "../scenario/index.ts";
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
  "re-init-with-guests",
  "Bob, a guest, ends the room's group; Alice founds the next one, and brings guests of two providers into it",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("strict", serverA, roles.superAdmin) },
    { person: bob, clients: [b1, b2], role: roles.superAdmin },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Bob ends the group", "RFC 9420 §11.2", b1.reInitialises(club)),
  chapter("No draft has a way for his client to found the next one", "RFC 9420 §11.2", b1.founds(club)),
  chapter(
    "Alice founds it and gathers everybody",
    "RFC 9420 §11.2",
    [b1.publishes(1), b2.publishes(1), c1.publishes(1)],
    a1.founds(club),
    a1.fetches(bob, club),
    a1.fetches(cathy, club),
    a1.gathers(club),
  ),
  chapter(
    "They write in it",
    "protocol-06 §5.4",
    b1.writes(club, "Thank you"),
    c1.writes(club, "Here I am"),
    b2.writes(club, "And my other client, too"),
  ),
  ending(
    roomIs(club, "live.quiet"),
    members(club, a1, b1, b2, c1),
    participants(
      club,
      [hubAsUser(serverA), roles.enforcer],
      [alice, roles.superAdmin],
      [bob, roles.superAdmin],
      [cathy, roles.ordinary],
    ),
    ...[a1, b1, b2, c1].map((client) => finds(client, club, "member.idle")),
    ...[a1, b1, b2, c1].map((client) =>
      shows(client, club, "Thank you", "Here I am", "And my other client, too"),
    ),
    noticed(),
  ),
);
