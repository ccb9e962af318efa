/** A server that stops after any step, and goes on from what it has written down, loses nothing that it has promised. */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { restarting, type Stop } from "../../../simulator/run/restarting.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { Trace } from "../../../simulator/trace/index.ts";

const seed = 1;

/** How many steps a provider takes, in all and up to the chapter called `title`. */
function stepsOf(
  trace: Trace,
  provider: string,
  title: string,
): { readonly before: number; readonly all: number } {
  const receivers = new Map(
    trace.events.flatMap((event) => (event.type === "send" ? [[event.id, event.to] as const] : [])),
  );
  let [before, all] = [0, 0];
  let begun = false;
  for (const event of trace.events) {
    if (event.type === "phase" && event.title === title) begun = true;
    const takes =
      (event.type === "deliver" && receivers.get(event.id) === provider) ||
      (event.type === "intention" && event.actor === provider);
    if (!takes) continue;
    all++;
    if (!begun) before++;
  }
  return { before, all };
}

function failuresWith(name: string, stop: Stop): string[] {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const { trace } = run(scenario, { seed, mls: "symbolic", replace: restarting(stop) });
  // An answer that never came is noticed by whoever waited for it: that is how it should be.
  return trace.events.flatMap((event) =>
    event.type === "check" && !event.holds && event.says !== "what was noticed to be wrong"
      ? [`${event.property} ${event.says}: ${event.detail}`]
      : [],
  );
}

// Key material that was claimed and got lost is not asked for again (protocol-06 §5.2): stops begin after that.
const stories = [
  ["hub-ban", "The hub bans Bob"],
  ["kick", "Alice kicks Bob"],
  ["commit-race", "Both commit in the same epoch, and Bob writes at once"],
  ["moderated-room", "Bob speaks"],
] as const;

describe.each(stories)("a server in %s", (name, from) => {
  it.each(["a.example", "b.example", "c.example"])("%s can stop after any of its steps", (actor) => {
    const scenario = scenarios.get(name);
    if (scenario === undefined) throw new Error(`no scenario ${name}`);
    const { before, all } = stepsOf(run(scenario, { seed, mls: "symbolic" }).trace, actor, from);
    for (let afterSteps = before + 1; afterSteps <= all; afterSteps++) {
      for (const unsent of [false, true]) {
        const failures = failuresWith(name, { actor, afterSteps, unsent });
        expect(failures, `${unsent ? "unsent " : ""}after step ${afterSteps} of ${all}`).toEqual([]);
      }
    }
    expect(all).toBeGreaterThan(before);
  });
});
