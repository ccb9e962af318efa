/** Some of a user's clients have key material left and some have not: the others come in by themselves. §5.2, §5.6 */
import { chapter, ending, members, participants, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, b2, bob, serverA, serverB } from "./cast.ts";

const club = room("club", serverA);
const den = room("den", serverA);
const ordinary = 2;
const admin = 3;

export default scenario(
  "partial-key-material",
  "Bob has key material for one of his two clients; the other joins by an external commit",
  { providers: [serverA, serverB], clients: [a1, b1, b2] },
  acquaintance(serverA, serverB),
  chapter("Bob's clients store what they have", "protocol-06 §4.3.1", [b1.publishes(2), b2.publishes(1)]),
  chapter(
    "Alice adds Bob to a first room, with both clients",
    "protocol-06 §3.2",
    a1.creates(club),
    a1.fetches(bob, club),
    a1.adds(bob, club, ordinary),
  ),
  chapter(
    "Alice adds Bob to a second room: there is material for one client",
    "protocol-06 §5.2",
    a1.creates(den),
    a1.fetches(bob, den),
    a1.adds(bob, den, ordinary),
  ),
  chapter("Bob's other client comes by itself", "protocol-06 §5.6", b2.joins(den)),
  chapter("Both hear", "protocol-06 §5.4", a1.writes(den, "Are you both here?")),
  ending(
    participants(den, [alice, admin], [bob, ordinary]),
    members(club, a1, b1, b2),
    members(den, a1, b1, b2),
    shows(b1, den, "Are you both here?"),
    shows(b2, den, "Are you both here?"),
  ),
);
