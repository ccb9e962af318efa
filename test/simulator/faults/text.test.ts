/** Faults as text, and swarms of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FaultTextError,
  faultForms,
  formatFault,
  parseFault,
  swarm,
} from "../../../simulator/faults/index.ts";

const providers = ["a.example", "b.example", "c.example"];
const clients = ["mimi://a.example/d/A1", "mimi://b.example/d/B1"];

function refusal(text: string): string {
  try {
    parseFault(text);
  } catch (error) {
    if (error instanceof FaultTextError) return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe("a fault's text", () => {
  it.each(faultForms.map(([form]) => form))("%s is read, and written so that it is read again", (form) => {
    const fault = parseFault(form);
    expect(parseFault(formatFault(fault))).toEqual(fault);
  });

  it("leaves out what is usual", () => {
    expect(parseFault("loss(5%)")).toEqual({
      type: "loss",
      rate: 50_000,
      link: { from: "*", to: "*" },
      of: "all",
      window: { from: 0, until: undefined },
    });
  });

  it("takes what it needs in any order", () => {
    expect(parseFault("loss(5%, answers, a.example>*)")).toEqual(parseFault("loss(5%,a.example>*,answers)"));
  });

  it.each([
    ["", "is no fault; there are loss, duplicate"],
    ["rain(5%)", "is no fault"],
    ["loss", "is no fault"],
    ["loss()", "is no rate"],
    ["loss(-5%)", "is no rate"],
    ["loss(101%)", "is no rate"],
    ["loss(5)", "is no rate"],
    ["loss(5%, a.example)", "is no link"],
    ["loss(5%, a>b, b>a)", "is no link"],
    ["delay(5%)", "is no latency"],
    ["delay(5%, uniform(3s,1s))", "the least latency comes first"],
    ["partition(a.example)@1s-2s", "two groups"],
    ["crash(a.example)", "it has to end"],
    ["failover(a.example)", "it has to end"],
    ["rebatch(a.example)@1s-2s", "the whole run"],
    ["crash()@1s-2s", "nobody's name"],
    ["cut(a>b)@5s-1s", "ends before it begins"],
    ["cut(a>b)@soon", "is no time"],
    ["skew(a.example, tomorrow)", "is no duration"],
    ["skew(a.example, 1s, fast)", "is no drift"],
  ])("is refused as %j", (text, says) => expect(refusal(text)).toContain(says));

  it("never makes the parser throw anything else", () => {
    const pieces = fc.constantFrom(
      "loss",
      "cut",
      "(",
      ")",
      "%",
      ",",
      "5",
      ">",
      "@",
      "1s",
      "-",
      "a.example",
      "|",
      "+",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join("")),
        ),
        (text) => {
          try {
            parseFault(text);
          } catch (error) {
            expect(error).toBeInstanceOf(FaultTextError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("a swarm", () => {
  const setting = { providers, clients, healsAt: 20_000_000 };

  it("is the same for a seed, can be written down, and ends when it should but for what lasts", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const faults = swarm(seed, setting);
        expect(swarm(seed, setting)).toEqual(faults);
        expect(faults.map(formatFault).map(parseFault)).toEqual(faults);
        for (const { type, window } of faults) {
          if (type !== "skew" && type !== "rebatch")
            expect(window.until).toBeLessThanOrEqual(setting.healsAt);
        }
      }),
    );
  });

  it("has every kind of fault in some of a hundred seeds, and none of them in others", () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 100; seed++) {
      for (const type of new Set(swarm(seed, setting).map((fault) => fault.type))) {
        seen.set(type, (seen.get(type) ?? 0) + 1);
      }
    }
    expect([...seen.keys()].toSorted()).toEqual(
      [
        "clog",
        "crash",
        "cut",
        "delay",
        "duplicate",
        "failover",
        "loss",
        "offline",
        "partition",
        "rebatch",
        "reorder",
        "skew",
      ].toSorted(),
    );
    for (const count of seen.values()) expect(count).toBeLessThan(100);
  });
});
