/** Runs with a server that does not show at its connections who it is. protocol-06 §4.1 */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";

const kick = scenarios.get("kick");
if (kick === undefined) throw new Error("kick is not among the scenarios");

function told(variant: string) {
  if (kick === undefined) throw new Error("no story");
  return run(kick, { seed: 1, mls: "symbolic", variants: [parseChoice(variant)] }).trace.events;
}

describe("a server that does not prove its domain", () => {
  it.each([
    ["provider-shows-no-certificate@b.example", "unauthenticated"],
    ["provider-shows-hosts-certificate@b.example", "wrongCertificate"],
  ])("is refused everywhere, and can follow no room: %s", (variant, code) => {
    const events = told(variant);
    const codes = events.flatMap((event) => (event.type === "noticed" ? [event.error.code] : []));
    expect(codes).toContain(code);
    const unmet = events.flatMap((event) => (event.type === "check" && !event.holds ? [event.property] : []));
    expect(unmet).toContain("story");
    const inRoom = events.filter((event) => event.type === "epoch" && event.actor.startsWith("mimi://b."));
    expect(inRoom).toEqual([]);
  });
});
