/** Whose knowledge is asked for: parties, and what else they hear and have. */
import type { Term } from "../../spec-model/mls/symbolic/index.ts";

export interface Asked {
  /** Together: what follows from all that they have. Others' names stand for nobody. */
  readonly parties: readonly string[];
  /** Whether they hear what is under way anywhere, and not only what comes through their hands. */
  readonly network?: boolean;
  /** What they have had from the beginning besides: stolen keys, for one. */
  readonly more?: readonly Term[];
}
