/** A room of two with fixed membership: nobody comes in besides them, and nobody is put out. room-policy-04 §5 */
import { chapter, ending, members, noticed, participants, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, b2, bob, c1, cathy, serverA, serverB, serverC } from "./cast.ts";
import { forTheseOnly } from "./setups.ts";

const two = room("alice-and-bob", serverA);
const another = room("bob-and-alice", serverA);

export default scenario(
  "one-to-one",
  "Alice and Bob talk in a room of two; Cathy cannot be added, and Bob cannot leave the list",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  chapter("Alice creates a room for two", "room-policy-04 §5", a1.creates(two, forTheseOnly(bob))),
  chapter("Bob's clients come in by themselves", "protocol-06 §5.6", b1.joins(two), b2.joins(two)),
  chapter(
    "They talk",
    "protocol-06 §5.4",
    a1.writes(two, "Just the two of us."),
    b2.writes(two, "On two devices."),
  ),
  chapter(
    "Cathy cannot be added",
    "room-policy-04 §5",
    c1.publishes(1),
    a1.fetches(cathy, two),
    a1.adds(cathy, two, 2),
  ),
  chapter("Bob cannot leave the list", "room-policy-04 §5", b1.leaves(two)),
  chapter(
    "Alice cannot have another room for the two of them",
    "room-policy-04 §5",
    a1.creates(another, forTheseOnly(bob)),
  ),
  ending(
    participants(two, [alice, 2], [bob, 2]),
    members(two, a1, b1, b2),
    shows(a1, two, "Just the two of us.", "On two devices."),
    noticed("fixed-membership", "fixed-unique"),
  ),
);
