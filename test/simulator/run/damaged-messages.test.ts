/** A bit flipped in a message between providers: somebody notices, or it is in a field that nobody can verify. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitFlip } from "../../../simulator/faults/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { Trace, TraceEvent } from "../../../simulator/trace/index.ts";

const clubhouse = scenarios.get("clubhouse");
if (clubhouse === undefined) throw new Error("the clubhouse is not among the scenarios");

const sends = run(clubhouse, { seed: 1 }).trace.events.filter(
  (event): event is TraceEvent<"send"> => event.type === "send" && event.kind !== "local" && event.size > 0,
);

function noticedIn(trace: Trace): TraceEvent<"noticed">[] {
  return trace.events.filter((event): event is TraceEvent<"noticed"> => event.type === "noticed");
}

/** Whether members of a group have come to different epochs, or show different rooms. */
function disagree(trace: Trace): boolean {
  return trace.events.some(
    (event) => event.type === "check" && !event.holds && ["I01", "I35"].includes(event.property),
  );
}

/**
 * What no party of MIMI can verify: only TLS protects it. A directory names endpoints; an update's answer and the
 * envelope of a fanned-out handshake carry the hub's time; descriptions and statuses are for people.
 */
const unverifiable = ["directory document", "UpdateRoomResponse", "KeyMaterialResponse", "FanoutMessage"];

describe("a bit flipped in a message between providers", () => {
  const damage = fc
    .tuple(fc.nat(sends.length - 1), fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat(7))
    .map(([index, place, bit]) => {
      const send = sends[index] as TraceEvent<"send">;
      return { send, byte: Math.floor(place * send.size), bit };
    });

  it("is noticed with a typed error, or stands in a field that only TLS protects (any message, byte and bit)", () => {
    fc.assert(
      fc.property(damage, ({ send, byte, bit }) => {
        const { trace } = run(clubhouse, {
          seed: 1,
          policies: [bitFlip({ message: send.id, byte, bit })],
        });
        const noticed = noticedIn(trace);
        for (const { error } of noticed)
          expect(error.type).toMatch(/^(Decode|Mls|Room|Directory|Provider|Client|Hub|Policy)Error$/);
        // Clients never disagree without anybody knowing.
        if (disagree(trace)) expect(noticed).not.toEqual([]);
        if (noticed.length > 0) return;
        expect(unverifiable.some((structure) => send.summary?.startsWith(structure))).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it("in a notify reaches the clients, which refuse it, and the run's report says who", () => {
    const notify = sends.find((send) => send.operation === "notify" && send.size > 700);
    if (notify === undefined) throw new Error("the clubhouse has no notify of that size");
    const { trace } = run(clubhouse, {
      seed: 1,
      policies: [bitFlip({ message: notify.id, byte: 400, bit: 0 })],
    });
    const [first] = noticedIn(trace);
    expect(first?.error.type).toBe("MlsError");
    expect(first?.actor).toMatch(/^mimi:/);
  });
});
