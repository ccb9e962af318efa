/** ReInit: the group closes in favour of another one, and nothing is accepted in it any more. RFC 9420 §11.2 */
import { chapter, ending, finds, noticed, room, roomIs, scenario } from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const club = room("club", serverA);
const next = room("club-2", serverA);

export default scenario(
  "re-init",
  "Alice ends the group in favour of another one, and gathers the same people there",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: exampleRoom("strict", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter("Alice ends the group", "RFC 9420 §11.2", a1.reInitialises(club, next)),
  chapter("Bob can no longer write in it", "protocol-06 §5.4", b1.writes(club, "Still here?")),
  gathering(
    next,
    { host: a1, setup: exampleRoom("strict", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  ending(
    roomIs(club, "superseded"),
    finds(a1, club, "superseded"),
    finds(b1, club, "superseded"),
    finds(b1, next, "member.idle"),
    noticed(),
  ),
);
