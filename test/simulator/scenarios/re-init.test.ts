/** Founding the group that follows a ReInit: who can, and whom it takes. RFC 9420 §11.2 and §12.4.3.1 */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";

const told = scenarios.get("re-init-with-guests");
if (told === undefined) throw new Error("re-init-with-guests is not among the scenarios");
const cathy = "mimi://c.example/u/cathy";

function texts(scenario: Scenario) {
  const { events } = run(scenario, { seed: 1, mls: "symbolic" }).trace;
  return {
    decided: events.flatMap((event) => (event.type === "decision" ? [event.text] : [])),
    noticed: events.flatMap((event) => (event.type === "noticed" ? [event.error.code] : [])),
  };
}

/** The story without the moments in which somebody claims Cathy's key material for the next group. */
function withoutCathy(scenario: Scenario): Scenario {
  const isFetch = (intention: object) =>
    "type" in intention &&
    intention.type === "fetchKeyMaterial" &&
    "user" in intention &&
    intention.user === cathy;
  const chapters = scenario.chapters.map((chapter) =>
    chapter.title === "Alice founds it and gathers everybody"
      ? {
          ...chapter,
          moments: chapter.moments.filter((all) => !all.some(({ intention }) => isFetch(intention))),
        }
      : chapter,
  );
  return { ...scenario, chapters, outcomes: [] };
}

describe("the group that follows a ReInit", () => {
  it("is founded by no client of a follower: it has no way to give it to the hub", () => {
    expect(texts(told).decided).toContain(
      "has no way to give the hub of mimi://a.example/r/club another group, and waits for one of its clients",
    );
  });

  it("takes everybody who was in the one before, or is not begun", () => {
    const { decided, noticed } = texts(withoutCathy(told));
    expect(decided).toContain(
      "cannot do what is wanted: there is no key material of mimi://c.example/d/cathy/ClientC1",
    );
    // Nobody is given a Welcome that it would have to refuse.
    expect(noticed).not.toContain("successorMembers");
  });
});
