/** The phases of runs that figures are compared with. */
import { describe, expect, it } from "vitest";
import { flowsOf } from "../../../simulator/flows/index.ts";

describe("the flows of a revision", () => {
  const flows = flowsOf("protocol-06");

  it("are the phases of the scenario that plays its example", () => {
    expect(flows.map(({ title }) => title)).toEqual(
      expect.arrayContaining(["Alice adds Bob to the room", "Cathy sends a message", "Bob leaves the room"]),
    );
  });

  it("have requests by their endpoints, answers by their status, and the rest as local, with the actors' names", () => {
    const { messages = [] } = flows.find(({ title }) => title === "Cathy sends a message") ?? {};
    const shown = messages.map(({ from, to, what }) => `${from}->${to}: ${what}`);
    expect(shown).toEqual(
      expect.arrayContaining(["ClientC1->ServerC: local", "ServerC->ServerA: /submitMessage"]),
    );
    expect(shown).toContain("ServerB->ServerA: 201");
  });

  it("are none where no scenario plays any", () => {
    expect(flowsOf("arch-03")).toEqual([]);
  });
});
