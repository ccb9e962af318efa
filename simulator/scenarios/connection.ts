/** A bilateral connection: one asks and grants at once, the other grants; then either adds the other. protocol-06 §5.7, §8 */
import { chapter, ending, introducing, members, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, serverA, serverB } from "./cast.ts";

const hers = room("hers", serverA);
const his = room("his", serverB);
const ordinary = 2;
const admin = 3;
const byAlice = introducing(a1, alice);
const byBob = introducing(b1, bob);

export default scenario(
  "connection",
  "Alice and Bob connect: each adds the other to a room of their own",
  { providers: [serverA, serverB], clients: [a1, b1], introduction: { consents: [] } },
  acquaintance(serverA, serverB),
  chapter("Both have key material", "protocol-06 §4.3.1", [a1.publishes(1), b1.publishes(1)]),
  chapter("Alice wants to connect", "protocol-06 §5.7", byAlice.connectsWith(bob)),
  chapter(
    "Bob may add Alice already",
    "protocol-06 §5.2",
    b1.creates(his),
    b1.fetches(alice, his),
    b1.adds(alice, his, ordinary),
  ),
  chapter(
    "Bob grants, too, and Alice may add him",
    "protocol-06 §5.7",
    byBob.grants(alice),
    a1.creates(hers),
    a1.fetches(bob, hers),
    a1.adds(bob, hers, ordinary),
  ),
  ending(
    participants(his, [bob, admin], [alice, ordinary]),
    participants(hers, [alice, admin], [bob, ordinary]),
    members(his, a1, b1),
    members(hers, a1, b1),
  ),
);
