/** How the requirements of a draft are written down: one call a row, named by its level. */
import type { Actor, Level, Requirement, Testability } from "./requirement.ts";

/** A row: `5.3-wrong-epoch`, whom it binds, how it is tested, what it says, and its sentences' fingerprints. */
type Row = (
  place: string,
  actors: Actor | readonly Actor[],
  testable: Testability,
  says: string,
  ...fingerprints: readonly [string, ...string[]]
) => Requirement;

/** The kinds of rows of `draft`, a short name as `protocol-06`. */
export function rowsOf(draft: string) {
  const row =
    (level: Level): Row =>
    (place, actors, testable, says, ...fingerprints) => ({
      id: `${draft.replace(/-\d+$/, "")}-${place}`,
      draft,
      section: place.slice(0, place.indexOf("-")),
      actors: typeof actors === "string" ? [actors] : actors,
      level,
      testable,
      says,
      fingerprints,
    });
  return {
    must: row("MUST"),
    mustNot: row("MUST NOT"),
    required: row("REQUIRED"),
    should: row("SHOULD"),
    shouldNot: row("SHOULD NOT"),
    recommended: row("RECOMMENDED"),
    notRecommended: row("NOT RECOMMENDED"),
    may: row("MAY"),
    declared: row("declared"),
  };
}
