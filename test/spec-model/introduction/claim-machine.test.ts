import { describe, expect, it } from "vitest";
import { type ClaimEvent, claimMachine } from "../../../spec-model/introduction/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const machine = counting(claimMachine);

function run(...events: readonly ClaimEvent[]) {
  const next = machine.run(events);
  return { state: stateName(next.snapshot), effects: next.effects.map((effect) => effect.type) };
}
const ask: ClaimEvent = { type: "ask" };
const answered = (userStatus: string): ClaimEvent => ({ type: "answered", userStatus, keyPackages: 1 });

describe("a claim of key material", () => {
  it.each([
    ["success", "claimed"],
    ["partialSuccess", "partlyClaimed"],
    ["noConsent", "refused"],
    ["userUnknown", "refused"],
  ])("answered %s is %s", (code, state) => {
    expect(run(ask, answered(code)).state).toBe(state);
  });

  it("is spent once its KeyPackages are in a commit, and can then be asked again", () => {
    expect(run(ask, answered("success"), { type: "used" }).state).toBe("spent");
    expect(run(ask, answered("success"), { type: "used" }, ask)).toEqual({
      state: "asked",
      effects: ["requestKeyMaterial"],
    });
  });

  it("is refused where no answer comes, and can be asked again after a refusal", () => {
    expect(run(ask, { type: "failed", text: "no answer" })).toEqual({
      state: "refused",
      effects: ["reportRefusal"],
    });
    expect(run(ask, answered("noConsent"), ask).state).toBe("asked");
  });

  it("is spent also where some clients had no material", () => {
    expect(run(ask, answered("partialSuccess"), { type: "used" }).state).toBe("spent");
  });

  it("has been in every state and taken every branch", () => {
    expect(machine.unvisited()).toEqual([]);
    expect(machine.untaken()).toEqual([]);
  });
});
