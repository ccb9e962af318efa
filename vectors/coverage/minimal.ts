/** As few cases of each family as are good for the same as all of them: chosen greedily, the most useful one first. */
import { families } from "../format/case.ts";
import type { CaseItems } from "./items.ts";

export interface MinimalSet {
  /** How many cases the family has. */
  readonly of: number;
  /** How many requirements, mistakes, transitions and kinds of cases are covered. */
  readonly items: number;
  readonly cases: readonly string[];
}

export function minimalSets(all: readonly CaseItems[]): Record<string, MinimalSet> {
  const named = families.map((family) => [family, all.filter((each) => each.family === family)] as const);
  return Object.fromEntries(
    named.filter(([, own]) => own.length > 0).map(([family, own]) => [family, minimalSet(own)]),
  );
}

/** Of two cases that are good for as much the first is taken. */
export function minimalSet(all: readonly CaseItems[]): MinimalSet {
  const candidates = all.map((each) => ({ id: each.id, items: allItems(each) }));
  const wanted = new Set(candidates.flatMap(({ items }) => items));
  const items = wanted.size;
  const cases: string[] = [];
  while (wanted.size > 0) {
    let best: (typeof candidates)[number] | undefined;
    let most = 0;
    for (const candidate of candidates) {
      // What is left of it can only become less: this keeps the search short.
      if (candidate.items.length <= most) continue;
      candidate.items = candidate.items.filter((item) => wanted.has(item));
      if (candidate.items.length > most) [best, most] = [candidate, candidate.items.length];
    }
    if (best === undefined) break;
    for (const item of best.items) wanted.delete(item);
    cases.push(best.id);
  }
  return { of: all.length, items, cases };
}

export function allItems({ requirements, mutants, transitions, kinds }: CaseItems): string[] {
  const named = (kind: string, items: readonly string[]) => items.map((item) => `${kind} ${item}`);
  return [
    ...named("requirement", requirements),
    ...named("mutant", mutants),
    ...named("transition", transitions),
    ...named("kind", kinds),
  ];
}
