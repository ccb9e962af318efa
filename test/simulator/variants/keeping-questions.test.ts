/** What hubs, followers and clients do otherwise where an open question about delivery has another answer. */
import { describe, expect, it } from "vitest";
import { renamesAndIsJoined } from "../../../scripts/findings/evidence-stories.ts";
import { renamesAndWrites } from "../../../scripts/findings/server-stories.ts";
import { parseFault } from "../../../simulator/faults/index.ts";
import { type Run, run } from "../../../simulator/run/index.ts";
import { chapter, room, type Scenario, scenario } from "../../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  b1,
  bob,
  gathering,
  roles,
  scenarios,
  serverA,
  serverB,
} from "../../../simulator/scenarios/index.ts";
import { leftOut, parseChoice } from "../../../simulator/variants/index.ts";

const club = room("club", serverA);

/** Bob writes, and Alice's commit is at the hub before his message. */
const crossing = scenario(
  "crossing",
  "Bob writes while Alice renames the room",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, { host: a1 }, { person: bob, clients: [b1], role: roles.ordinary }),
  chapter("Bob writes, Alice renames the room", "protocol-06 §5.4", [
    b1.writes(club, "Is anybody there?"),
    a1.renames(club, "The Club"),
  ]),
);

function runWith(story: Scenario | string, faults: readonly string[], ...variants: readonly string[]): Run {
  return run(typeof story === "string" ? (scenarios.get(story) as Scenario) : story, {
    seed: 1,
    mls: "symbolic",
    latency: "constant(20ms)",
    variants: variants.map(parseChoice),
    ...(faults.length === 0 ? {} : { faults: faults.map(parseFault) }),
  });
}

function broken({ trace }: Run): string[] {
  return trace.events.flatMap((event) => (event.type === "check" && !event.holds ? [event.property] : []));
}

/** What the hub has refused. */
function refusals({ trace }: Run): string[] {
  return trace.events.flatMap((event) =>
    event.type === "decision" && event.actor === "a.example" && event.text.startsWith("refuses")
      ? [event.text]
      : [],
  );
}

function sentTo({ trace }: Run, to: string, label: string): number {
  return trace.events.filter((event) => event.type === "send" && event.to === to && event.label === label)
    .length;
}

describe("an open question about delivery, answered otherwise", () => {
  it("hub.order=parallel: a message overtakes its epoch's commit where requests do", () => {
    const fault = "reorder(100%, constant(300ms), a.example>b.example)@167ms-168ms";
    expect(broken(runWith(renamesAndWrites, [fault]))).toEqual([]);
    expect(broken(runWith(renamesAndWrites, [fault], "hub.order=parallel"))).toEqual(
      expect.arrayContaining(["I30", "I31"]),
    );
  });

  it("follower.repeats=nothing: clients get everything that arrives twice, and show it once", () => {
    const twice = "duplicate(100%, a.example>b.example)";
    const [usual, other] = [[], ["follower.repeats=nothing"]].map((variants) =>
      runWith("one-to-one", [twice], ...variants),
    );
    if (usual === undefined || other === undefined) throw new Error("two runs");
    expect(sentTo(other, b1.setting.client, "Message")).toBe(2 * sentTo(usual, b1.setting.client, "Message"));
    expect(sentTo(usual, b1.setting.client, "Message")).toBeGreaterThan(0);
    expect(broken(other)).not.toContain("I35");
  });

  it("hub.groupInfo=unread: a damaged GroupInfo is accepted with its commit", () => {
    const damaged = "follower-breaks-group-info@b.example";
    expect(refusals(runWith(renamesAndIsJoined, []))).toEqual([]);
    expect(refusals(runWith(renamesAndIsJoined, [], damaged))).not.toEqual([]);
    expect(refusals(runWith(renamesAndIsJoined, [], damaged, "hub.groupInfo=unread"))).toEqual([]);
  });

  it("client.leaves=selfRemove: who leaves removes itself, and the room ends as before", () => {
    const [usual, other] = [[], ["client.leaves=selfRemove"]].map((variants) =>
      runWith("clubhouse", [], ...variants),
    );
    expect(usual?.holds).toBe(true);
    expect(other?.holds).toBe(true);
    const sizes = (made: Run | undefined) =>
      made?.trace.events.flatMap((event) =>
        event.type === "send" && event.label === "Proposals" ? [event.size] : [],
      );
    expect(sizes(other)).not.toEqual(sizes(usual));
  });

  it("hub.oldEpochs=one: a message that comes after its epoch's commit is taken", () => {
    expect(refusals(runWith(crossing, []))).toEqual(["refuses the message: epochTooOld"]);
    expect(refusals(runWith(crossing, [], "hub.oldEpochs=one"))).toEqual([]);
  });

  it("what has no variant has a reason", () => {
    expect(leftOut.every(({ question, because }) => question.includes("?") && because !== "")).toBe(true);
  });
});
