/** What parties learn in one run and not in another: under a variant, for one. */
import type { Asked } from "./asked.ts";
import { type Fact, nameOfFact } from "./fact.ts";
import type { Learned, RunKnowledge } from "./of-run.ts";

export interface Difference {
  /** Learned in the first run only, in the order of learning it there. */
  readonly only: readonly Learned[];
  /** Learned in the second run only. */
  readonly lacking: readonly Learned[];
}

/** How what somebody has learned in `one` run differs from what it has in `other`; facts are the same by their words. */
export function differenceBetween(one: RunKnowledge, other: RunKnowledge, asked: Asked): Difference {
  const [here, there] = [one.learned(asked), other.learned(asked)];
  return { only: without(here, there), lacking: without(there, here) };
}

/** What parties know together and none of them alone. */
export function onlyTogether(known: RunKnowledge, asked: Asked): readonly Learned[] {
  return asked.parties.reduce(
    (left, party) => without(left, known.learned({ ...asked, parties: [party] })),
    known.learned(asked),
  );
}

function without(facts: readonly Learned[], others: readonly Fact[]): readonly Learned[] {
  const names = new Set(others.map(nameOfFact));
  return facts.filter((fact) => !names.has(nameOfFact(fact)));
}
