/** Traces in which the network misbehaves. */
import type { Trace } from "../../../simulator/trace/index.ts";
import { createStory } from "./story.ts";

/** Two notifies overtake each other between two providers. */
export function crossing(): Trace {
  const story = createStory("ServerA", "ServerB");
  story.phase("A notify overtakes another");
  const first = story.send("ServerA", "ServerB", "/notify", { says: "epoch 1" });
  story.wait();
  const second = story.send("ServerA", "ServerB", "/notify", { says: "epoch 2" });
  story.deliver(second);
  const ok = story.send("ServerB", "ServerA", "200 OK");
  story.deliver(first, ok);
  return story.end();
}

/** A notify is lost, sent again, and its answer too; then one is duplicated and one tampered with. */
export function everyFault(): Trace {
  const story = createStory("ServerA", "ServerB", "ClientB1", "ClientB2");
  story.phase("A network that does everything wrong", "protocol-06 §5.5");
  const lost = story.send("ServerA", "ServerB", "/notify", { says: "Commit" });
  story.drop(lost, "loss");
  story.wait(5_000_000);
  story.decides("ServerA", "sends it again after 5 s");
  story.carry("ServerA", "ServerB", "/notify", { says: "Commit" });
  const answer = story.send("ServerB", "ServerA", "200 OK");
  const toBs = ["ClientB1", "ClientB2"].map((client) => story.send("ServerB", client, "Commit"));
  story.drop(answer, "partition");
  story.deliver(...toBs);
  story.wait(5_000_000);
  const again = story.send("ServerA", "ServerB", "/notify", { says: "Commit" });
  const copy = story.duplicate(again);
  story.deliver(again, copy);
  story.decides("ServerB", "recognizes a duplicate");
  story.wait();
  const damaged = story.send("ServerA", "ServerB", "/notify", { says: "Message" });
  story.tamper(damaged, "octet 17 flipped");
  story.deliver(damaged);
  const error = {
    type: "WireError",
    code: "truncated",
    where: "FanoutMessage.timestamp",
    text: "ends 3 octets early",
  };
  story.record({ type: "noticed", actor: "ServerB", of: damaged, error });
  const says = "clients in one epoch agree on its context";
  story.record({
    type: "check",
    property: "I01",
    holds: false,
    says,
    detail: "ClientB1 and ClientA1 at epoch 4",
  });
  story.send("ServerB", "ServerA", "400");
  return story.end();
}

/** A message arrives only in a later phase. */
export function acrossPhases(): Trace {
  const story = createStory("ClientA1", "ServerA", "ServerB");
  story.phase("A slow notify");
  story.carry("ClientA1", "ServerA", "Message");
  const slow = story.send("ServerA", "ServerB", "/notify");
  story.phase("Meanwhile");
  story.carry("ClientA1", "ServerA", "Message");
  story.deliver(slow);
  story.record({ type: "shown", actor: "ClientA1", room: "clubhouse", messageId: "01", text: "hello" });
  return story.end();
}

/** A hub with many followers, each with clients. */
export function manyFollowers(): Trace {
  const letters = [..."BCDEFGHIJKLM"];
  const clients = letters.flatMap((letter) => [`Client${letter}1`, `Client${letter}2`]);
  const story = createStory("ClientA1", "ServerA", ...letters.map((letter) => `Server${letter}`), ...clients);
  story.phase("A message to many");
  story.carry("ClientA1", "ServerA", "Message");
  const accepted = story.send("ServerA", "ClientA1", "Accepted");
  const notifies = letters.map((letter) => story.send("ServerA", `Server${letter}`, "/notify"));
  story.deliver(accepted);
  for (const [i, letter] of letters.entries()) {
    story.deliver(notifies[i] ?? 0);
    const ok = story.send(`Server${letter}`, "ServerA", "200 OK");
    story.deliver(
      ...["1", "2"].map((n) => story.send(`Server${letter}`, `Client${letter}${n}`, "Message")),
      ok,
    );
  }
  return story.end();
}
