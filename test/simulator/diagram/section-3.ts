/** Traces that mimic the flows of protocol-06 §3, a function a figure. */
import type { Trace } from "../../../simulator/trace/index.ts";
import { createStory } from "./story.ts";

const room = "/a.example/r/clubhouse";

/** protocol-06 §3.2, first figure */
export function aliceFetchesKeyPackages(): Trace {
  const story = createStory("ClientA1", "ServerA", "ServerB", "ClientB1", "ClientB2");
  story.phase("Alice fetches KeyPackages for Bob's clients", "protocol-06 §3.2");
  story.carry("ClientB1", "ServerB", "Store KPs", { says: "Store KeyPackages", content: "B1's" });
  story.carry("ClientB2", "ServerB", "Store KPs", { says: "Store KeyPackages", content: "B2's" });
  story.wait();
  story.carry("ClientA1", "ServerA", "Request KPs", { says: "request KPs for Bob" });
  story.carry("ServerA", "ServerB", "/keyMaterial", { says: "KeyMaterialRequest" });
  story.decides("ServerB", "verifies that Alice may fetch KeyPackages");
  story.decides("ServerB", "marks the returned KPs as reserved for Alice");
  story.carry("ServerB", "ServerA", "200 OK", { says: "KeyMaterialResponse" });
  story.decides("ServerA", "remembers that these KPs go to b.example");
  story.carry("ServerA", "ClientA1", "KPs");
  return story.end();
}

/** protocol-06 §3.2, second figure */
export function aliceAddsBob(): Trace {
  const story = createStory("ClientA1", "ServerA", "ServerB", "ClientB1", "ClientB2");
  story.phase("Alice adds Bob to the room", "protocol-06 §3.2");
  story.decides("ClientA1", "prepares a Commit over AppDataUpdate(+Bob), Add*");
  story.carry("ClientA1", "ServerA", "Commit, etc.", { says: "Commit, Welcome, GroupInfo?, RatchetTree?" });
  story.decides("ServerA", "verifies that AppDataUpdate and Adds are allowed by policy");
  const accepted = story.send("ServerA", "ClientA1", "Accepted");
  const notify = story.send("ServerA", "ServerB", "/notify", { path: `/notify${room}`, says: "Welcome" });
  story.deliver(accepted, notify);
  story.decides("ServerB", "recognizes that the Welcome adds Bob to clubhouse");
  const ok = story.send("ServerB", "ServerA", "200 OK");
  const one = story.send("ServerB", "ClientB1", "Welcome, Tree", { says: "Welcome, RatchetTree?" });
  const two = story.send("ServerB", "ClientB2", "Welcome, Tree", { says: "Welcome, RatchetTree?" });
  story.deliver(one, two, ok);
  return story.end();
}

/** protocol-06 §3.3, second figure */
export function bobAddsCathy(): Trace {
  const names = ["ClientB1", "ServerB", "ServerA", "ServerC"];
  const story = createStory(...names, "ClientC1", "ClientC2", "ClientB2", "ClientB3", "ClientA1", "ClientA2");
  story.phase("Bob adds Cathy to the room", "protocol-06 §3.3");
  story.decides("ClientB1", "prepares a Commit over AppDataUpdate(+Cathy), Add*");
  story.carry("ClientB1", "ServerB", "Commit, etc", { says: "Commit, Welcome, GroupInfo?, RatchetTree?" });
  story.carry("ServerB", "ServerA", "/update", { path: `/update${room}`, says: "CommitBundle" });
  story.decides("ServerA", "verifies that the Adds are allowed by policy");
  const ok = story.send("ServerA", "ServerB", "200 OK");
  const toC = story.send("ServerA", "ServerC", "/notify", { path: `/notify${room}`, says: "Welcome" });
  const toB = story.send("ServerA", "ServerB", "/notify", { path: `/notify${room}`, says: "Commit" });
  const toAs = ["ClientA1", "ClientA2"].map((client) => story.send("ServerA", client, "Commit"));
  story.deliver(ok);
  const accepted = story.send("ServerB", "ClientB1", "Accepted");
  story.deliver(accepted, toC);
  story.decides("ServerC", "recognizes that the Welcome adds Cathy to clubhouse");
  const okC = story.send("ServerC", "ServerA", "200 OK");
  const toCs = ["ClientC1", "ClientC2"].map((client) => story.send("ServerC", client, "Welcome, Tree"));
  story.deliver(...toCs, toB);
  const okB = story.send("ServerB", "ServerA", "200 OK");
  const toBs = ["ClientB2", "ClientB3"].map((client) => story.send("ServerB", client, "Commit"));
  story.deliver(...toAs, ...toBs, okC, okB);
  return story.end();
}

/** protocol-06 §3.3, first figure */
export function bobFetchesKeyPackages(): Trace {
  const story = createStory("ClientB1", "ServerB", "ServerA", "ServerC", "ClientC1", "ClientC2");
  story.phase("Bob fetches KeyPackages for Cathy's clients", "protocol-06 §3.3");
  story.carry("ClientC1", "ServerC", "Store KPs", { says: "Store KeyPackages", content: "C1's" });
  story.carry("ClientC2", "ServerC", "Store KPs", { says: "Store KeyPackages", content: "C2's" });
  story.wants("ClientB1", "wants to add Cathy");
  story.carry("ClientB1", "ServerB", "Request KPs", { says: "request KPs for Cathy" });
  story.carry("ServerB", "ServerA", "/keyMaterial", { says: "KeyMaterialRequest" });
  story.carry("ServerA", "ServerC", "/keyMaterial", { says: "KeyMaterialRequest" });
  story.decides("ServerC", "verifies that Bob may fetch KeyPackages");
  story.carry("ServerC", "ServerA", "200 OK", { says: "KeyMaterialResponse" });
  story.decides("ServerA", "remembers that these KPs go to c.example");
  story.carry("ServerA", "ServerB", "200 OK", { says: "KeyMaterialResponse" });
  story.carry("ServerB", "ClientB1", "KPs");
  return story.end();
}

/** protocol-06 §3.4 */
export function cathySendsAMessage(): Trace {
  const story = createStory(
    ...[
      "ClientC1",
      "ServerC",
      "ServerA",
      "ServerB",
      "ClientB1",
      "ClientB2",
      "ClientC2",
      "ClientC3",
      "ClientA1",
    ],
    "ClientA2",
  );
  story.phase("Cathy sends a message to the room", "protocol-06 §3.4");
  story.carry("ClientC1", "ServerC", "Message", { says: "MLSMessage(PrivateMessage)" });
  story.carry("ServerC", "ServerA", "/submit", {
    path: `/submit${room}`,
    says: "MLSMessage(PrivateMessage)",
  });
  story.decides("ServerA", "verifies that the message is allowed");
  const ok = story.send("ServerA", "ServerC", "200 OK");
  const toB = story.send("ServerA", "ServerB", "/notify", {
    path: `/notify${room}`,
    says: "MLSMessage(PrivateMessage)",
  });
  const toC = story.send("ServerA", "ServerC", "/notify", {
    path: `/notify${room}`,
    says: "MLSMessage(PrivateMessage)",
  });
  const toAs = ["ClientA1", "ClientA2"].map((client) => story.send("ServerA", client, "Message"));
  story.deliver(...toAs, ok);
  const accepted = story.send("ServerC", "ClientC1", "Accepted");
  story.deliver(accepted, toB);
  const okB = story.send("ServerB", "ServerA", "200 OK");
  const toBs = ["ClientB1", "ClientB2"].map((client) => story.send("ServerB", client, "Message"));
  story.deliver(toC);
  const okC = story.send("ServerC", "ServerA", "200 OK");
  const toCs = ["ClientC2", "ClientC3"].map((client) => story.send("ServerC", client, "Message"));
  story.deliver(...toBs, ...toCs, okB, okC);
  return story.end();
}

/** protocol-06 §3.5 */
export function bobLeaves(): Trace {
  const story = createStory("ClientB1", "ServerB", "ServerA", "ServerC", "ClientC1", "ClientC2");
  story.phase("Bob leaves the room", "protocol-06 §3.5");
  story.decides("ClientB1", "prepares Remove*, AppDataUpdate(-Bob)");
  story.carry("ClientB1", "ServerB", "Proposals", { says: "Remove*, AppDataUpdate" });
  story.carry("ServerB", "ServerA", "/update", { path: `/update${room}`, says: "Remove*, AppDataUpdate" });
  story.decides("ServerA", "verifies that they are allowed by policy, and keeps them");
  const ok = story.send("ServerA", "ServerB", "200 OK");
  const notify = story.send("ServerA", "ServerC", "/notify", { path: `/notify${room}`, says: "Proposals" });
  story.deliver(ok);
  story.carry("ServerB", "ClientB1", "Accepted");
  story.deliver(notify);
  story.carry("ServerC", "ClientC1", "Proposals");
  story.carry("ClientC1", "ServerC", "Commit(Props)", {
    says: "Commit(Props), Welcome, GroupInfo?, RatchetTree?",
  });
  story.carry("ServerC", "ServerA", "/update", { path: `/update${room}`, says: "CommitBundle" });
  story.decides("ServerA", "checks that the Commit includes the proposals that it keeps; accepts");
  const okC = story.send("ServerA", "ServerC", "200 OK");
  const toB = story.send("ServerA", "ServerB", "/notify", { path: `/notify${room}`, says: "Commit" });
  const toC = story.send("ServerA", "ServerC", "/notify", { path: `/notify${room}`, says: "Commit" });
  story.deliver(okC);
  story.carry("ServerC", "ClientC1", "Accepted");
  story.deliver(toB, toC);
  const last = story.send("ServerB", "ClientB1", "Commit");
  const toCs = ["ClientC2", "ClientC1"].map((client) => story.send("ServerC", client, "Commit"));
  story.deliver(last, ...toCs);
  return story.end();
}

/** protocol-06 §3.6 */
export function cathyAddsAClient(): Trace {
  const story = createStory(
    ...[
      "ClientC3",
      "ServerC",
      "ServerA",
      "ServerB",
      "ClientB1",
      "ClientB2",
      "ClientC1",
      "ClientC2",
      "ClientA1",
    ],
    "ClientA2",
  );
  story.phase("Cathy adds a new client", "protocol-06 §3.6");
  story.carry("ClientC3", "ServerC", "Fetch GroupInfo", { says: "request current GroupInfo" });
  story.carry("ServerC", "ServerA", "/groupInfo", { path: `/groupInfo${room}` });
  story.decides("ServerA", "verifies that ClientC3 may join the room");
  story.carry("ServerA", "ServerC", "200 OK", { says: "current GroupInfo and ratchet tree" });
  story.carry("ServerC", "ClientC3", "GroupInfo + tree");
  story.decides("ClientC3", "prepares an External Commit");
  story.carry("ClientC3", "ServerC", "External Commit, etc.", { says: "Commit, GroupInfo?, RatchetTree?" });
  story.carry("ServerC", "ServerA", "/update", { path: `/update${room}`, says: "CommitBundle" });
  story.decides("ServerA", "verifies that the Commit is valid and ClientC3 authorized");
  const ok = story.send("ServerA", "ServerC", "200 OK");
  const toAs = ["ClientA1", "ClientA2"].map((client) => story.send("ServerA", client, "Commit"));
  const toB = story.send("ServerA", "ServerB", "/notify", { path: `/notify${room}`, says: "Commit" });
  const toC = story.send("ServerA", "ServerC", "/notify", { path: `/notify${room}`, says: "Commit" });
  story.deliver(...toAs, ok);
  const accepted = story.send("ServerC", "ClientC3", "Accepted");
  story.deliver(accepted, toB);
  const toBs = ["ClientB1", "ClientB2"].map((client) => story.send("ServerB", client, "Commit"));
  story.deliver(toC);
  const toCs = ["ClientC1", "ClientC2"].map((client) => story.send("ServerC", client, "Commit"));
  story.deliver(...toBs, ...toCs);
  return story.end();
}
