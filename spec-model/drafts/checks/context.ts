/** What a check is given: the drafts, read together, and where to tell what it finds. */
import type { Analysed } from "../analysis/index.ts";
import type { Resolve } from "../document/index.ts";
import type { Flow } from "../figures/index.ts";
import type { Report } from "../findings/index.ts";

export interface CheckContext {
  readonly drafts: readonly Analysed[];
  readonly report: Report;
  /** Files beside the draft, for examples of which it includes one form only. */
  readonly resolve: Resolve;
  /** What the model's runs send in the flows of a draft's revision (`protocol-06`). */
  readonly flowsOf: (revision: string) => readonly Flow[];
}
