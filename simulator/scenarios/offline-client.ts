/** A client that is away: its provider keeps what is for it, and it catches up when it returns. protocol-06 §5.5 */
import { chapter, ending, members, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, b1, b2, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "offline-client",
  "One of Bob's clients is away through two epochs and misses nothing",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1, b2], role: roles.ordinary },
  ),
  chapter("Bob's second client goes offline", "protocol-06 §5.5", b2.goesOffline()),
  chapter(
    "The room goes on",
    "protocol-06 §3.3",
    a1.writes(club, "Cathy is coming."),
    c1.publishes(1),
    a1.fetches(cathy, club),
    a1.adds(cathy, club, roles.ordinary),
    c1.writes(club, "Hello."),
    a1.renames(club, "The club"),
    b1.writes(club, "Hello, Cathy."),
  ),
  chapter("The client returns", "protocol-06 §5.5", b2.returns(), b2.writes(club, "What have I missed?")),
  ending(
    members(club, a1, b1, b2, c1),
    shows(b2, club, "Cathy is coming.", "Hello.", "Hello, Cathy.", "What have I missed?"),
    shows(c1, club, "Hello.", "Hello, Cathy.", "What have I missed?"),
  ),
);
