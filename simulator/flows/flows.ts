/** The messages of the scenarios that play a draft's example flow, phase by phase. protocol-06 §3 */
import type { Flow, FlowMessage } from "../../spec-model/drafts/index.ts";
import { run } from "../run/index.ts";
import { scenarios } from "../scenarios/index.ts";
import type { Trace, TraceEvent } from "../trace/index.ts";

/** By revision, the scenarios that play its flows. */
const playing: Readonly<Record<string, readonly string[]>> = { "protocol-06": ["clubhouse"] };

const played = new Map<string, readonly Flow[]>();

/** The phases of the runs (seed 1) that play the flows of `revision`, e.g. `protocol-06`; none where none does. */
export function flowsOf(revision: string): readonly Flow[] {
  const known = played.get(revision);
  if (known !== undefined) return known;
  const stories = (playing[revision] ?? []).flatMap((name) => scenarios.get(name) ?? []);
  const flows = stories.flatMap((story) => phasesOf(run(story, { seed: 1, mls: "symbolic" }).trace));
  played.set(revision, flows);
  return flows;
}

function phasesOf({ header, events }: Trace): Flow[] {
  const labels = new Map(header.actors.map(({ id, label }) => [id, label]));
  const flows: { title: string; messages: FlowMessage[] }[] = [];
  for (const event of events) {
    if (event.type === "phase") flows.push({ title: event.title, messages: [] });
    else if (event.type === "send") flows.at(-1)?.messages.push(messageOf(event, labels));
  }
  return flows;
}

function messageOf(event: TraceEvent<"send">, labels: ReadonlyMap<string, string>): FlowMessage {
  const { from, to, kind, label, status, at } = event;
  const what = kind === "local" ? "local" : kind === "request" ? label : String(status);
  return { from: labels.get(from) ?? from, to: labels.get(to) ?? to, what, at };
}
