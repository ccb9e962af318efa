/** A room in which one client runs on ts-mls 1.6.4: what it can follow, and the first handshake that it cannot. */
import { chapter, client, person, provider, room, scenario } from "../scenario/index.ts";

const serverA = provider("ServerA", "a.example");
const serverB = provider("ServerB", "b.example");
const alice = person("Alice", serverA);
const bob = person("Bob", serverB);
const cathy = person("Cathy", serverB);
const [a1, a2] = [client("ClientA1", alice), client("ClientA2", alice)];
const b1 = client("ClientB1", bob, { stack: "ts-mls" });
const b2 = client("ClientB2", bob);
const c1 = client("ClientC1", cathy);
const workshop = room("workshop", serverA);
const ordinaryUser = 2;

export default scenario(
  "mixed-stack",
  "A room with one client on another MLS stack: ts-mls 1.6.4",
  { providers: [serverA, serverB], clients: [a1, a2, b1, b2, c1] },

  chapter("The providers read each other's directories", "protocol-06 §5.1", [
    serverA.reads(serverB),
    serverB.reads(serverA),
  ]),
  chapter("Alice creates a room", "protocol-06 §3.1", a1.creates(workshop)),

  chapter(
    "Bob joins with a client on ts-mls and one on the model's stack",
    "protocol-06 §3.2",
    [b1.publishes(1), b2.publishes(1)],
    a1.fetches(bob, workshop),
    a1.adds(bob, workshop, ordinaryUser),
  ),
  chapter(
    "Messages go both ways",
    "protocol-06 §5.4",
    a1.says(workshop, { kind: "message", text: "Can you read this?" }, "asks"),
    b1.says(
      workshop,
      { kind: "reply", text: "Word for word.", to: { latestOf: alice.user } },
      "answers from ts-mls",
    ),
  ),

  chapter(
    "Alice adds a client of her own: a commit with nothing but an Add",
    "RFC 9420 §12.4",
    a2.publishes(1),
    a1.fetches(alice, workshop),
    a1.addsOwnClients(workshop),
  ),
  chapter("Alice renews her keys: an empty commit", "RFC 9420 §12.4", a1.commits(workshop)),
  chapter(
    "ts-mls has followed both",
    "protocol-06 §5.4",
    a2.says(workshop, { kind: "message", text: "My second device is here." }, "speaks from her new client"),
    b1.says(
      workshop,
      { kind: "reaction", text: "\u{1F44D}", to: { latestOf: alice.user } },
      "reacts from ts-mls",
    ),
  ),

  chapter(
    "Alice adds Cathy: the commit changes the participant list by AppDataUpdate",
    "mls-extensions §4.7",
    c1.publishes(1),
    a1.fetches(cathy, workshop),
    a1.adds(cathy, workshop, ordinaryUser),
  ),
  chapter(
    "The others go on",
    "protocol-06 §5.4",
    c1.says(workshop, { kind: "message", text: "Hello everyone!" }, "says hello"),
    b2.says(
      workshop,
      { kind: "reply", text: "Welcome, Cathy.", to: { latestOf: cathy.user } },
      "replies from his other client",
    ),
    b1.says(workshop, { kind: "message", text: "Is anybody there?" }, "tries from ts-mls"),
  ),
);
