/** A story in which one client only watches: everything that can happen in a room reaches it. protocol-06 §3 and §5 */
import type { Scenario } from "../../../simulator/scenario/index.ts";
import {
  chapter,
  client,
  ending,
  members,
  person,
  provider,
  room,
  scenario,
} from "../../../simulator/scenario/index.ts";
import { examplePolicies } from "../../../spec-model/room/index.ts";
import { componentIds, RoleData } from "../../../spec-model/room/structures/index.ts";

const serverA = provider("ServerA", "a.example");
const serverB = provider("ServerB", "b.example");
const serverC = provider("ServerC", "c.example");
const alice = person("Alice", serverA);
const bob = person("Bob", serverB);
const cathy = person("Cathy", serverC);
const dora = person("Dora", serverB);
const a1 = client("ClientA1", alice);
const b1 = client("ClientB1", bob);
const c1 = client("ClientC1", cathy);
const c2 = client("ClientC2", cathy);
const w1 = client("ClientW1", dora);
const club = room("club", serverA);
const [ordinary, admin, superAdmin, enforcer] = [2, 3, 4, 5];
const latest = (who: typeof alice) => ({ latestOf: who.user });

/** Dora is in from the beginning and says nothing. */
export const witness: Scenario = scenario(
  "witness",
  "Dora is there all the time and says nothing",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1, c2, w1] },
  chapter(
    "The providers read each other's directories",
    "protocol-06 §5.1",
    serverA.reads(serverB),
    serverA.reads(serverC),
    serverB.reads(serverA),
    serverB.reads(serverC),
    serverC.reads(serverA),
    serverC.reads(serverB),
  ),
  chapter(
    "Alice creates the room and adds Dora",
    "protocol-06 §3.1 to §3.3",
    a1.creates(club, {
      creatorRole: superAdmin,
      components: [
        [componentIds.roles_list, RoleData.encode({ roles: [...examplePolicies.cooperative.roles.roles] })],
      ],
      participants: [{ user: "mimi://a.example", role: enforcer }],
    }),
    w1.publishes(1),
    a1.fetches(dora, club),
    a1.adds(dora, club, ordinary),
    a1.writes(club, "Welcome, Dora."),
  ),
  chapter(
    "Bob and Cathy come",
    "protocol-06 §3.3",
    b1.publishes(1),
    a1.fetches(bob, club),
    a1.adds(bob, club, ordinary),
    c1.publishes(1),
    a1.fetches(cathy, club),
    a1.adds(cathy, club, ordinary),
    b1.writes(club, "Hello."),
  ),
  chapter(
    "They talk",
    "content-09 §5",
    c1.says(club, { kind: "reply", text: "Hello, Bob.", to: latest(bob) }, "Cathy answers"),
    b1.says(club, { kind: "reaction", text: "👍", to: latest(cathy) }, "Bob likes it"),
    c1.says(club, { kind: "edit", text: "Hello, dear Bob.", of: latest(cathy) }, "Cathy puts it otherwise"),
    [a1.writes(club, "One."), b1.writes(club, "Two."), c1.writes(club, "Three.")],
  ),
  chapter(
    "Cathy brings another client",
    "protocol-06 §3.6",
    c2.joins(club),
    c2.writes(club, "With my other device."),
  ),
  chapter(
    "The room changes",
    "room-policy-04 §8",
    a1.renames(club, "The club"),
    a1.changesRole(cathy, club, admin, "Alice makes Cathy an admin"),
    b1.writes(club, "Congratulations."),
  ),
  chapter("One of Cathy's devices is lost", "protocol-06 §5.5", c1.removesOwn(c2, club)),
  chapter(
    "Bob leaves",
    "protocol-06 §3.5",
    b1.leaves(club, "selfRemove"),
    c1.writes(club, "Has he gone?"),
    c1.commits(club),
    c1.writes(club, "He has."),
  ),
  chapter(
    "Alice removes Dora",
    "protocol-06 §3.4",
    a1.removes(dora, club),
    a1.writes(club, "She never said a word."),
  ),
  ending(members(club, a1, c1)),
);
