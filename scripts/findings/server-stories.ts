// Small stories about what servers keep, in which order they send, and what time they show.
import { chapter, client, person, room, type Scenario, scenario } from "../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  b2,
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
const a2 = client("ClientA2", alice);
const dora = person("Dora", serverC);
const d1 = client("ClientD1", dora);
const cooperative = { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) };
const bobComes = { person: bob, clients: [b1], role: roles.ordinary };
const cathyComes = { person: cathy, clients: [c1], role: roles.ordinary };
const doraComes = { person: dora, clients: [d1], role: roles.ordinary };
const three = {
  providers: [serverA, serverB, serverC],
  clients: [a1, b1, c1],
};
const acquainted = acquaintance(serverA, serverB, serverC);

/** Alice renames the room and writes at once. */
export const renamesAndWrites: Scenario = scenario(
  "renames-and-writes",
  "Alice renames the room, and writes right away",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter("Alice renames the room and writes", "protocol-06 §5.5", [
    a1.renames(club, "The Club"),
    { ...a1.writes(club, "Do you like the name?"), afterMs: 5 },
  ]),
);

/** Alice writes while the hub is about to stop: one follower has the message before, one after. */
export const stopsBetween: Scenario = scenario(
  "stops-between",
  "The hub stops when one of two followers has Alice's message",
  three,
  acquainted,
  gathering(club, cooperative, bobComes, cathyComes),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Who is there?")),
);

/** Alice renames the room; Cathy does, when the replica has taken over. */
export const renamesTwice: Scenario = scenario(
  "renames-twice",
  "Alice renames the room, and the hub's replica knows nothing of it",
  three,
  acquainted,
  gathering(club, cooperative, bobComes, { ...cathyComes, role: roles.admin }),
  chapter("Alice renames the room", "protocol-06 §5.3", a1.renames(club, "The Club")),
);

/** Bob is away when Alice writes, and comes back. */
export const awayMeanwhile: Scenario = scenario(
  "away-meanwhile",
  "Alice writes while Bob's only client is away",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter(
    "Bob goes away, and Alice writes",
    "protocol-06 §5.4",
    b1.goesOffline(),
    a1.writes(club, "Call me."),
  ),
  chapter("Bob's server stops and starts again", "protocol-06 §5.5", serverB.stops(), serverB.startsAgain()),
  chapter("Bob is back", "protocol-06 §5.5", b1.returns()),
);

/** Alice asks, and Bob answers. */
export const asksAndAnswers: Scenario = scenario(
  "asks-and-answers",
  "Alice asks, and Bob answers",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter(
    "Alice asks, and Bob answers",
    "content-09 §5.11",
    a1.writes(club, "Tea?"),
    b1.writes(club, "Yes."),
  ),
);

/** Bob and Cathy leave in one epoch, and Alice commits both. */
export const twoLeave: Scenario = scenario(
  "two-leave",
  "Bob and Cathy leave, and Alice commits both",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, d1] },
  acquainted,
  gathering(club, cooperative, bobComes, cathyComes, doraComes),
  chapter("Bob and Cathy leave", "protocol-06 §3.5", [b1.leaves(club), c1.leaves(club)]),
  chapter("Alice commits both", "protocol-06 §7.5", a1.commits(club)),
);

/** Cathy is added when Bob's leaf has expired. */
export const addedLate: Scenario = scenario(
  "added-late",
  "Cathy is added to a room in which Bob has not been heard of for a long time",
  three,
  acquainted,
  gathering(club, cooperative, bobComes),
  chapter(
    "Alice adds Cathy",
    "protocol-06 §3.3",
    c1.publishes(1),
    a1.fetches(cathy, club),
    a1.adds(cathy, club, roles.ordinary),
  ),
);

/** Bob leaves with two clients, and Alice's new client joins before anybody commits. */
export const halfALeave: Scenario = scenario(
  "half-a-leave",
  "Bob leaves with two clients while Alice's new device joins",
  { providers: [serverA, serverB], clients: [a1, a2, b1, b2] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, { ...bobComes, clients: [b1, b2] }),
  chapter("Bob leaves, and then a new device joins", "protocol-06 §3.5, §3.6", [
    b1.leaves(club, "selfRemove"),
    { ...a2.joins(club), afterMs: 80 },
  ]),
  chapter("Somebody commits", "protocol-06 §3.5", a1.commits(club)),
);

/** Bob leaves, and the hub bans him before that is committed. */
export const leavesAndIsBanned: Scenario = scenario(
  "leaves-and-is-banned",
  "Bob leaves, and the hub bans him",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter("Bob leaves, and is banned", "protocol-06 §3.5, §5.5", b1.leaves(club), serverA.bans(bob, club)),
  chapter("Alice commits what is pending", "protocol-06 §3.5", a1.commits(club)),
);

/** Cathy is away for long; Alice adds Dora meanwhile. */
export const awayForLong: Scenario = scenario(
  "away-for-long",
  "Dora is added while Cathy is away for a long time",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, d1] },
  acquainted,
  gathering(club, cooperative, bobComes, cathyComes),
  chapter("Cathy goes away, and Alice adds Dora", "protocol-06 §3.3", [
    c1.goesOffline(),
    d1.publishes(1),
    { ...a1.fetches(dora, club), afterMs: 5 },
    { ...a1.adds(dora, club, roles.ordinary), afterMs: 100 },
  ]),
  chapter("Cathy is back", "protocol-06 §5.5", { ...c1.returns(), afterMs: 2000 }),
);

/** Alice removes Bob, whose provider is down. */
export const removedMeanwhile: Scenario = scenario(
  "removed-meanwhile",
  "Alice removes Bob while his provider is down for an hour",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter("Alice removes Bob", "protocol-06 §5.3", a1.removes(bob, club)),
);

/** Bob writes. */
export const bobWrites: Scenario = scenario(
  "bob-writes",
  "Bob writes",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter("Bob writes", "protocol-06 §5.4", b1.writes(club, "It was me.")),
);
