/** A lost device: the hub proposes that it goes, a member commits it, and its user comes back with a new one. §5.5 */
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
import { exampleRoom, hubAsUser, roles, withRole } from "./setups.ts";

const club = room("club", serverA);
const mayKick = withRole(roles.enforcer, { roleCapabilities: ["canRemoveParticipant", "canBan", "canKick"] });

export default scenario(
  "lost-device",
  "Bob loses his device: the hub takes it out of the group, and Bob joins with a new one",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin, mayKick) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("The device is lost", "protocol-06 §5.5", b1.goesOffline(), serverA.removesLost(b1, club)),
  chapter("Cathy commits the removal", "protocol-06 §3.5", c1.commits(club)),
  chapter("Bob joins with another device", "protocol-06 §5.6", b2.joins(club), b2.writes(club, "New phone.")),
  chapter("The lost device is found", "protocol-06 §5.5", b1.returns()),
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
    shows(a1, club, "New phone."),
  ),
);
