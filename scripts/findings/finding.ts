// What a finding is: a gap of the drafts, shown by a run, with what becomes of it under other answers.
import type { Trial } from "../../simulator/search/index.ts";

export type Finding = About & (Broken | Seen);

interface About {
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
  /** Variants to compare with, as `mimi run --variant` takes them; each takes the place of those of the trial. */
  readonly compared: readonly (readonly [says: string, ...variants: readonly string[]])[];
}

/** A gap that breaks a property. */
interface Broken {
  /** The property that does not hold in the run. */
  readonly property: string;
}

/** A gap that breaks no property: what goes over the wire, or is left in the end, shows it. */
interface Seen {
  readonly evidence: {
    /** What should be otherwise. */
    readonly says: string;
    /** What is seen in the trial's run, as a sentence; undefined where it does not show. */
    readonly find: (trial: Trial) => string | undefined;
  };
}
