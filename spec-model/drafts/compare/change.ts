/** One difference between two revisions of a draft, or between a draft and what is modelled. */
import type { Place } from "../document/index.ts";

/** In the presentation language, in CDDL, in a registry, at an endpoint, in what a sentence demands, or in a flow. */
export type Area = "wire" | "schema" | "registry" | "endpoint" | "rule" | "flow";

/** A difference, and whose it is. */
export interface Change extends Difference {
  /** The revision that is modelled of the draft (`protocol-06`); empty where none is. */
  readonly draft: string;
}

export interface Difference {
  readonly area: Area;
  readonly kind: "added" | "removed" | "changed";
  /** A structure, a registered name, an endpoint, the place of a sentence, a figure. */
  readonly name: string;
  /** The section's number in the text that has it. */
  readonly section: string;
  readonly details: readonly string[];
  /** In the newer text, else in the older one; undefined where only the model has it. */
  readonly place: Place | undefined;
  /** Where the sentence changed: the fingerprints of the old and the new one. */
  readonly fingerprints: readonly string[];
}
