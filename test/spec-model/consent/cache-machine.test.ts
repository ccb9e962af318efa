/** What the requester's provider knows of a consent: rows F9, U2, U3 and U7. protocol-06 §5.7 */
import { describe, expect, it } from "vitest";
import {
  type ConsentCacheEvent,
  type ConsentEvent,
  consentCacheMachine,
  consentMachine,
} from "../../../spec-model/consent/index.ts";
import { begin, stateName, step } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const machine = counting(consentCacheMachine);
const ask: ConsentCacheEvent = { type: "ask" };
const takeBack: ConsentCacheEvent = { type: "takeBack" };
const answered = (status: number | undefined): ConsentCacheEvent => ({ type: "answered", status });
const granted: ConsentCacheEvent = { type: "granted" };
const revoked: ConsentCacheEvent = { type: "revoked" };

function having(...events: readonly ConsentCacheEvent[]) {
  const { snapshot, effects } = machine.run(events);
  return { state: stateName(snapshot), effects: effects.map(({ type }) => type) };
}

describe("a consent at the requester's provider", () => {
  it("sends the request, and once more for whoever asks again", () => {
    expect(having(ask)).toEqual({ state: "asked", effects: ["sendRequest"] });
    expect(having(ask, ask)).toEqual({ state: "asked", effects: ["sendRequest"] });
    expect(having(revoked, ask)).toEqual({ state: "asked", effects: ["sendRequest"] });
  });

  it("learns from the answer only that the request was received", () => {
    expect(having(ask, answered(201))).toEqual({ state: "asked", effects: ["tellReceived"] });
    expect(having(ask, answered(404))).toEqual({ state: "unasked", effects: ["tellUnknown"] });
    expect(having(ask, answered(503))).toEqual({ state: "unasked", effects: ["tellFailed"] });
    expect(having(ask, answered(undefined))).toEqual({ state: "unasked", effects: ["tellFailed"] });
  });

  it("sends a cancel for a request that was made, and for no other", () => {
    expect(having(ask, takeBack)).toEqual({ state: "unasked", effects: ["sendCancel"] });
    expect(having(takeBack)).toEqual({ state: "unasked", effects: ["refuseCancel"] });
    expect(having(ask, takeBack, takeBack)).toEqual({ state: "unasked", effects: ["refuseCancel"] });
  });

  it("F9: takes grants and revocations at any time, asked for or not", () => {
    expect(having(granted)).toEqual({ state: "granted", effects: ["tellGranted"] });
    expect(having(ask, granted, revoked)).toEqual({ state: "revoked", effects: ["tellRevoked"] });
    expect(having(revoked, granted, ask)).toEqual({ state: "granted", effects: ["tellGranted"] });
  });

  it("has been in every state and taken every branch", () => {
    expect(machine.unvisited()).toEqual([]);
    expect(machine.untaken()).toEqual([]);
  });
});

describe("U7: decisions that overtake each other", () => {
  const decisions = ["grant", "revoke"] as const;
  const sequences = decisions.flatMap((a) =>
    decisions.flatMap((b) => decisions.map((c) => [a, b, c] as const)),
  );
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const;

  function authority(decided: readonly (typeof decisions)[number][]) {
    const input = {
      scope: { requester: "alice", target: "bob", room: undefined },
      policy: { tellsRevocations: true },
    };
    let { snapshot } = begin(consentMachine, input);
    decided.forEach((type, i) => {
      const event: ConsentEvent = { type, order: i + 1 };
      snapshot = step(consentMachine, snapshot, event).snapshot;
    });
    return stateName(snapshot);
  }
  const told = { grant: granted, revoke: revoked };

  it.each(sequences)("in order, the cache ends where the target's provider is: %s, %s, %s", (...decided) => {
    expect(having(...decided.map((each) => told[each])).state).toBe(authority(decided));
  });

  it("out of order, it ends elsewhere whenever the last decision is not the last to arrive and they differ", () => {
    const wrong = sequences.flatMap((decided) =>
      orders.filter((order) => {
        const arrived = order.map((i) => decided[i] ?? "grant");
        return having(...arrived.map((each) => told[each])).state !== authority(decided);
      }),
    );
    // Of 48 histories; an entry carries neither number nor time, so that the receiver cannot know better.
    expect(wrong).toHaveLength(16);
  });
});
