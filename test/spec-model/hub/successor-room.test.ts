import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import {
  chapter,
  client,
  ending,
  noticed,
  person,
  room,
  scenario,
} from "../../../simulator/scenario/index.ts";
import { a1, acquaintance, serverA } from "../../../simulator/scenarios/cast.ts";
import { exampleRoom, roles } from "../../../simulator/scenarios/setups.ts";

const [club, next] = [room("club", serverA), room("club-2", serverA)];
const setup = exampleRoom("strict", serverA, roles.superAdmin);
const d1 = client("ClientD1", person("Dora", serverA));

/** What the hub finds wrong where Alice ends her room and `moment` follows. */
function wrong(moment: ReturnType<typeof a1.founds>): string[] {
  const story = scenario(
    "successor",
    "A room ends in favour of another one",
    { providers: [serverA], clients: [a1, d1] },
    acquaintance(serverA),
    chapter("A room ends", "RFC 9420 §11.2", a1.creates(club, setup), a1.reInitialises(club, next), moment),
    ending(noticed()),
  );
  const { trace } = run(story, { seed: 1, mls: "symbolic" });
  return trace.events.flatMap((event) => (event.type === "noticed" ? [`${event.error.code}: ${event.error.text}`] : []));
}

describe("the room that a ReInit has announced", () => {
  it("is hosted as its member founds it", () => {
    expect(wrong(a1.founds(next, club))).toEqual([]);
  });

  it("is not hosted as somebody founds it who was not in the group that was closed", () => {
    expect(wrong(d1.creates(next, setup))).toEqual([
      expect.stringMatching(/^successor-as-announced: .* its founder was not a member$/),
    ]);
  });

  it("is not hosted with other parameters, whoever founds it", () => {
    expect(wrong(a1.creates(next, exampleRoom("moderated", serverA, 6)))).toEqual([
      expect.stringMatching(/^successor-as-announced: .* it is not as announced$/),
    ]);
  });
});
