/** A room comes to an end: no message of MIMI's says so, whoever asks from then on is told there is none. §8.6 */
import { chapter, ending, finds, noticed, room, roomIs, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "room-destroyed",
  "Alice destroys the room; Bob learns of it when he writes",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter(
    "Alice says goodbye and destroys the room",
    "room-policy-04 §8.6",
    a1.writes(club, "Goodbye."),
    a1.destroys(club),
  ),
  chapter("Bob writes into a room that is gone", "room-policy-04 §8.6", b1.writes(club, "Anybody?")),
  ending(
    roomIs(club, "destroyed"),
    finds(b1, club, "removed"),
    shows(b1, club, "Goodbye."),
    noticed("httpStatus"),
  ),
);
