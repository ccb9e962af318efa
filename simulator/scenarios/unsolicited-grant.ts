/** Consent that nobody has asked for: granted in advance, denied in advance, and for one room only. protocol-06 §5.7, §8 */
import { chapter, ending, introducing, members, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, serverA, serverB, serverC } from "./cast.ts";

const club = room("club", serverB);
const den = room("den", serverB);
const hall = room("hall", serverA);
const ordinary = 2;
const admin = 3;
const byAlice = introducing(a1, alice);
const byCathy = introducing(c1, cathy);

export default scenario(
  "unsolicited-grant",
  "Cathy lets Bob add her to any room but one, and denies Alice before she asks",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1], introduction: { consents: [] } },
  acquaintance(serverA, serverB, serverC),
  chapter(
    "Cathy decides, asked by nobody",
    "protocol-06 §5.7",
    c1.publishes(3),
    byCathy.revokes(bob, den),
    byCathy.grants(bob),
    byCathy.revokes(alice),
  ),
  chapter(
    "Bob adds Cathy to the club",
    "protocol-06 §5.2",
    b1.creates(club),
    b1.fetches(cathy, club),
    b1.adds(cathy, club, ordinary),
  ),
  chapter("but not to the den", "protocol-06 §8", b1.creates(den), b1.fetches(cathy, den)),
  chapter(
    "Alice asks, and hears nothing",
    "protocol-06 §5.7",
    byAlice.asks(cathy),
    a1.creates(hall),
    a1.fetches(cathy, hall),
  ),
  ending(
    participants(club, [bob, admin], [cathy, ordinary]),
    members(club, b1, c1),
    members(den, b1),
    members(hall, a1),
  ),
);
