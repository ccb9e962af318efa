// What a finding is: a gap of the drafts, shown by a run, with what becomes of it under other answers.
import type { Trial } from "../../simulator/search/index.ts";

export interface Finding {
  /** The name of its page: `a-leave-that-never-happens`. */
  readonly name: string;
  readonly title: string;
  /** Of the list of scenarios that the project began with; none where it is new. */
  readonly scenario?: string;
  readonly question: string;
  /** What the documents of the working group say today, in our words, with their places. */
  readonly today: string;
  /** What goes wrong, seen from the people in it. */
  readonly consequence: string;
  readonly suggestion: string;
  /** The run that shows it. */
  readonly trial: Trial;
  /** The property that does not hold in it. */
  readonly property: string;
  /** Variants to compare with, as `mimi run --variant` takes them; each takes the place of those of the trial. */
  readonly compared: readonly (readonly [says: string, ...variants: readonly string[]])[];
}
