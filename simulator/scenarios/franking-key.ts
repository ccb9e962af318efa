/** The hub's franking key changes: the room follows by ReInit, and what was franked before stays provable. §5.4.1 */
import {
  changesFrankingKey,
  chapter,
  ending,
  finds,
  frankedWithNewest,
  members,
  noticed,
  reports,
  reportsAtHub,
  room,
  roomIs,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "franking-key",
  "The hub has a new key to sign franks with, and Alice takes the room to a group that names it",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: exampleRoom("strict", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter("The hub has a new key", "protocol-06 §5.4.1", changesFrankingKey(serverA)),
  chapter("The room's group names the old one still", "protocol-06 §5.4.1", b1.writes(club, "You ferret!")),
  chapter("Alice ends the group in favour of one", "protocol-06 §5.4.1", a1.changesFrankingAgent(club)),
  chapter(
    "It is founded, and names the new key",
    "RFC 9420 §11.2",
    b1.publishes(1),
    a1.founds(club),
    a1.fetches(bob, club),
    a1.gathers(club),
  ),
  chapter("Alice writes in it", "protocol-06 §5.4.1", a1.writes(club, "Weasel!")),
  chapter(
    "What either key has signed can be reported",
    "protocol-06 §5.9",
    reports(a1, bob, club),
    reports(b1, alice, club),
  ),
  ending(
    frankedWithNewest(club),
    roomIs(club, "live.quiet"),
    members(club, a1, b1),
    finds(a1, club, "member.idle"),
    finds(b1, club, "member.idle"),
    shows(a1, club, "You ferret!", "Weasel!"),
    shows(b1, club, "You ferret!", "Weasel!"),
    reportsAtHub(club, [alice, bob, 1], [bob, alice, 1]),
    noticed(),
  ),
);
