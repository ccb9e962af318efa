/**
 * Virtual time: what is scheduled happens in the order of (time, sequence), one event after the other, and the clock
 * stands at the time of the event that happens. No promise and no real clock is involved.
 */
import { createEventQueue, type Entry } from "./event-queue.ts";
import type { Microseconds } from "./time.ts";

/** What scheduling gives back: when the event is due, and the right to cancel it. */
export type Ticket = Pick<Entry<unknown>, "time" | "sequence">;

/** Virtual time and what is still to happen in it. */
export interface Kernel<Event> {
  /** The virtual time of the event that happens now, or of the last that did. */
  now(): Microseconds;
  /** Schedules `event` at `time`. Throws RangeError for a time that is past or is no safe integer. */
  at(time: Microseconds, event: Event): Ticket;
  /** Schedules `event` in `delay` from now. Throws RangeError for a delay that is no non-negative safe integer. */
  after(delay: Microseconds, event: Event): Ticket;
  /** Whether the event of `ticket` was still to come; it now never happens. */
  cancel(ticket: Ticket): boolean;
  /** The number of events still to come. */
  pending(): number;
  /** Lets the next event happen. False where there is none. */
  step(): boolean;
  /** Lets events happen until one of the limits is met, and says which; a run can be continued by another call. */
  run(limits?: RunLimits): RunReport;
}

export interface KernelOptions<Event> {
  /** What happens at an event. It may schedule and cancel; what it throws ends the run and is the caller's. */
  readonly handle: (event: Event, at: Microseconds) => void;
}

export interface RunLimits {
  /** Asked before each event; true ends the run. */
  readonly until?: () => boolean;
  /** Events later than this stay pending, and the clock then ends here. */
  readonly untilTime?: Microseconds;
  /** The run ends with a report after this many events: a model that sends for ever does not hang the simulator. */
  readonly maxSteps?: number;
}

export interface RunReport {
  /** Why the run ended: nothing left to happen, `until` held, `untilTime` reached, or `maxSteps` used up. */
  readonly stopped: "empty" | "until" | "time" | "steps";
  /** Events that happened in this call. */
  readonly steps: number;
  readonly now: Microseconds;
  readonly pending: number;
}

const defaultMaxSteps = 1_000_000;

/** A kernel at time 0 with nothing scheduled. */
export function createKernel<Event>({ handle }: KernelOptions<Event>): Kernel<Event> {
  const queue = createEventQueue<Event>();
  let now: Microseconds = 0;
  const at = (time: Microseconds, event: Event): Ticket => {
    if (!Number.isSafeInteger(time) || time < now) {
      throw new RangeError(`cannot schedule at ${time}: times are integer microseconds from now (${now}) on`);
    }
    return queue.add(time, event);
  };
  const step = () => {
    const entry = queue.take();
    if (entry === undefined) return false;
    now = entry.time;
    handle(entry.event, now);
    return true;
  };
  const whyStop = (limits: RunLimits, steps: number): RunReport["stopped"] | undefined => {
    if (limits.until?.()) return "until";
    const next = queue.first();
    if (next === undefined) return "empty";
    if (limits.untilTime !== undefined && next.time > limits.untilTime) return "time";
    return steps >= (limits.maxSteps ?? defaultMaxSteps) ? "steps" : undefined;
  };
  return {
    now: () => now,
    at,
    after(delay, event) {
      if (!(delay >= 0)) throw new RangeError(`cannot schedule in ${delay}: a delay is not negative`);
      return at(now + delay, event);
    },
    cancel: (ticket) => queue.cancel(ticket as Entry<Event>),
    pending: () => queue.size(),
    step,
    run(limits = {}) {
      let steps = 0;
      let stopped = whyStop(limits, steps);
      while (stopped === undefined) {
        step();
        steps++;
        stopped = whyStop(limits, steps);
      }
      if (stopped === "time" && limits.untilTime !== undefined) now = Math.max(now, limits.untilTime);
      return { stopped, steps, now, pending: queue.size() };
    },
  };
}
