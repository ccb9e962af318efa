/** A room whose handshakes its members and its hub can read, and followers cannot. protocol-06 §5.3 */
import {
  chapter,
  client,
  ending,
  finds,
  members,
  noticed,
  participants,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { acquaintance, alice, bob, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hidingHandshakes, hubAsUser, roles } from "./setups.ts";

const handshakes = "semiprivate" as const;
const a1 = client("ClientA1", alice, { handshakes });
const b1 = client("ClientB1", bob, { handshakes });
const b2 = client("ClientB2", bob, { handshakes });
const c1 = client("ClientC1", cathy, { handshakes });
const c2 = client("ClientC2", cathy, { handshakes });
const salon = room("salon", serverA);

export default scenario(
  "semiprivate-room",
  "Handshakes are SemiPrivateMessages: the hub decides on them as on public ones, and followers hand on what they cannot read",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1, c2] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    salon,
    { host: a1, setup: hidingHandshakes(exampleRoom("cooperative", serverA, roles.superAdmin)) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("They talk", "protocol-06 §5.4", c1.writes(salon, "Who else is here?")),
  chapter(
    "Cathy's new client comes in by itself: nobody can hide an external commit",
    "RFC 9420 §6.1",
    c2.joins(salon),
    c2.writes(salon, "So am I."),
  ),
  chapter("Alice kicks Bob", "room-policy-04 §8.1.2", a1.kicks(bob, salon)),
  chapter("Bob comes back with another client", "protocol-06 §5.6", b2.joins(salon)),
  chapter(
    "Cathy leaves, by proposals that followers cannot read",
    "protocol-06 §3.5",
    c1.leaves(salon),
    a1.commits(salon),
  ),
  chapter(
    "Bob leaves by SelfRemove, which everybody can read",
    "mls-extensions §6.3.1",
    b2.leaves(salon, "selfRemove"),
    a1.commits(salon),
    a1.writes(salon, "Alone again."),
  ),
  ending(
    participants(salon, [alice, roles.superAdmin], [hubAsUser(serverA), roles.enforcer]),
    members(salon, a1),
    finds(b1, salon, "removed"),
    finds(b2, salon, "removed"),
    finds(c1, salon, "removed"),
    finds(c2, salon, "removed"),
    shows(a1, salon, "Who else is here?", "So am I.", "Alone again."),
    shows(b1, salon, "Who else is here?", "So am I."),
    noticed(),
  ),
);
