import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DeliveryEvent, deliveryMachine, type Sending } from "../../../spec-model/hub/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const counted = counting(deliveryMachine);
const start = counted.begin({ provider: "b.example" }).snapshot;
const restarted: DeliveryEvent = { type: "restarted" };
const queue = (item: string): DeliveryEvent => ({ type: "queue", item });
const answered = (status: number): DeliveryEvent => ({ type: "answered", status });

function run(...events: readonly DeliveryEvent[]) {
  return runFrom(start, events);
}

/** A hub that sends otherwise than the model. */
function runSending(sending: Sending, ...events: readonly DeliveryEvent[]) {
  return runFrom(counted.begin({ provider: "b.example", sending }).snapshot, events);
}

function runFrom(first: typeof start, events: readonly DeliveryEvent[]) {
  let snapshot = first;
  const sent: (readonly string[])[] = [];
  const waits: number[] = [];
  for (const event of events) {
    const next = counted.step(snapshot, event);
    for (const effect of next.effects) {
      if (effect.type === "notify") sent.push(effect["items"] as string[]);
      if (effect.type === "wake") waits.push(effect["afterMs"] as number);
    }
    snapshot = next.snapshot;
  }
  return { sent, waits, state: stateName(snapshot) };
}

describe("fan-out to one provider", () => {
  it("sends at once when nothing is under way", () => {
    expect(run(queue("0")).sent).toEqual([["0"]]);
  });

  it("holds what comes while a request waits for its answer, then sends it together", () => {
    expect(run(queue("0"), queue("1"), queue("2"), answered(201)).sent).toEqual([["0"], ["1", "2"]]);
  });

  it("repeats the same items until they are answered 201", () => {
    const { sent } = run(queue("0"), answered(503), queue("1"), { type: "retryDue" }, answered(201));
    expect(sent).toEqual([["0"], ["0"], ["1"]]);
  });

  it("waits longer after each failure, and as long as the follower asks", () => {
    const { waits } = run(queue("0"), { type: "unanswered" }, { type: "retryDue" }, { type: "unanswered" });
    expect(waits).toEqual([500, 1000]);
    expect(run(queue("0"), { type: "answered", status: 503, retryAfterMs: 7000 }).waits).toEqual([7000]);
  });

  it("waits for the room's next event after twelve attempts, and then delivers all", () => {
    const failing = Array.from({ length: 12 }, () => [
      { type: "unanswered" } as const,
      { type: "retryDue" } as const,
    ]);
    const { state, sent } = run(queue("0"), ...failing.flat());
    expect(state).toBe("suspended");
    expect(sent).toHaveLength(12);
    const resumed = run(queue("0"), ...failing.flat(), queue("1"), answered(201), answered(201));
    expect(resumed.sent.slice(-2)).toEqual([["0"], ["1"]]);
    expect(resumed.state).toBe("idle");
  });

  it("sends again what was under way when the hub stopped, with the same items", () => {
    expect(run(queue("0"), queue("1"), restarted).sent).toEqual([["0"], ["0"]]);
    expect(run(queue("0"), answered(503), restarted).sent).toEqual([["0"], ["0"]]);
    expect(run(restarted).sent).toEqual([]);
    const failing = Array.from({ length: 12 }, () => [answered(503), { type: "retryDue" } as const]).flat();
    expect(run(queue("0"), ...failing, restarted)).toMatchObject({ state: "awaitingAnswer" });
  });

  it("sends each event at once where the hub does not wait, and again what nobody has taken", () => {
    const took = (...items: string[]): DeliveryEvent => ({ type: "answered", status: 201, items });
    const parallel = (...events: DeliveryEvent[]) => runSending({ order: "parallel" }, ...events);
    expect(parallel(queue("0"), queue("1"), queue("2")).sent).toEqual([["0"], ["1"], ["2"]]);
    expect(parallel(queue("0"), queue("1"), took("1"), took("0")).state).toBe("idle");
    const failing = parallel(queue("0"), queue("1"), answered(503), took("1"), { type: "retryDue" });
    expect(failing).toMatchObject({ sent: [["0"], ["1"], ["0"]], state: "awaitingAnswer" });
  });

  it("sends again with everything that has come since, where the hub makes other batches", () => {
    const rebatching = { retries: "withTheRest" } as const;
    const { sent } = runSending(rebatching, queue("0"), answered(503), queue("1"), { type: "retryDue" });
    expect(sent).toEqual([["0"], ["0", "1"]]);
  });

  it("delivers everything once and in order, whatever the answers are (any events)", () => {
    const step4 = fc.constantFrom<DeliveryEvent>(
      answered(201),
      answered(503),
      { type: "unanswered" },
      { type: "retryDue" },
      restarted,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant("queue" as const), step4), { maxLength: 40 }), (steps) => {
        let items = 0;
        const events = steps.map((each) => (each === "queue" ? queue(String(items++)) : each));
        // Then every request is answered at last; one more event wakes a suspended delivery.
        events.push(queue(String(items++)));
        const rest = Array.from({ length: 2 * items + 2 }, () => [
          { type: "retryDue" } as const,
          answered(201),
        ]).flat();
        const { sent, state } = run(...events, ...rest);
        const firstTimes = sent.flat().filter((item, i, all) => all.indexOf(item) === i);
        expect(firstTimes).toEqual(Array.from({ length: items }, (_, i) => String(i)));
        expect(state).toBe("idle");
      }),
    );
  });

  it("has had every state and every branch in these tests", () => {
    expect(counted.unvisited()).toEqual([]);
    expect(counted.untaken()).toEqual([]);
  });
});
