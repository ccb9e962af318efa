/** A trace in memory, and the recorder that a run writes one with. */
import type { TraceEvent, TraceEventBody } from "./events.ts";
import type { TraceHeader } from "./header.ts";

/** What happened in a run, in full and in order: the product of the run. */
export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}

/** Takes the events of a run as they happen. */
export interface TraceRecorder {
  /** Appends an event at virtual time `at`, in integer microseconds, and gives it its place. */
  record(at: number, body: TraceEventBody): TraceEvent;
  /** What was recorded so far. */
  trace(): Trace;
}

/** A recorder with nothing recorded yet. What it is given is kept as it is: only the writer puts it into order. */
export function createRecorder(header: TraceHeader): TraceRecorder {
  const events: TraceEvent[] = [];
  return {
    record(at, body) {
      const event: TraceEvent = { seq: events.length, at, ...body };
      events.push(event);
      return event;
    },
    trace: () => ({ header, events: [...events] }),
  };
}
