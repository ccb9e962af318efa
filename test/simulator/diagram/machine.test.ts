import { describe, expect, it } from "vitest";
import { createMachine } from "xstate";
import { machineToDot, renderDot } from "../../../simulator/diagram/index.ts";
import { describeMachine } from "../../../simulator/diagram/machine/describe.ts";
import { exampleMachine } from "./example-machine.ts";

describe("the description of a machine", () => {
  it("names states, events, guards and actions as the definition does", () => {
    const { states } = describeMachine(exampleMachine);
    const [empty, open, closed] = states;
    expect(states.map(({ path, kind }) => [path.join("."), kind])).toEqual([
      ["empty", "atomic"],
      ["open", "compound"],
      ["closed", "final"],
    ]);
    expect(empty?.transitions).toEqual([
      { event: "ask", guard: "isAllowed and not isBusy", actions: [], targets: [["open"]] },
    ]);
    expect(open?.transitions).toEqual([
      { event: "any other", guard: "", actions: ["refuse(unknown)"], targets: [] },
    ]);
    expect(open?.states[0]?.transitions).toEqual([
      { event: "update", guard: "isForAnotherEpoch", actions: ["refuse(wrongEpoch)"], targets: [] },
      { event: "update", guard: "", actions: ["assign", "fanOut"], targets: [["open", "busy"]] },
      { event: "ask", guard: "isAllowed", actions: [], targets: [["open", "busy"]] },
    ]);
    expect(closed?.transitions).toEqual([]);
  });

  it("shows timers as events, and not the actions that run them", () => {
    const busy = describeMachine(exampleMachine).states[1]?.states[1];
    expect(busy?.transitions.map(({ event, guard }) => [event, guard])).toEqual([
      ["answer", ""],
      ["after 1000", ""],
      ["", "isBusy"],
    ]);
    expect([busy?.entry, busy?.exit]).toEqual([[], ['say <"hello"> & go']]);
  });
});

describe("the DOT of a machine", () => {
  it("has each state once, and an edge for each pair of states between which there is a transition", () => {
    const dot = machineToDot(exampleMachine);
    const nodes = [...dot.matchAll(/^ *("[^"]+") \[(?!shape=point)/gm)].map(([, name]) => name);
    const edges = [...dot.matchAll(/^ *("[^"]+" -> "[^"]+")/gm)].map(([, edge]) => edge);
    expect(nodes).toEqual(['"in any state"', '"empty"', '"open.idle"', '"open.busy"', '"closed"']);
    expect(edges).toEqual([
      '" start" -> "empty"',
      '"open start" -> "open.idle"',
      '"in any state" -> "closed"',
      '"empty" -> "open start"',
      '"open.idle" -> "open.busy"',
      '"open.busy" -> "open.idle"',
    ]);
  });

  it("is the same whenever it is written", () => {
    expect(machineToDot(exampleMachine)).toBe(machineToDot(exampleMachine));
  });

  it("is laid out by Graphviz, with every name and label in the picture", async () => {
    const svg = await renderDot(machineToDot(exampleMachine));
    for (const text of [
      "idle",
      "update [isForAnotherEpoch] / refuse(wrongEpoch)",
      "after 1000",
      "in any state",
    ]) {
      expect(svg).toContain(text);
    }
    expect(svg).toContain(">exit / say &lt;&quot;hello&quot;&gt; &amp; go</text>");
    expect(svg).not.toMatch(/<image|href="http|url\(/);
  });

  it("is laid out for a machine with parallel states, and for one without states", async () => {
    const parallel = createMachine({
      id: 'two "at" once',
      type: "parallel",
      states: { left: { initial: "a", states: { a: { on: { go: "b" } }, b: {} } }, right: {} },
    });
    expect(await renderDot(machineToDot(parallel))).toContain(">left</text>");
    const stateless = createMachine({ id: "log", on: { append: { actions: "keep" } } });
    expect(await renderDot(machineToDot(stateless))).toContain(">append / keep</text>");
  });

  it("is refused by Graphviz with its own message where it is not DOT", async () => {
    await expect(renderDot("digraph {")).rejects.toThrow(/syntax error/);
  });
});
