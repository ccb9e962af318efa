/** What an answer has to be: a property of single answers, as `simulator/properties` has them of runs. */
import type { Faculties } from "../faculties.ts";

export interface Expected {
  /** `A-` and what it is about. */
  readonly id: string;
  readonly says: string;
  /** Draft and section. */
  readonly draft: string;
  readonly holds: (faculties: Faculties) => boolean;
}

/** Rows of one section of a draft. */
export function of(
  draft: string,
  rows: readonly (readonly [id: string, says: string, holds: (faculties: Faculties) => boolean])[],
): readonly Expected[] {
  return rows.map(([id, says, holds]) => ({ id: `A-${id}`, says, draft, holds }));
}

/** Equal as JSON has it. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The same question, asked each faculty once: most implementations have most faculties as the model has them. */
export function asked<Faculty extends object>(
  question: (faculty: Faculty) => boolean,
): (faculty: Faculty) => boolean {
  const known = new WeakMap<Faculty, boolean>();
  return (faculty) => {
    const answer = known.get(faculty) ?? question(faculty);
    known.set(faculty, answer);
    return answer;
  };
}
