/** The queue of what is still to happen: a binary heap ordered by (time, sequence), which is a total order. */
import type { Microseconds } from "./time.ts";

/** Something scheduled. The earlier `time` comes first; of equal times, the lower `sequence`. */
export interface Entry<Event> {
  readonly time: Microseconds;
  readonly sequence: number;
  readonly event: Event;
  /** Where the entry stands. Only a waiting entry can be cancelled. */
  state: "waiting" | "cancelled" | "done";
}

/** The waiting entries in their order. Cancelled entries are skipped, and swept out when they become many. */
export interface EventQueue<Event> {
  add(time: Microseconds, event: Event): Entry<Event>;
  /** Whether the entry was still waiting; it now never comes out. */
  cancel(entry: Entry<Event>): boolean;
  /** The entry that `take` would give. */
  first(): Entry<Event> | undefined;
  take(): Entry<Event> | undefined;
  /** The number of waiting entries. */
  size(): number;
}

const sweepFrom = 64;

/** An empty queue. `add`, `take` and `cancel` cost O(log n), amortised. */
export function createEventQueue<Event>(): EventQueue<Event> {
  let heap: Entry<Event>[] = [];
  let nextSequence = 0;
  let cancelled = 0;
  const dropCancelled = () => {
    for (let top = heap[0]; top?.state === "cancelled"; top = heap[0]) {
      removeTop(heap);
      cancelled--;
    }
  };
  const first = () => {
    if (cancelled > 0) dropCancelled();
    return heap[0];
  };
  return {
    add(time, event) {
      const entry: Entry<Event> = { time, sequence: nextSequence++, event, state: "waiting" };
      heap.push(entry);
      siftUp(heap, heap.length - 1);
      return entry;
    },
    cancel(entry) {
      if (entry.state !== "waiting") return false;
      entry.state = "cancelled";
      cancelled++;
      if (cancelled >= sweepFrom && cancelled * 2 > heap.length) {
        // A sorted array is a heap, and the order is total: sweeping never changes what comes out when.
        heap = heap.filter(({ state }) => state === "waiting").sort(order);
        cancelled = 0;
      }
      return true;
    },
    first,
    take() {
      const top = first();
      if (top === undefined) return undefined;
      removeTop(heap);
      top.state = "done";
      return top;
    },
    size: () => heap.length - cancelled,
  };
}

function order(a: Entry<unknown>, b: Entry<unknown>): number {
  return a.time - b.time || a.sequence - b.sequence;
}

function comesBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}

function siftUp<Event>(heap: Entry<Event>[], from: number): void {
  let at = from;
  const moving = heap[at] as Entry<Event>;
  while (at > 0) {
    const parentAt = (at - 1) >> 1;
    const parent = heap[parentAt] as Entry<Event>;
    if (comesBefore(parent, moving)) break;
    heap[at] = parent;
    at = parentAt;
  }
  heap[at] = moving;
}

function removeTop<Event>(heap: Entry<Event>[]): void {
  const moving = heap.pop();
  if (moving === undefined || heap.length === 0) return;
  const length = heap.length;
  let at = 0;
  for (let child = 1; child < length; child = 2 * at + 1) {
    const right = heap[child + 1];
    if (right !== undefined && comesBefore(right, heap[child] as Entry<Event>)) child++;
    const smaller = heap[child] as Entry<Event>;
    if (comesBefore(moving, smaller)) break;
    heap[at] = smaller;
    at = child;
  }
  heap[at] = moving;
}
