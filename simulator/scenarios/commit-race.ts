/** Two commits for one epoch: one wins, and the other is built again on the next epoch. protocol-06 §5.3 */
import {
  chapter,
  client,
  ending,
  members,
  participants,
  person,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);
const dora = person("Dora", serverC);
const d1 = client("ClientD1", dora);

export default scenario(
  "commit-race",
  "Alice adds Cathy while Bob adds Dora: both come in, one commit after the other",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, d1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter(
    "Both fetch key material",
    "protocol-06 §5.2",
    [c1.publishes(1), d1.publishes(1)],
    [a1.fetches(cathy, club), b1.fetches(dora, club)],
  ),
  chapter("Both commit in the same epoch, and Bob writes at once", "protocol-06 §5.3", [
    a1.adds(cathy, club, roles.ordinary),
    b1.adds(dora, club, roles.ordinary),
    b1.writes(club, "Look who is here."),
  ]),
  ending(
    participants(
      club,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.ordinary],
      [cathy, roles.ordinary],
      [dora, roles.ordinary],
    ),
    members(club, a1, b1, c1, d1),
    shows(a1, club, "Look who is here."),
  ),
);
