// Stories about what no text settles: a message that is edited and retracted, a kick, and a group that follows another.
import { chapter, room, type Scenario, scenario } from "../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  b1,
  b2,
  bob,
  exampleRoom,
  gathering,
  roles,
  serverA,
  serverB,
} from "../../simulator/scenarios/index.ts";

const club = room("club", serverA);
const cast = { providers: [serverA, serverB], clients: [a1, b1] };
const together = (example: Parameters<typeof exampleRoom>[0]) =>
  gathering(
    club,
    { host: a1, setup: exampleRoom(example, serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  );
const bobs = { latestOf: bob.user };

/** Alice takes Bob's message back while he corrects it. */
export const retractedAndEdited: Scenario = scenario(
  "retracted-and-edited",
  "Alice takes Bob's message back while he corrects it",
  cast,
  acquaintance(serverA, serverB),
  together("cooperative"),
  chapter("Bob writes", "content-09 §5.1", b1.writes(club, "Alice is a liar.")),
  chapter("Alice takes it back, and Bob corrects it", "content-09 §5.5, §5.6", [
    a1.says(club, { kind: "retraction", of: bobs }, "takes Bob's message back"),
    b1.says(club, { kind: "edit", text: "Alice is a friend.", of: bobs }, "corrects himself"),
  ]),
);

/** Bob is kicked, and comes in again by himself. */
export const kickedAndBack: Scenario = scenario(
  "kicked-and-back",
  "Bob is kicked, and his other client comes in by itself",
  { providers: [serverA, serverB], clients: [a1, b1, b2] },
  acquaintance(serverA, serverB),
  together("cooperative"),
  chapter("Alice kicks Bob", "room-policy-04 §8.1.2", a1.kicks(bob, club)),
  chapter("Bob takes another device", "protocol-06 §3.6", b2.joins(club), b2.writes(club, "Here I am.")),
);

/** Bob's client, which is not the hub's, founds the group that a ReInit has announced. */
export const foundedFromAfar: Scenario = scenario(
  "founded-from-afar",
  "Alice ends the group and goes; Bob would found the one that follows",
  cast,
  acquaintance(serverA, serverB),
  together("strict"),
  chapter("Alice ends the group", "RFC 9420 §11.2", a1.reInitialises(club), a1.goesOffline()),
  chapter("Bob founds the one that follows", "RFC 9420 §11.2", b1.founds(club)),
);
