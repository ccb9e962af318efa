import { describe, expect, it } from "vitest";
import { type ClaimEvent, claimMachine } from "../../../spec-model/introduction/index.ts";
import { begin, stateName, step } from "../../../spec-model/machine.ts";

function run(...events: readonly ClaimEvent[]) {
  let next = begin(claimMachine, undefined);
  for (const event of events) next = step(claimMachine, next.snapshot, event);
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
});
