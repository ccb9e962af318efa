/** Checks of lists that say what an enumeration's values mean: they name its values, and all of them. */
import type { Analysed } from "../analysis/index.ts";
import { type Place, type Prose, placeIn, textOfLines } from "../document/index.ts";
import type { Enum } from "../tls/symbols.ts";
import type { CheckContext } from "./context.ts";

interface Item {
  readonly name: string;
  readonly place: Place;
}

/** Values that nobody has to explain. */
const filler = /^(?:reserved|unassigned|unused|private|experimental|grease|default)/i;

export function checkEnumLists({ drafts, report }: CheckContext): void {
  for (const analysed of drafts) {
    const enums = enumsOf(analysed);
    if (enums.size === 0) continue;
    const { prose } = analysed.draft;
    for (const [i, paragraph] of prose.entries()) {
      const isAnnouncing = paragraph.depth === 0 && paragraph.lines.at(-1)?.text.trimEnd().endsWith(":");
      const found = isAnnouncing ? announcedIn(paragraph, enums) : undefined;
      if (found === undefined) continue;
      const items = itemsBehind(prose, i);
      const { foreign, silent } = compared(found, items);
      const { section } = paragraph;
      for (const { name, place } of foreign)
        report("tls-enum-described", place, name, `${found.name.name} has no value ${name}`, { section });
      const [line] = paragraph.lines;
      if (silent.length === 0 || foreign.length > 0 || line === undefined) continue;
      const message = `the list does not say what ${silent.join(", ")} of ${found.name.name} means`;
      report("tls-enum-described", placeIn(line), silent.join(", "), message, { section });
    }
  }
}

function enumsOf({ tls }: Analysed): Map<string, Enum> {
  const found = tls.flatMap(({ parsed }) =>
    parsed.definitions.flatMap((each) => (each.kind === "enum" ? [each] : [])),
  );
  return new Map(found.map((each) => [each.name.name, each]));
}

/** The enumeration whose values a list behind this paragraph explains. */
function announcedIn({ lines }: Prose, enums: ReadonlyMap<string, Enum>): Enum | undefined {
  const text = textOfLines(lines).trimEnd();
  if (!text.endsWith(":") || !/\b(?:semantics|values?|codes?|meanings?)\b/i.test(text)) return undefined;
  const named = [...new Set(text.match(/\w+/g) ?? [])].flatMap((word) => enums.get(word) ?? []);
  return named.length === 1 ? named[0] : undefined;
}

/** The names that the items of the list begin with; none, where one begins with something else. */
function itemsBehind(all: readonly Prose[], at: number): Item[] {
  const items: Item[] = [];
  for (let i = at + 1; i < all.length; i++) {
    const each = all[i];
    if (each === undefined || each.section !== all[at]?.section || each.depth === 0) break;
    const [line] = each.lines;
    // Remarks that are set apart look like items in some forms.
    if (/^[*_]*(?:ISSUE|TODO|NOTE|OPEN)\b/.test(line?.text ?? "")) break;
    const match = /^[`"*_]*([a-z]\w+)[`"*_]*(?=[\s:,(-])/i.exec(line?.text ?? "");
    if (each.depth > 1) continue;
    if (line === undefined || match === null) return [];
    items.push({ name: match[1] ?? "", place: placeIn(line, match[0].indexOf(match[1] ?? "")) });
  }
  return items;
}

/** Only where most of what is listed are values: else it is another list. */
function compared({ values }: Enum, items: readonly Item[]): { foreign: Item[]; silent: string[] } {
  const names = values.map(({ name }) => name);
  const foreign = items.filter(({ name }) => !names.includes(name));
  if (items.length < 2 || foreign.length * 2 > items.length) return { foreign: [], silent: [] };
  const listed = new Set(items.map(({ name }) => name));
  return { foreign, silent: names.filter((name) => !listed.has(name) && !filler.test(name)) };
}
