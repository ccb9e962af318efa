/**
 * Consent taken back between the claim and the commit. The hub cannot know; the target's provider withholds the Welcome,
 * so that the user is in the list and in the group, and no client of theirs ever joins.
 */
import { chapter, ending, introducing, participants, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, serverA, serverB } from "./cast.ts";

const club = room("club", serverA);
const ordinary = 2;
const admin = 3;
const byAlice = introducing(a1, alice);
const byBob = introducing(b1, bob);

export default scenario(
  "consent-revoked",
  "Bob takes his consent back after Alice has his key material, and before she uses it",
  { providers: [serverA, serverB], clients: [a1, b1], introduction: { consents: [] } },
  acquaintance(serverA, serverB),
  chapter("Alice has a room, Bob has key material", "protocol-06 §3.1", a1.creates(club), b1.publishes(1)),
  chapter(
    "Alice asks and Bob grants, for this room",
    "protocol-06 §5.7",
    byAlice.asks(bob, club),
    byBob.grants(alice, club),
  ),
  chapter("Alice fetches key material", "protocol-06 §5.2", a1.fetches(bob, club)),
  chapter("Bob changes his mind", "protocol-06 §5.7", byBob.revokes(alice, club)),
  chapter(
    "Alice adds Bob: the hub accepts, Bob's provider does not let him in",
    "protocol-06 §5.3, §5.5",
    a1.adds(bob, club, ordinary),
  ),
  chapter("Alice talks to herself", "protocol-06 §5.4", a1.writes(club, "Welcome, Bob!")),
  ending(participants(club, [alice, admin], [bob, ordinary]), shows(a1, club, "Welcome, Bob!")),
);
