/** AppDataUpdates of one commit, applied to a dictionary. mls-extensions §4.6 and §4.7 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { AppDataDictionary, AppDataUpdate } from "../../../spec-model/mls/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

type Entry = readonly [componentId: number, data: string];
type Update = readonly [componentId: number, data: string] | readonly [componentId: number];

const replacing = [1, 3, 5, 0xffff];
const appending = [2];
const base: readonly Entry[] = [
  [1, "one"],
  [2, "two"],
  [5, "five"],
];
const rule = (name: string) => [`mls-extensions-4.7-${name}`];

export function dictionaryGroups(): VectorGroup[] {
  return [
    {
      operation: "dictionary.update",
      comment:
        "Components 1, 3, 5 and 65535 keep their last update, component 2 keeps all; others are unknown",
      input: { replacing, appending },
      tests: [...applied(), ...refused()],
    },
  ];
}

/** The dictionary afterwards is written out by hand: what the operation has to come to. */
function applied(): VectorCase[] {
  const kinds: readonly (readonly [
    slug: string,
    comment: string,
    before: readonly Entry[] | undefined,
    updates: readonly Update[],
    after: readonly Entry[],
    rules: readonly string[],
  ])[] = [
    ["nothing", "no updates", base, [], base, []],
    [
      "replace",
      "the data of one component",
      base,
      [[1, "uno"]],
      [
        [1, "uno"],
        [2, "two"],
        [5, "five"],
      ],
      rule("entry-set-or-inserted"),
    ],
    [
      "between",
      "a new component between others",
      base,
      [[3, "three"]],
      [
        [1, "one"],
        [2, "two"],
        [3, "three"],
        [5, "five"],
      ],
      rule("entry-set-or-inserted"),
    ],
    [
      "behind",
      "a new component behind all others",
      base,
      [[0xffff, "last"]],
      [...base, [0xffff, "last"]],
      rule("entry-set-or-inserted"),
    ],
    [
      "in-front",
      "a new component in front of all others",
      [[5, "five"]],
      [[1, "one"]],
      [
        [1, "one"],
        [5, "five"],
      ],
      rule("entry-set-or-inserted"),
    ],
    [
      "first",
      "the first entry of an empty dictionary",
      [],
      [[5, "five"]],
      [[5, "five"]],
      rule("entry-set-or-inserted"),
    ],
    [
      "no-dictionary",
      "a group without a dictionary gets one",
      undefined,
      [[5, "five"]],
      [[5, "five"]],
      rule("dictionary-appended"),
    ],
    [
      "empty-data",
      "data without octets is data",
      base,
      [[1, ""]],
      [
        [1, ""],
        [2, "two"],
        [5, "five"],
      ],
      rule("entry-set-or-inserted"),
    ],
    [
      "remove",
      "a component is removed",
      base,
      [[2]],
      [
        [1, "one"],
        [5, "five"],
      ],
      rule("removes-entry"),
    ],
    [
      "remove-all",
      "all components are removed, one by one",
      base,
      [[1], [2], [5]],
      [],
      rule("removes-entry"),
    ],
    [
      "twice",
      "two updates of a component that keeps the last",
      base,
      [
        [1, "uno"],
        [1, "eins"],
      ],
      [
        [1, "eins"],
        [2, "two"],
        [5, "five"],
      ],
      rule("in-order"),
    ],
    [
      "appended",
      "two updates of a component that keeps all",
      base,
      [
        [2, "+"],
        [2, "3"],
      ],
      [
        [1, "one"],
        [2, "two+3"],
        [5, "five"],
      ],
      rule("in-order"),
    ],
    [
      "backwards",
      "the same, the other way round",
      base,
      [
        [2, "3"],
        [2, "+"],
      ],
      [
        [1, "one"],
        [2, "two3+"],
        [5, "five"],
      ],
      rule("in-order"),
    ],
    [
      "mixed",
      "updates of two components by turns",
      base,
      [
        [2, "+"],
        [1, "uno"],
        [2, "3"],
      ],
      [
        [1, "uno"],
        [2, "two+3"],
        [5, "five"],
      ],
      rule("in-order"),
    ],
    [
      "remove-and-add",
      "one component goes, another comes",
      base,
      [[5], [3, "three"]],
      [
        [1, "one"],
        [2, "two"],
        [3, "three"],
      ],
      rule("removes-entry"),
    ],
    [
      "unknown-kept",
      "an unknown component stays as it is",
      [
        [1, "one"],
        [9, "nine"],
      ],
      [[1, "uno"]],
      [
        [1, "uno"],
        [9, "nine"],
      ],
      rule("entry-set-or-inserted"),
    ],
  ];
  return kinds.map(([slug, comment, before, updates, after, requirements]) =>
    positive({
      id: `dictionary-${slug}`,
      comment,
      requirements,
      outcome: "applied",
      input: {
        ...(before === undefined ? {} : { dictionary: dictionary(before) }),
        updates: updates.map(update),
      },
      output: { dictionary: dictionary(after) },
      view: { before: before?.map(shown) ?? null, after: after.map(shown) },
    }),
  );
}

function refused(): VectorCase[] {
  const parent = applied().find(({ id }) => id === "dictionary-replace");
  if (parent === undefined) return [];
  const byUpdates = (slug: string, op: string, name: string, ...updates: readonly Update[]) =>
    negative(parent, {
      slug,
      flag: name === "unknown-component" ? "Unknown" : "Remove",
      path: "AppDataUpdate",
      op,
      outcome: "refused",
      requirements: rule(name),
      change: { updates: updates.map(update) },
    });
  const byDictionary = (slug: string, op: string, name: string, entries: readonly Entry[]) =>
    negative(parent, {
      slug,
      flag: "Order",
      path: "AppDataDictionary.component_data",
      op,
      outcome: "refused",
      requirements: [`mls-extensions-4.6-${name}`],
      change: { dictionary: dictionary(entries) },
    });
  return [
    byUpdates("unknown", "an update of an unknown component", "unknown-component", [9, "nine"]),
    byUpdates(
      "unknown-beside",
      "an update of an unknown component beside one of a known one",
      "unknown-component",
      [1, "uno"],
      [9, "nine"],
    ),
    byUpdates("remove-unknown", "an unknown component is removed", "unknown-component", [9]),
    byUpdates("remove-absent", "a component that is not there is removed", "unknown-component", [3]),
    byUpdates("remove-twice", "a component is removed twice", "remove-alone", [1], [1]),
    byUpdates("update-and-remove", "a component is updated and removed", "remove-alone", [1, "uno"], [1]),
    byUpdates("remove-and-update", "a component is removed and updated", "remove-alone", [1], [1, "uno"]),
    byUpdates(
      "remove-among",
      "a component is removed between updates of another and of itself",
      "remove-alone",
      [2],
      [1, "uno"],
      [2, "+"],
    ),
    byDictionary("unsorted", "entries are not sorted", "sorted", [
      [2, "two"],
      [1, "one"],
    ]),
    byDictionary("unsorted-end", "the last entry is out of order", "sorted", [
      [1, "one"],
      [5, "five"],
      [2, "two"],
    ]),
    byDictionary("double", "a component is there twice", "one-entry", [
      [1, "one"],
      [1, "one"],
    ]),
    byDictionary("double-other", "a component is there twice, with different data", "one-entry", [
      [1, "one"],
      [1, "uno"],
      [2, "two"],
    ]),
    ...encodings(parent),
  ];
}

/** Octets that are no dictionary or no update at all. */
function encodings(parent: VectorCase): VectorCase[] {
  const whole = dictionary(base);
  const malformed = (slug: string, path: string, op: string, change: VectorCase["input"]) =>
    negative(parent, { slug, flag: "Malformed", path, op, outcome: "refused", requirements: [], change });
  return [
    malformed("short-dictionary", "AppDataDictionary", "the dictionary stops early", {
      dictionary: whole.slice(0, -2),
    }),
    malformed("long-dictionary", "AppDataDictionary", "an octet stands behind the dictionary", {
      dictionary: `${whole}00`,
    }),
    malformed("unknown-operation", "AppDataUpdate.op", "the operation is 3", { updates: ["000103"] }),
    malformed("no-operation", "AppDataUpdate.op", "the update stops behind the component", {
      updates: ["0001"],
    }),
  ];
}

function dictionary(entries: readonly Entry[]): string {
  const componentData = entries.map(([componentId, data]) => ({ componentId, data: utf8(data) }));
  return hex(AppDataDictionary.encode({ componentData }));
}

function update([componentId, data]: Update): string {
  return hex(
    AppDataUpdate.encode(
      data === undefined ? { componentId, op: "remove" } : { componentId, op: "update", update: utf8(data) },
    ),
  );
}

function shown([componentId, data]: Entry) {
  return { componentId, data };
}
