/** Leaving by SelfRemove: whoever commits next takes it up. mls-extensions §6.3, protocol-06 §3.5 */
import { chapter, ending, finds, members, participants, room, scenario } from "../scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  bob,
  c1,
  c2,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "self-remove",
  "Bob leaves by SelfRemove; a client that would join has to wait until a member has committed it",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, c2] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Bob leaves", "mls-extensions §6.3", b1.leaves(club, "selfRemove")),
  chapter(
    "Cathy's new client could not take up that Bob leaves the list",
    "protocol-06 §5.6",
    c2.joins(club),
  ),
  chapter(
    "Alice writes, and has to commit first",
    "RFC 9420 §12.4",
    a1.writes(club, "Farewell, Bob."),
    a1.commits(club),
  ),
  chapter("Now the new client comes in", "protocol-06 §5.6", c2.joins(club)),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [cathy, roles.ordinary],
    ),
    members(club, a1, c1, c2),
    finds(b1, club, "removed"),
  ),
);
