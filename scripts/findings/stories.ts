// The small stories that findings are shown by.
import {
  type Chapter,
  type Client,
  chapter,
  client,
  person,
  reports,
  room,
  type Scenario,
  scenario,
} from "../../simulator/scenario/index.ts";
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
  forTheseOnly,
  gathering,
  roles,
  serverA,
  serverB,
  serverC,
} from "../../simulator/scenarios/index.ts";

const club = room("club", serverA);
const a2 = client("ClientA2", alice);
const dora = person("Dora", serverB);
const d1 = client("ClientD1", dora);
const cooperative = { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) };
const bobComes = { person: bob, clients: [b1], role: roles.ordinary };

/** A story between ServerA, which is the hub, and ServerB. */
function tale(
  name: string,
  title: string,
  clients: readonly Client[],
  ...chapters: readonly Chapter[]
): Scenario {
  const cast = { providers: [serverA, serverB], clients };
  return scenario(name, title, cast, acquaintance(serverA, serverB), ...chapters);
}

/** Bob leaves while Alice's new device is on its way in. */
export const leaveMeetsJoin = (form: "remove" | "selfRemove"): Scenario =>
  tale(
    "leave-meets-join",
    "Bob leaves while Alice's new device joins",
    [a1, a2, b1],
    gathering(club, cooperative, bobComes),
    chapter("Bob leaves, and a new device joins", "protocol-06 §3.5, §3.6", [
      b1.leaves(club, form),
      { ...a2.joins(club), afterMs: 19 },
    ]),
    chapter("Somebody commits", "protocol-06 §3.5", a1.commits(club)),
  );

/** Both who are in the room leave. */
export const bothLeave = tale(
  "both-leave",
  "Alice and Bob both leave",
  [a1, b1],
  gathering(club, cooperative, bobComes),
  chapter("Both leave", "protocol-06 §3.5", [a1.leaves(club), b1.leaves(club)]),
  chapter("Both would commit", "protocol-06 §3.5", [a1.commits(club), b1.commits(club)]),
);

/** Bob writes on one of two devices. */
export const siblings = tale(
  "siblings",
  "Bob writes on one of two devices",
  [a1, b1, b2],
  gathering(club, cooperative, { ...bobComes, clients: [b1, b2] }),
  chapter("Bob writes", "protocol-06 §5.4", b1.writes(club, "From my laptop.")),
);

/** Bob renames the room, as an admin. */
export const oneCommit = tale(
  "one-commit",
  "Bob commits through his provider",
  [a1, b1],
  gathering(club, cooperative, { ...bobComes, role: roles.admin }),
  chapter("Bob renames the room", "protocol-06 §5.3", b1.renames(club, "The Club")),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Who has renamed it?")),
);

/** Alice writes twice; Bob reads both, and reports the second. */
export const twoMessages = tale(
  "two-messages",
  "Alice writes twice, and Bob reports her",
  [a1, b1],
  gathering(club, cooperative, bobComes),
  chapter("Alice writes twice", "protocol-06 §5.4", a1.writes(club, "One."), a1.writes(club, "Two.")),
  chapter("Bob reports", "protocol-06 §5.9", reports(b1, alice, club)),
);

/** Dora leaves, and her provider is still Bob's. */
export const leaverNextDoor = tale(
  "leaver-next-door",
  "Dora leaves, Bob stays, and both are of one provider",
  [a1, b1, d1],
  gathering(club, cooperative, bobComes, { person: dora, clients: [d1], role: roles.ordinary }),
  chapter("Dora leaves, and Bob writes", "protocol-06 §3.5, §5.3", [
    d1.leaves(club),
    { ...b1.writes(club, "She need not read this."), afterMs: 5 },
  ]),
);

/** Alice ends her room. */
export const destroyed = tale(
  "destroyed",
  "Alice destroys a room with Bob in it",
  [a1, b1],
  gathering(club, cooperative, bobComes),
  chapter("Alice destroys the room", "room-policy-04 §8.6", a1.destroys(club)),
);

/** Alice and Bob both create the room for the two of them. */
export const twice = tale(
  "twice",
  "Alice and Bob each create the room for two, at once",
  [a1, b1],
  chapter("Both create it", "room-policy-04 §5", [
    a1.creates(room("for-two", serverA), forTheseOnly(bob)),
    b1.creates(room("for-two", serverB), forTheseOnly(alice)),
  ]),
);

/** Bob is banned by Alice, and an admin gives him another role. */
export const banned = scenario(
  "banned",
  "Bob is banned, and an admin who may not lift bans gives him a role again",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    {
      host: a1,
      setup: exampleRoom("cooperative", serverA, roles.superAdmin, (role) =>
        role.roleIndex === roles.admin
          ? { ...role, roleCapabilities: role.roleCapabilities.filter((each) => each !== "canUnBan") }
          : role,
      ),
    },
    bobComes,
    { person: cathy, clients: [c1], role: roles.admin },
  ),
  chapter("Alice bans Bob", "room-policy-04 §8.1.3", a1.bans(bob, club)),
  chapter(
    "Cathy gives him a role",
    "room-policy-04 §8.1.3",
    c1.changesRole(bob, club, roles.ordinary, "makes Bob an ordinary user again"),
  ),
  chapter("Bob is back", "protocol-06 §3.6", b1.joins(club)),
);
