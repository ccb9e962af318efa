/** A room whose hub has a new franking key: which key counts when. protocol-06 §5.4.1, SEMANTICS S65 */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { TraceEvent } from "../../../simulator/trace/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";

const told = scenarios.get("franking-key");
if (told === undefined) throw new Error("franking-key is not among the scenarios");

function decided(events: readonly TraceEvent[], text: string): number {
  return events.filter((event) => event.type === "decision" && event.text === text).length;
}

function unmet(variant: string): readonly string[] {
  if (told === undefined) return [];
  const { events } = run(told, { seed: 1, mls: "symbolic", variants: [parseChoice(variant)] }).trace;
  return events.flatMap((event) => (event.type === "check" && !event.holds ? [event.property] : []));
}

describe("a room whose franking key changes", () => {
  it("goes on in another group, in which the hub verifies what either key has signed", () => {
    const { events } = run(told, { seed: 1 }).trace;
    expect(decided(events, "accepts the report: 1 message verified by frank")).toBe(2);
    const epochs = events.flatMap((event) =>
      event.type === "epoch" && event.actor === "a.example" ? [event.epoch] : [],
    );
    // The group, Bob's addition, the ReInit; the next group, and Bob in it.
    expect(epochs).toEqual([0, 1, 2, 0, 1]);
  });

  it("is not where it should be if a client changes the key in the same group", () => {
    expect(unmet("client-changes-agent-in-place")).toContain("story");
  });

  it("loses messages if the hub has forgotten the key that the group names", () => {
    expect(unmet("hub-forgets-franking-keys")).toContain("story");
  });
});
