/** Consent refused: the requester sees silence, and key material is denied as it would be for a stranger. §5.2, §5.7 */
import { chapter, ending, introducing, members, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, serverA, serverB } from "./cast.ts";

const club = room("club", serverA);
const admin = 3;
const byAlice = introducing(a1, alice);
const byBob = introducing(b1, bob);

export default scenario(
  "consent-refused",
  "Bob does not want to be added by Alice, and she learns nothing from it",
  { providers: [serverA, serverB], clients: [a1, b1], introduction: { consents: [] } },
  acquaintance(serverA, serverB),
  chapter("Alice has a room, Bob has key material", "protocol-06 §3.1", a1.creates(club), b1.publishes(2)),
  chapter("Alice tries without asking", "protocol-06 §5.2", a1.fetches(bob, club)),
  chapter("Alice asks; Bob refuses", "protocol-06 §5.7", byAlice.asks(bob), byBob.revokes(alice)),
  chapter("Alice tries again", "protocol-06 §5.2", a1.fetches(bob, club)),
  chapter(
    "Alice takes the request back and asks once more: Bob is not bothered",
    "protocol-06 §5.7",
    byAlice.takesBackRequest(bob),
    byAlice.asks(bob),
    byAlice.asks(bob, club),
  ),
  chapter("Bob blocks this room in particular, too", "protocol-06 §8", byBob.revokes(alice, club)),
  ending(participants(club, [alice, admin]), members(club, a1)),
);
