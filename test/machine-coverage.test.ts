import { describe, expect, it } from "vitest";
import { setup } from "xstate";
import { counting } from "./machine-coverage.ts";

type Event = { readonly type: "turn"; readonly far: boolean } | { readonly type: "reset" };
const machine = setup({
  types: { events: {} as Event },
  guards: { isFar: ({ event }) => event.type === "turn" && event.far },
}).createMachine({
  id: "example",
  initial: "off",
  on: { reset: ".off" },
  states: {
    off: { on: { turn: [{ guard: "isFar", target: "on.bright" }, { target: "on.dim" }] } },
    on: { initial: "dim", states: { dim: { on: { turn: "bright" } }, bright: {} } },
  },
});

describe("counting what a test reaches of a machine", () => {
  it("names every state and every branch that no step has reached", () => {
    const all = counting(machine);
    expect(all.unvisited()).toEqual(["off", "on.dim", "on.bright"]);
    expect(all.untaken()).toEqual([
      "anywhere --reset--> off",
      "off --turn [isFar]--> on.bright",
      "off --turn--> on.dim",
      "on.dim --turn--> on.bright",
    ]);
  });

  it("tells the branches of one event apart", () => {
    const some = counting(machine);
    some.run([{ type: "turn", far: true }, { type: "reset" }]);
    expect(some.unvisited()).toEqual(["on.dim"]);
    expect(some.untaken()).toEqual(["off --turn--> on.dim", "on.dim --turn--> on.bright"]);
  });

  it("does not count an event that changes nothing", () => {
    const some = counting(machine);
    some.run([
      { type: "turn", far: true },
      { type: "turn", far: true },
    ]);
    expect(some.untaken()).toContain("on.dim --turn--> on.bright");
  });
});
