/** A device that goes by SelfRemove, and one that comes before anybody has committed it. mls-extensions §6.3 */
import { chapter, ending, finds, members, participants, room, scenario, shows } from "../scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  b2,
  bob,
  c1,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "retired-device",
  "Bob retires a device by SelfRemove; the next one takes that up in the commit by which it comes in",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Bob retires his device", "mls-extensions §6.3.1", b1.retires(club)),
  chapter(
    "His new one gets the SelfRemove with the GroupInfo, and covers it",
    "mls-extensions §6.3.1, protocol-06 §5.6",
    b2.joins(club),
    b2.writes(club, "New phone."),
  ),
  chapter(
    "Everybody has followed",
    "protocol-06 §5.5",
    c1.writes(club, "Nice."),
    a1.writes(club, "Mine too."),
  ),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.ordinary],
      [cathy, roles.ordinary],
    ),
    members(club, a1, b2, c1),
    finds(b1, club, "removed"),
    shows(c1, club, "New phone.", "Nice.", "Mine too."),
    shows(b2, club, "New phone.", "Nice.", "Mine too."),
  ),
);
