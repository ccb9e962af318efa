// Small stories for dishonest members, followers and hubs.
import { chapter, client, person, room, type Scenario, scenario } from "../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  bob,
  c1,
  cathy,
  exampleRoom,
  gathering,
  roles,
  serverA,
  serverB,
  serverC,
} from "../../simulator/scenarios/index.ts";

const club = room("club", serverA);
const cooperative = { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) };
const bobComes = { person: bob, clients: [b1], role: roles.admin };
const cathyComes = { person: cathy, clients: [c1], role: roles.admin };
const a2 = client("ClientA2", alice);
const dora = person("Dora", serverB);
const d1 = client("ClientD1", dora);
const three = { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] };

/** Bob commits in a room for three. */
export const renamesForThree: Scenario = scenario(
  "renames-for-three",
  "Bob renames a room for three",
  three,
  acquaintance(serverA, serverB, serverC),
  gathering(club, cooperative, bobComes, cathyComes),
  chapter("Bob renames the room", "protocol-06 §5.3", b1.renames(club, "The Club")),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Who has renamed it?")),
);

/** Bob commits, and Alice's new device joins by what he has said of the epoch. */
export const joinsAfterRename: Scenario = scenario(
  "joins-after-rename",
  "Bob renames the room, and Alice's new device joins",
  { providers: [serverA, serverB], clients: [a1, a2, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter("Bob renames the room", "protocol-06 §5.3", b1.renames(club, "The Club")),
  chapter("Alice's new device joins", "protocol-06 §5.6", a2.joins(club)),
  chapter("Alice writes on the old one", "protocol-06 §5.4", a1.writes(club, "Is anybody here?")),
);

/** Alice and Cathy both commit in one epoch, and both write. */
export const bothRename: Scenario = scenario(
  "both-rename",
  "Alice renames the room, and Cathy does",
  three,
  acquaintance(serverA, serverB, serverC),
  gathering(club, cooperative, bobComes, cathyComes),
  chapter("Alice renames the room", "protocol-06 §5.3", a1.renames(club, "Reading circle")),
  chapter("Cathy renames the room", "protocol-06 §5.3", c1.renames(club, "Chess club")),
  chapter(
    "Both write",
    "protocol-06 §5.4",
    a1.writes(club, "I like it."),
    c1.writes(club, "I like it, too."),
  ),
);

/** Bob adds Cathy, and Alice writes to both. */
export const bobAddsCathy: Scenario = scenario(
  "bob-adds-cathy",
  "Bob adds Cathy, and Alice writes",
  three,
  acquaintance(serverA, serverB, serverC),
  gathering(club, cooperative, bobComes),
  chapter(
    "Bob adds Cathy",
    "protocol-06 §5.3",
    c1.publishes(1),
    b1.fetches(cathy, club),
    b1.adds(cathy, club, roles.ordinary),
  ),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Welcome, Cathy.")),
);

/** Bob writes, whose provider is Dora's, too. */
export const bobBesideDora: Scenario = scenario(
  "bob-beside-dora",
  "Bob writes, and Dora is of his provider",
  { providers: [serverA, serverB], clients: [a1, b1, d1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes, { person: dora, clients: [d1], role: roles.ordinary }),
  chapter("Bob writes", "protocol-06 §5.4", b1.writes(club, "Hear me.")),
);

/** Bob shows a code that is good for many; Dora, who is of his provider, has none. */
export const codeForMany: Scenario = scenario(
  "code-for-many",
  "Bob shows a join code, and Dora would join without one",
  { providers: [serverA, serverB], clients: [a1, b1, d1] },
  acquaintance(serverA, serverB),
  chapter(
    "Alice creates a room, and the hub gives out a code",
    "room-policy-04 §6.2",
    a1.creates(club, exampleRoom("strict", serverA, roles.superAdmin)),
    serverA.issuesCode(club, { code: "open-sesame", role: roles.ordinary, multiuser: true }),
  ),
  chapter("Bob shows it", "protocol-06 §5.6", b1.joins(club, { role: roles.ordinary, code: "open-sesame" })),
  chapter("Dora would join", "protocol-06 §5.6", d1.joins(club, { role: roles.ordinary })),
);
