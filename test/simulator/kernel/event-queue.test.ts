import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventQueue, type Entry } from "../../../simulator/kernel/event-queue.ts";

/** What a queue is asked to do: a time to add, an entry (by number) to cancel, or to take. */
const commands = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ add: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ cancel: fc.nat(200) }) },
    { weight: 2, arbitrary: fc.constant({ take: true as const }) },
  ),
  { maxLength: 300 },
);

describe("the event queue", () => {
  it("gives entries as sorting by (time, sequence) would", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (times) => {
        const queue = createEventQueue<number>();
        times.forEach((time, i) => {
          queue.add(time, i);
        });
        const expected = times.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time || a.i - b.i);
        const taken = [];
        for (let entry = queue.take(); entry; entry = queue.take())
          taken.push({ time: entry.time, i: entry.event });
        expect(taken).toEqual(expected);
      }),
    );
  });

  it("behaves as a sorted list under any mix of adding, cancelling and taking", () => {
    fc.assert(
      fc.property(commands, (asked) => {
        const queue = createEventQueue<number>();
        const entries: Entry<number>[] = [];
        let model: Entry<number>[] = [];
        for (const command of asked) {
          if ("add" in command) {
            const entry = queue.add(command.add, entries.length);
            entries.push(entry);
            model = [...model, entry].sort((a, b) => a.time - b.time || a.sequence - b.sequence);
          } else if ("cancel" in command) {
            const entry = entries[command.cancel];
            if (entry === undefined) continue;
            expect(queue.cancel(entry)).toBe(model.includes(entry));
            model = model.filter((other) => other !== entry);
          } else {
            expect(queue.take()).toBe(model.shift());
          }
          expect(queue.size()).toBe(model.length);
          expect(queue.first()).toBe(model[0]);
        }
      }),
    );
  });

  it("keeps its order when many cancelled entries are swept out", () => {
    const queue = createEventQueue<number>();
    const entries = Array.from({ length: 500 }, (_, i) => queue.add((i * 7919) % 101, i));
    for (const entry of entries) if (entry.event % 5 !== 0) queue.cancel(entry);
    const taken: Entry<number>[] = [];
    for (let entry = queue.take(); entry; entry = queue.take()) taken.push(entry);
    expect(taken).toHaveLength(100);
    expect(taken).toEqual([...taken].sort((a, b) => a.time - b.time || a.sequence - b.sequence));
  });
});
