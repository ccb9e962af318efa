/** A room in which everything happens that adversaries wait for: a member adds, joins, renames, writes, leaves. */

import { parseFault } from "../../../simulator/faults/index.ts";
import { chapter, client, person, room, type Scenario, scenario } from "../../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  bob,
  c1,
  cathy,
  exampleRoom,
  gathering,
  roles,
  serverA,
  serverB,
  serverC,
} from "../../../simulator/scenarios/index.ts";
import { trialOf, tryOut, violationsIn } from "../../../simulator/search/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";

export const club = room("club", serverA);
export const a2 = client("ClientA2", alice);
export const dora = person("Dora", serverC);
export const d1 = client("ClientD1", dora);
export const d2 = client("ClientD2", dora);
export const eve = person("Eve", serverB);
export const e1 = client("ClientE1", eve);

/** Bob is the one who may be dishonest. */
export const dishonestRoom: Scenario = scenario(
  "dishonest-room",
  "Bob adds Dora, renames the room and writes; Alice's new device joins; Cathy leaves",
  { providers: [serverA, serverB, serverC], clients: [a1, a2, b1, c1, d1, d2, e1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.admin },
    { person: cathy, clients: [c1], role: roles.ordinary },
    { person: eve, clients: [e1], role: roles.ordinary },
  ),
  chapter(
    "Alice and Bob write",
    "protocol-06 §5.4",
    a1.writes(club, "One."),
    b1.writes(club, "Two."),
    b1.writes(club, "Three."),
  ),
  chapter("Bob renames the room", "protocol-06 §5.3", b1.renames(club, "The Club")),
  chapter(
    "Bob adds Dora",
    "protocol-06 §5.3",
    [d1.publishes(1), d2.publishes(1)],
    b1.fetches(dora, club),
    b1.adds(dora, club, roles.ordinary),
  ),
  chapter("Cathy leaves", "protocol-06 §3.5", c1.leaves(club), b1.commits(club)),
  chapter("Alice's new device joins", "protocol-06 §5.6", a2.joins(club)),
  chapter(
    "Everybody writes",
    "protocol-06 §5.4",
    a1.writes(club, "Four."),
    b1.writes(club, "Five."),
    d1.writes(club, "Six."),
  ),
);

/** What a run of `scenario` with these variants comes to. */
export function outcomeOf(story: Scenario, mls: "real" | "symbolic", ...texts: readonly string[]) {
  return outcomeUnder([], story, mls, ...texts);
}

/** The same with faults, whose end brings everybody back, to commit what is pending. */
export function outcomeUnder(
  faults: readonly string[],
  story: Scenario,
  mls: "real" | "symbolic",
  ...texts: readonly string[]
) {
  const variants = texts.map(parseChoice);
  const trial = { mls, latency: "constant(20ms)", variants, faults: faults.map(parseFault) };
  const made = tryOut(trialOf(story, trial));
  const { trace } = made;
  const violations = violationsIn(made);
  const broken = [...new Set(violations.map(({ property }) => property))].toSorted();
  const noticed = [
    ...new Set(trace.events.flatMap((event) => (event.type === "noticed" ? [`${event.error.code}`] : []))),
  ].toSorted();
  const refused = trace.events.flatMap((event) =>
    event.type === "decision" && /refuses/.test(event.text) ? [event.text] : [],
  );
  const shown = trace.events.flatMap((event) =>
    event.type === "shown" ? [`${event.actor.split("/").at(-1)} ${event.text}`] : [],
  );
  return { broken, noticed, refused, shown, trace };
}
