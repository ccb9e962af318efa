/** An open room: whoever comes is in, without knocking. room-policy-04 §8.1.1 */
import { chapter, ending, members, participants, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, hubAsUser, roles, withRole } from "./setups.ts";

const square = room("square", serverA);
const open = withRole(0, {
  roleCapabilities: ["canOpenJoin"],
  authorizedRoleChanges: [{ fromRoleIndex: 0, targetRoleIndexes: [roles.ordinary] }],
});

export default scenario(
  "open-join",
  "Bob and Cathy walk into an open room at the same moment",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  chapter(
    "Alice creates a room with open doors",
    "protocol-06 §3.1",
    a1.creates(square, exampleRoom("cooperative", serverA, roles.superAdmin, open)),
  ),
  chapter("Bob and Cathy come in", "protocol-06 §5.6", [
    b1.joins(square, { role: roles.ordinary }),
    c1.joins(square, { role: roles.ordinary }),
  ]),
  chapter("Alice greets them", "protocol-06 §5.4", a1.writes(square, "Welcome, both of you.")),
  ending(
    participants(
      square,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [bob, roles.ordinary],
      [cathy, roles.ordinary],
    ),
    members(square, a1, b1, c1),
    shows(b1, square, "Welcome, both of you."),
    shows(c1, square, "Welcome, both of you."),
  ),
);
