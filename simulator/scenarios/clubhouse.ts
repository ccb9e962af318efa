/** The complete example flow of protocol-06 §3: one room across three providers, from its creation to a new device. */
import { chapter, client, person, provider, room, scenario } from "../scenario/index.ts";

const serverA = provider("ServerA", "a.example");
const serverB = provider("ServerB", "b.example");
const serverC = provider("ServerC", "c.example");
const alice = person("Alice", serverA);
const bob = person("Bob", serverB);
const cathy = person("Cathy", serverC);
const [a1, a2] = [client("ClientA1", alice), client("ClientA2", alice)];
const [b1, b2] = [client("ClientB1", bob), client("ClientB2", bob)];
const [c1, c2, c3] = [client("ClientC1", cathy), client("ClientC2", cathy), client("ClientC3", cathy)];
const clubhouse = room("clubhouse", serverA);
const ordinaryUser = 2;

const servers = [serverA, serverB, serverC];
const readsTheOthers = (one: (typeof servers)[number]) =>
  servers.filter((other) => other !== one).map((other) => one.reads(other));

export default scenario(
  "clubhouse",
  "One room across three providers: the example flow of the protocol draft",
  { providers: servers, clients: [a1, a2, b1, b2, c1, c2, c3] },

  chapter("The providers read each other's directories", "protocol-06 §5.1", ...servers.map(readsTheOthers)),

  chapter(
    "Alice creates a room",
    "protocol-06 §3.1",
    a1.creates(clubhouse),
    a2.publishes(1),
    a1.fetches(alice, clubhouse),
    a1.addsOwnClients(clubhouse),
  ),

  chapter(
    "Alice fetches KeyPackages for Bob's clients",
    "protocol-06 §3.2",
    [b1.publishes(2), b2.publishes(2)],
    a1.fetches(bob, clubhouse),
  ),
  chapter("Alice adds Bob to the room", "protocol-06 §3.2", a1.adds(bob, clubhouse, ordinaryUser)),

  chapter(
    "Bob fetches KeyPackages for Cathy's clients",
    "protocol-06 §3.3",
    [c1.publishes(2), c2.publishes(2)],
    b1.fetches(cathy, clubhouse),
  ),
  chapter("Bob adds Cathy to the room", "protocol-06 §3.3", b1.adds(cathy, clubhouse, ordinaryUser)),

  chapter(
    "Cathy sends a message",
    "protocol-06 §3.4",
    c1.says(clubhouse, { kind: "message", text: "Hello everyone!" }, "says hello"),
  ),
  chapter(
    "Bob replies",
    "content-09 §5.2",
    b1.says(
      clubhouse,
      { kind: "reply", text: "Welcome, Cathy.", to: { latestOf: cathy.user } },
      "replies to Cathy",
    ),
  ),
  chapter(
    "Alice reacts",
    "content-09 §5.3",
    a2.says(
      clubhouse,
      { kind: "reaction", text: "\u{1F44B}", to: { latestOf: cathy.user } },
      "reacts to Cathy's message",
    ),
  ),
  chapter(
    "Cathy edits her message",
    "content-09 §5.5",
    c1.says(
      clubhouse,
      { kind: "edit", text: "Hello, everyone!", of: { latestOf: cathy.user } },
      "edits the message",
    ),
  ),

  chapter("Bob leaves the room", "protocol-06 §3.5", b1.leaves(clubhouse), c1.commits(clubhouse)),

  chapter("Cathy adds a new client", "protocol-06 §3.6", c3.joins(clubhouse)),
  chapter(
    "Cathy writes from the new client",
    "protocol-06 §3.4",
    c3.says(clubhouse, { kind: "message", text: "Now from my tablet." }, "writes from the new client"),
    a1.says(clubhouse, { kind: "reply", text: "It works.", to: { latestOf: cathy.user } }, "answers Cathy"),
  ),
);
