/** ReInit: the group closes in favour of another one, in which the same people and the room go on. RFC 9420 §11.2 */
import {
  chapter,
  ending,
  finds,
  members,
  noticed,
  room,
  roomIs,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "re-init",
  "Alice ends the room's group in favour of another one, and everybody goes on there",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: exampleRoom("strict", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter("Bob writes before", "protocol-06 §5.4", b1.writes(club, "Before")),
  chapter("Alice ends the group", "RFC 9420 §11.2", a1.reInitialises(club)),
  chapter("Bob can no longer write in it", "protocol-06 §5.4", b1.writes(club, "Still here?")),
  chapter(
    "Alice founds the group that follows",
    "RFC 9420 §11.2",
    b1.publishes(1),
    a1.founds(club),
    a1.fetches(bob, club),
    a1.gathers(club),
  ),
  chapter("Both write in it", "protocol-06 §5.4", a1.writes(club, "Welcome back"), b1.writes(club, "After")),
  ending(
    roomIs(club, "live.quiet"),
    members(club, a1, b1),
    finds(a1, club, "member.idle"),
    finds(b1, club, "member.idle"),
    shows(a1, club, "Before", "Welcome back", "After"),
    shows(b1, club, "Before", "Welcome back", "After"),
    noticed(),
  ),
);
