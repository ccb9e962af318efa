/** A room that depends on another: who leaves the one is taken out of the other. room-policy-04 §5 */
import { chapter, ending, members, participants, room, scenario } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { dependingOn, exampleRoom, hubAsUser, roles } from "./setups.ts";

const company = room("company", serverA);
const team = room("team", serverA);
const cooperative = exampleRoom("cooperative", serverA, roles.superAdmin);

export default scenario(
  "parent-room",
  "Bob is taken out of the company, and the hub takes him out of the team, too",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    company,
    { host: a1, setup: cooperative },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  gathering(
    team,
    { host: a1, setup: dependingOn(company, cooperative) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter("Alice takes Bob out of the company", "room-policy-04 §8.1.2", a1.removes(bob, company)),
  chapter("Alice commits what the hub has proposed for the team", "room-policy-04 §5", a1.commits(team)),
  ending(
    participants(
      company,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [cathy, roles.ordinary],
    ),
    participants(team, [alice, roles.superAdmin], [hubAsUser(serverA), roles.enforcer]),
    members(company, a1, c1),
    members(team, a1),
  ),
);
