/** A room whose hub sees pseudonyms only, while its participants know each other. protocol-06 §6 */
import {
  chapter,
  ending,
  knows,
  masked,
  maskedClient,
  participants,
  reports,
  reportsAtHub,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { acquaintance, alice, bob, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hubAsUser, roles, withRules } from "./setups.ts";

const [one, two, three] = [
  masked(alice, "3f0c1d52-8a0e-4b57-9c1a-5d2e7f604b81"),
  masked(bob, "a7d94e06-21cb-4f3d-8e90-6b1c0d3f2a75"),
  masked(cathy, "5b82f1c9-e4d7-4a60-b3f2-0c9d8e7a6154"),
];
const a1 = maskedClient("ClientA1", one, "c95e2b70-6f1d-4d38-a2e4-918b7c0f5d36");
const b1 = maskedClient("ClientB1", two, "0d4a8c13-b97e-4e25-9f60-72e1a5c3b8d4");
const c1 = maskedClient("ClientC1", three, "e61f7b94-35a2-4c0d-8b7e-d40c9f2a1e58");
const c2 = maskedClient("ClientC2", three, "82c0d5e7-4b19-4f6a-a3d8-1e7f6b5c9042");
const den = room("den", serverA);
const setup = withRules(exampleRoom("cooperative", serverA, roles.superAdmin), { pseudonymsAllowed: true });

export default scenario(
  "minimal-metadata",
  "Nobody's name reaches the hub: pseudonyms in the list and in the leaves, identity links for the participants",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, c2] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    den,
    { host: a1, setup },
    { person: two, clients: [b1], role: roles.ordinary },
    { person: three, clients: [c1], role: roles.ordinary },
  ),
  chapter("Cathy joins with another client under the same pseudonym", "protocol-06 §6.1", c2.joins(den)),
  chapter("They talk", "protocol-06 §5.4", c2.writes(den, "Nobody knows us here."), b1.writes(den, "Who?")),
  chapter("A report, too, names pseudonyms", "protocol-06 §5.9", reports(c1, two, den)),
  ending(
    participants(
      den,
      [one, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [two, roles.ordinary],
      [three, roles.ordinary],
    ),
    shows(a1, den, "Nobody knows us here.", "Who?"),
    knows(a1, den, one, two, three),
    knows(c2, den, one, two, three),
    reportsAtHub(den, [three, two, 1]),
  ),
);
