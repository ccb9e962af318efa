import { describe, expect, it } from "vitest";
import { stateName } from "../../../spec-model/machine.ts";
import { requestMachine } from "../../../spec-model/participant/index.ts";
import { counting } from "../../machine-coverage.ts";

const counted = counting(requestMachine);
const answered = (status: number) => ({ type: "answered", status }) as const;
const timeout = { type: "timeout" } as const;
const retryDue = { type: "retryDue" } as const;

function run(repeatable: boolean, ...events: Parameters<typeof counted.run>[0]) {
  const { snapshot, effects } = counted.run(events, { name: "update", repeatable });
  return { state: stateName(snapshot), effects };
}

describe("a client's request", () => {
  it("is done with an answer, whatever it says", () => {
    expect(run(true, answered(200))).toMatchObject({ state: "answered", effects: [{ type: "takeAnswer" }] });
    expect(run(true, answered(404)).state).toBe("answered");
  });

  it("is sent again where no server could answer, later each time", () => {
    expect(run(true, answered(504)).effects).toMatchObject([{ type: "wait", afterMs: 1000 }]);
    expect(run(true, timeout, retryDue).effects).toMatchObject([{ type: "send" }]);
    expect(run(true, timeout, retryDue, timeout).effects).toMatchObject([{ type: "wait", afterMs: 2000 }]);
  });

  it("takes the answer to an earlier attempt, late", () => {
    expect(run(true, timeout, answered(200)).state).toBe("answered");
    expect(run(true, timeout, answered(504)).state).toBe("awaitingRetry");
  });

  it("is of unknown outcome in the end, and at once where it may not be repeated", () => {
    const failing = Array.from({ length: 4 }, () => [timeout, retryDue]).flat();
    expect(run(true, ...failing, timeout)).toMatchObject({
      state: "unknown",
      effects: [{ type: "reportUnknown" }],
    });
    expect(run(true, ...failing, answered(503)).state).toBe("unknown");
    expect(run(false, timeout).state).toBe("unknown");
    expect(run(false, answered(502)).state).toBe("unknown");
  });

  it("has had every state and every branch in these tests", () => {
    expect(counted.unvisited()).toEqual([]);
    expect(counted.untaken()).toEqual([]);
  });
});
