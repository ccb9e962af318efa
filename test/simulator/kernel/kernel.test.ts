import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKernel, type Kernel } from "../../../simulator/kernel/index.ts";

function recorder() {
  const seen: [number, string][] = [];
  const kernel: Kernel<string> = createKernel({ handle: (event, at) => seen.push([at, event]) });
  return { kernel, seen };
}

describe("a kernel", () => {
  it("lets events happen in the order of their times, and of scheduling at equal times", () => {
    const { kernel, seen } = recorder();
    kernel.at(20, "late");
    kernel.at(10, "first at 10");
    kernel.after(10, "second at 10");
    kernel.after(0, "now");
    expect(kernel.run()).toEqual({ stopped: "empty", steps: 4, now: 20, pending: 0 });
    expect(seen).toEqual([
      [0, "now"],
      [10, "first at 10"],
      [10, "second at 10"],
      [20, "late"],
    ]);
  });

  it("stands at the time of the event that happens", () => {
    const times: number[] = [];
    const kernel: Kernel<number> = createKernel({
      handle(left) {
        times.push(kernel.now());
        if (left > 0) kernel.after(7, left - 1);
      },
    });
    kernel.at(5, 3);
    kernel.run();
    expect(times).toEqual([5, 12, 19, 26]);
  });

  it("does not let a cancelled event happen", () => {
    const { kernel, seen } = recorder();
    const ticket = kernel.at(1, "cancelled");
    kernel.at(2, "kept");
    expect(kernel.cancel(ticket)).toBe(true);
    expect(kernel.cancel(ticket)).toBe(false);
    expect(kernel.pending()).toBe(1);
    kernel.run();
    expect(seen).toEqual([[2, "kept"]]);
  });

  it("says that an event which happened can no longer be cancelled", () => {
    const { kernel } = recorder();
    const ticket = kernel.at(1, "happens");
    kernel.run();
    expect(kernel.cancel(ticket)).toBe(false);
  });

  it("ends with a report when a model schedules for ever", () => {
    const kernel: Kernel<null> = createKernel({ handle: () => kernel.after(0, null) });
    kernel.at(0, null);
    expect(kernel.run({ maxSteps: 1000 })).toEqual({ stopped: "steps", steps: 1000, now: 0, pending: 1 });
  });

  it("stops where the predicate holds, and goes on from there", () => {
    const { kernel, seen } = recorder();
    for (const time of [1, 2, 3]) kernel.at(time, `at ${time}`);
    expect(kernel.run({ until: () => seen.length === 2 })).toMatchObject({
      stopped: "until",
      steps: 2,
      now: 2,
    });
    expect(kernel.run()).toMatchObject({ stopped: "empty", steps: 1, now: 3 });
  });

  it("stops at a time, with the clock there and later events pending", () => {
    const { kernel, seen } = recorder();
    kernel.at(10, "in time");
    kernel.at(31, "too late");
    expect(kernel.run({ untilTime: 30 })).toEqual({ stopped: "time", steps: 1, now: 30, pending: 1 });
    expect(seen).toEqual([[10, "in time"]]);
  });

  it("gives the same run in pieces as in one go", () => {
    const program = fc.array(fc.tuple(fc.nat(50), fc.nat(3)), { maxLength: 30 });
    fc.assert(
      fc.property(program, fc.array(fc.nat(5)), (events, pieces) => {
        const seenInPieces: unknown[] = [];
        const seenAtOnce: unknown[] = [];
        const kernelOf = (seen: unknown[]) => {
          const kernel: Kernel<number> = createKernel({
            handle(children, at) {
              seen.push([at, children]);
              for (let child = 0; child < children; child++) kernel.after(child * 3, child);
            },
          });
          for (const [time, children] of events) kernel.at(time, children);
          return kernel;
        };
        const pieceKernel = kernelOf(seenInPieces);
        for (const maxSteps of pieces) pieceKernel.run({ maxSteps });
        pieceKernel.run();
        kernelOf(seenAtOnce).run();
        expect(seenInPieces).toEqual(seenAtOnce);
      }),
    );
  });

  it("refuses times that are past, negative or no integers", () => {
    const { kernel } = recorder();
    kernel.at(10, "past");
    kernel.run();
    expect(() => kernel.at(9, "x")).toThrow(/cannot schedule at 9/);
    expect(() => kernel.at(10.5, "x")).toThrow(RangeError);
    for (const delay of [-1, Number.NaN, 0.5, 2 ** 53])
      expect(() => kernel.after(delay, "x")).toThrow(RangeError);
  });
});
