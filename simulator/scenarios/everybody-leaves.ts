/** Everybody leaves: MLS has no empty group, and nobody is left to commit. protocol-06 §3.5 */
import { chapter, ending, finds, room, roomIs, scenario } from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, roles, withRole } from "./setups.ts";

const pub = room("pub", serverA);
const adminMayGo = withRole(roles.admin, { minimumParticipantsConstraint: 0 });

export default scenario(
  "everybody-leaves",
  "Bob and then Alice leave; the hub closes a group that nobody can commit for",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(
    pub,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.ordinary, adminMayGo) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter("Bob leaves", "protocol-06 §3.5", b1.leaves(pub)),
  chapter("Alice leaves before she has committed that", "protocol-06 §3.5", a1.leaves(pub)),
  ending(roomIs(pub, "deserted"), finds(a1, pub, "removed"), finds(b1, pub, "removed")),
);
