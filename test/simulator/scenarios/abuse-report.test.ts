/** A report that is changed on its way proves nothing that the hub has not franked. protocol-06 §5.9 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitFlip } from "../../../simulator/faults/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { TraceEvent } from "../../../simulator/trace/index.ts";

const told = scenarios.get("abuse-report");
if (told === undefined) throw new Error("abuse-report is not among the scenarios");
const bob = "mimi://b.example/u/bob";
const report = run(told, { seed: 1, mls: "symbolic" }).trace.events.find(
  (event): event is TraceEvent<"send"> => event.type === "send" && event.operation === "reportAbuse",
);

interface Counted {
  readonly alleged: string;
  readonly messages: number;
}

describe("an abuse report with one bit flipped between provider and hub", () => {
  it("is refused, or counts for nobody but Bob's own message (any octet and bit)", () => {
    if (report === undefined) throw new Error("nobody reports");
    fc.assert(
      fc.property(fc.nat(report.size - 1), fc.nat(7), (byte, bit) => {
        const { trace } = run(told, {
          seed: 1,
          mls: "symbolic",
          policies: [bitFlip({ message: report.id, byte, bit })],
        });
        const end = trace.events.at(-1);
        const hub = end?.type === "end" ? end.states.find(({ actor }) => actor === "a.example") : undefined;
        const rooms = (hub?.state["reports"] ?? []) as unknown as readonly { counted: readonly Counted[] }[];
        for (const { alleged, messages } of rooms.flatMap(({ counted }) => counted)) {
          if (messages > 0) expect(alleged).toBe(bob);
        }
      }),
      { numRuns: 60 },
    );
  });
});
