/** A moderated room: who may speak is up to the moderators, and the hub sees to it. room-policy-04 §8.3, appendix A.3 */
import { chapter, ending, members, noticed, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, moderatedRoles as roles } from "./setups.ts";

const panel = room("panel", serverA);

export default scenario(
  "moderated-room",
  "Attendees listen until a moderator lets them speak",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    panel,
    { host: a1, setup: exampleRoom("moderated", serverA, roles.moderator) },
    { person: bob, clients: [b1], role: roles.speaker },
    { person: cathy, clients: [c1], role: roles.attendee },
  ),
  chapter("Bob speaks", "room-policy-04 §8.3", b1.writes(panel, "Good morning.")),
  chapter("Cathy may not speak", "room-policy-04 §8.3", c1.writes(panel, "May I?")),
  chapter(
    "Alice gives Cathy the floor",
    "room-policy-04 §8.1.3",
    a1.changesRole(cathy, panel, roles.speaker, "makes Cathy a speaker"),
    c1.writes(panel, "I have a question."),
  ),
  chapter(
    "Alice takes the floor from Bob",
    "room-policy-04 §8.1.3",
    a1.changesRole(bob, panel, roles.attendee, "makes Bob an attendee"),
    b1.writes(panel, "One more thing!"),
  ),
  ending(
    members(panel, a1, b1, c1),
    shows(a1, panel, "Good morning.", "I have a question."),
    shows(b1, panel, "Good morning.", "I have a question."),
    noticed("canSendMessage"),
  ),
);
