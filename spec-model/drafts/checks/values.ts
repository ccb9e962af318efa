/** Names with numbers that a draft has in several places: registry, schema, enumeration, list. They have to agree. */
import type { Analysed } from "../analysis/index.ts";
import type { Place, Section } from "../document/index.ts";
import { schemaBlocks } from "./cddl.ts";
import type { CheckContext } from "./context.ts";
import type { Registry } from "./registrations.ts";

interface NamedValue {
  readonly name: string;
  readonly value: number;
  readonly place: Place;
  readonly section: Section;
}

/** Two lists are about one thing when they share this many names. */
const fewestShared = 3;
const mostLists = 200;

export function checkValues(
  analysed: Analysed,
  registries: readonly Registry[],
  { report }: CheckContext,
): void {
  const lists = [
    ...registryLists(registries),
    ...schemaLists(analysed),
    ...enumLists(analysed),
    ...proseLists(analysed),
  ];
  // Comparing all with all is for drafts, not for dictionaries.
  lists.splice(mostLists);
  const told = new Set<NamedValue>();
  for (const [i, list] of lists.entries()) {
    const related = lists.filter((other, j) => j !== i && isRelated(list, other));
    for (const each of list) {
      const others = related.flatMap((other) =>
        other.filter(({ name }) => name.toLowerCase() === each.name.toLowerCase()),
      );
      const odd = oddOne([each, ...others]);
      if (odd === undefined || told.has(odd.one)) continue;
      told.add(odd.one);
      const { one, other } = odd;
      const message = `${one.name} is ${one.value} here and ${other.value} in line ${other.place.line}`;
      report("registry-value-differs", one.place, one.name, message, { section: one.section });
    }
  }
}

function isRelated(a: readonly NamedValue[], b: readonly NamedValue[]): boolean {
  const byName = new Map(b.map((each) => [each.name.toLowerCase(), each.value]));
  const shared = a.filter(({ name }) => byName.has(name.toLowerCase()));
  const agreeing = shared.filter(({ name, value }) => byName.get(name.toLowerCase()) === value).length;
  return shared.length >= fewestShared && agreeing * 2 >= shared.length;
}

/** The one that most others contradict; of two, the later one. */
function oddOne(all: readonly NamedValue[]): { one: NamedValue; other: NamedValue } | undefined {
  const count = (value: number) => all.filter((each) => each.value === value).length;
  const inText = all.toSorted((a, b) => a.place.line - b.place.line);
  const one = inText.toReversed().toSorted((a, b) => count(a.value) - count(b.value))[0];
  const other = inText.find((each) => one !== undefined && each.value !== one.value);
  return one === undefined || other === undefined ? undefined : { one, other };
}

function registryLists(registries: readonly Registry[]): NamedValue[][] {
  return registries.map(({ entries, section }) =>
    entries.flatMap(({ name, value, place }) =>
      value === undefined ? [] : [{ name, value, place, section }],
    ),
  );
}

function schemaLists(analysed: Analysed): NamedValue[][] {
  return schemaBlocks(analysed).flatMap(({ cddl, block, placeAt }) =>
    cddl.rules.flatMap(({ type }) => {
      if (type.kind !== "among" || type.of.kind !== "group") return [];
      const values = type.of.group.flat().flatMap(({ label, type: value, offset }) => {
        if (label === undefined || value.kind !== "value" || value.value.kind !== "int") return [];
        return [
          { name: label, value: Number(value.value.value), place: placeAt(offset), section: block.section },
        ];
      });
      return [values];
    }),
  );
}

function enumLists({ tls }: Analysed): NamedValue[][] {
  return tls.flatMap(({ parsed, placeAt, block }) =>
    parsed.definitions.flatMap((definition) => {
      if (definition.kind !== "enum") return [];
      const values = definition.values.flatMap(({ name, from, to, offset }) =>
        from === undefined || from !== to
          ? []
          : [{ name, value: from, place: placeAt(offset), section: block.section }],
      );
      return [values];
    }),
  );
}

/** Items that begin with a number and a name in parentheses: `- 0 (unread) indicates ...`. */
function proseLists({ draft }: Analysed): NamedValue[][] {
  const bySection = new Map<Section, NamedValue[]>();
  for (const { lines, section, depth } of draft.prose) {
    const [line] = lines;
    const match = depth === 0 || line === undefined ? null : /^(\d+)\s+\(`?(\w+)`?\)/.exec(line.text);
    if (match === null || line === undefined) continue;
    const list = bySection.get(section) ?? [];
    list.push({ name: match[2] ?? "", value: Number(match[1]), place: line, section });
    bySection.set(section, list);
  }
  return [...bySection.values()];
}
