/** The hub stops and goes on from what it has written down: nothing that it promised is lost. protocol-06 §5.5 */
import { chapter, ending, members, noticed, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "hub-restart",
  "The hub stops in the middle of a conversation, and everything is said in the end",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Bob leaves, and nobody has committed it yet", "protocol-06 §3.5", b1.leaves(club)),
  chapter("The hub stops and starts again", "protocol-06 §5.5", serverA.stops(), serverA.startsAgain()),
  chapter("What was pending still is", "protocol-06 §3.5", c1.commits(club)),
  chapter("Cathy writes while the hub is down", "protocol-06 §5.4", serverA.stops(), [
    c1.writes(club, "Is anybody there?"),
    serverA.startsAgain(1_000),
  ]),
  chapter("The hub stops with the message on its way", "protocol-06 §5.5", [
    c1.writes(club, "Once more."),
    serverA.stops(35),
    serverA.startsAgain(5_000),
  ]),
  ending(
    members(club, a1, c1),
    shows(a1, club, "Is anybody there?", "Once more."),
    shows(c1, club, "Is anybody there?", "Once more."),
    noticed(),
  ),
);
