/** Consent at the target's provider: rows U1 to U5 of the transition tables. protocol-06 §5.7 and §8 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConsentEvent, consentMachine, type Scope } from "../../../spec-model/consent/index.ts";
import { begin, stateName, step } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const scope: Scope = {
  requester: "mimi://a.example/u/alice",
  target: "mimi://b.example/u/bob",
  room: undefined,
};
const input = { scope, policy: { tellsRevocations: false } };
const machine = counting(consentMachine);
const request: ConsentEvent = { type: "request", isDeniedForAnyRoom: false };
const denied: ConsentEvent = { type: "request", isDeniedForAnyRoom: true };
const cancel: ConsentEvent = { type: "cancel" };
const grant: ConsentEvent = { type: "grant", order: 1 };
const revoke: ConsentEvent = { type: "revoke", order: 2 };

function having(...events: readonly ConsentEvent[]) {
  const { snapshot, effects } = machine.run(events, input);
  return { state: stateName(snapshot), effects: effects.map(({ type }) => type) };
}

describe("a consent at the target's provider", () => {
  it("U1: becomes a request that the target is shown", () => {
    expect(having(request)).toEqual({ state: "requested", effects: ["showRequest"] });
  });

  it("U1: after a revocation keeps the request, and does not show it", () => {
    expect(having(revoke, request)).toEqual({ state: "requestedAgain", effects: ["takeNoAction"] });
  });

  it("U1: for one room, does not get past a revocation for any", () => {
    expect(having(denied)).toEqual({ state: "requestedUnseen", effects: ["takeNoAction"] });
    expect(having(denied, denied)).toEqual({ state: "requestedUnseen", effects: ["takeNoAction"] });
    expect(having(denied, cancel)).toEqual({ state: "none", effects: ["takeNoAction"] });
    expect(having(denied, grant).state).toBe("granted");
  });

  it("U2: goes back to where it was when the request is taken back", () => {
    expect(having(request, cancel)).toEqual({ state: "none", effects: ["withdrawRequest"] });
    expect(having(revoke, request, cancel)).toEqual({ state: "revoked", effects: ["takeNoAction"] });
  });

  it.each([[[]], [[grant]], [[revoke]]])(
    "U3: ignores a cancel that no request came before (%j)",
    (before) => {
      const { state } = having(...before);
      expect(having(...before, cancel)).toEqual({ state, effects: ["takeNoAction"] });
    },
  );

  it.each([[[]], [[request]], [[revoke]], [[revoke, request]], [[grant]]])(
    "U4: is granted from any state, and the requester's provider is told (%j)",
    (before) => {
      expect(having(...before, grant)).toEqual({ state: "granted", effects: ["conveyGrant"] });
    },
  );

  it("U4: tells a requester again who asks for what they have", () => {
    expect(having(grant, request)).toEqual({ state: "granted", effects: ["conveyGrant"] });
  });

  it.each([[[]], [[request]], [[grant]], [[revoke, request]]])(
    "U5: is revoked from any state, and nobody is told unless the provider's policy says so (%j)",
    (before) => {
      expect(having(...before, revoke)).toEqual({ state: "revoked", effects: [] });
      const telling = { scope, policy: { tellsRevocations: true } };
      const told = machine.run([...before, revoke], telling);
      expect(told.effects.map(({ type }) => type)).toEqual(["conveyRevocation"]);
    },
  );

  it("takes any operation twice as once (any sequence)", () => {
    const operation = fc.constantFrom(request, denied, cancel, grant, revoke);
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 8 }), operation, (before, last) => {
        expect(having(...before, last, last).state).toBe(having(...before, last).state);
      }),
    );
  });

  it("is in force only by the target's own word (any sequence of the requester's)", () => {
    const operation = fc.constantFrom(request, denied, cancel);
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 8 }), (asked) => {
        expect(having(...asked).state).not.toBe("granted");
        expect(["revoked", "requestedAgain"]).toContain(having(grant, revoke, ...asked).state);
        expect(having(grant, ...asked).state).toBe("granted");
      }),
    );
  });

  it("changes no snapshot it is given", () => {
    const { snapshot } = begin(consentMachine, input);
    step(consentMachine, snapshot, grant);
    expect(stateName(snapshot)).toBe("none");
    expect(snapshot.context.decided).toBe(0);
  });

  it("has been in every state and taken every branch", () => {
    having(revoke, request, request);
    having(request, request);
    expect(machine.unvisited()).toEqual([]);
    expect(machine.untaken()).toEqual([]);
  });
});
