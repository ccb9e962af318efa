/** Runs a scenario twice and compares what happens, event by event: a run depends on nothing but its options. */
import type { Scenario } from "../scenario/index.ts";
import type { TraceEvent } from "../trace/index.ts";
import { type Run, type RunOptions, runAwaiting } from "./run.ts";

/** Where two runs part; a side is missing where its run has ended. */
export interface Difference {
  readonly seq: number;
  readonly first: TraceEvent | undefined;
  readonly second: TraceEvent | undefined;
}

/** The first run, and the first difference of the second from it, where there is one. */
export async function runTwice(
  scenario: Scenario,
  options: RunOptions,
): Promise<{ readonly run: Run; readonly difference: Difference | undefined }> {
  const run = await runAwaiting(scenario, options);
  const again = await runAwaiting(scenario, options);
  return { run, difference: firstDifference(run.trace.events, again.trace.events) };
}

export function firstDifference(
  one: readonly TraceEvent[],
  other: readonly TraceEvent[],
): Difference | undefined {
  const length = Math.max(one.length, other.length);
  for (let seq = 0; seq < length; seq++) {
    const [first, second] = [one[seq], other[seq]];
    if (JSON.stringify(first) !== JSON.stringify(second)) return { seq, first, second };
  }
  return undefined;
}
