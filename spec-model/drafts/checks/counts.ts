/** Checks of counts: a sentence that announces so many things, and the list that follows it. */
import { type Prose, placeIn, textOfLines } from "../document/index.ts";
import type { CheckContext } from "./context.ts";

const numbers = new Map(
  ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"].map(
    (word, i) => [word, i + 2],
  ),
);
/** `... in three steps:`, with no further noun between the number and the colon than the one that is counted. */
const announced = new RegExp(
  `\\b(${[...numbers.keys()].join("|")})\\s+(?:(?:other|new|different|distinct|main|possible|optional|required|additional|following|basic|separate)\\s+)*` +
    "(steps|ways|cases|fields|kinds|types|values|options|parts|rules|roles|conditions|requirements|operations|components|phases|states|reasons|properties|parameters|elements|entities|modes|categories|things|items|goals|checks|actions|scenarios|approaches|methods|registries|variants|messages|structs|structures|cases)" +
    "(?:\\s+(?:are\\s+)?(?:defined|possible|below|here|as follows|used|needed|required))?\\s*:$",
  "i",
);

export function checkCounts({ drafts, report }: CheckContext): void {
  for (const { draft } of drafts) {
    for (const [i, prose] of draft.prose.entries()) {
      const isAnnouncing = prose.depth === 0 && prose.lines.at(-1)?.text.trimEnd().endsWith(":");
      const match = isAnnouncing ? announced.exec(textOfLines(prose.lines).trimEnd()) : null;
      if (match === null) continue;
      const said = numbers.get((match[1] ?? "").toLowerCase()) ?? 0;
      const count = itemsBehind(draft.prose, i);
      // Terms and their definitions are items of their own.
      if (count === 0 || count === said || count === 2 * said) continue;
      const line = prose.lines.findLast(({ text }) =>
        text.toLowerCase().includes((match[1] ?? "").toLowerCase()),
      );
      if (line === undefined) continue;
      const index = line.text.toLowerCase().lastIndexOf((match[1] ?? "").toLowerCase());
      const message = `this announces ${match[1]} ${match[2]}, and the list has ${count}`;
      report("count-differs", placeIn(line, index), `${match[1]} ${match[2]}`, message, {
        section: prose.section,
      });
    }
  }
}

/** How many items the list has that follows at once. */
function itemsBehind(all: readonly Prose[], at: number): number {
  const section = all[at]?.section;
  let count = 0;
  for (let i = at + 1; i < all.length; i++) {
    const each = all[i];
    if (each === undefined || each.section !== section || each.depth === 0) break;
    if (each.depth === 1) count++;
  }
  return count;
}
