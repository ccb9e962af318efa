/** What a check found: a rule that does not hold at a place, in words for the draft's author. */
import type { Place } from "../document/index.ts";
import type { Severity } from "./rule.ts";
import type { RuleId } from "./rules.ts";

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly place: Place;
  /** The word of the draft that it is about. */
  readonly token: string;
  readonly message: string;
  /** What to write instead, where that is known. */
  readonly fix: string | undefined;
  /** Where the same stands again, e.g. in a copy in an appendix. */
  readonly also: readonly Place[];
  /** The section's number and title. */
  readonly section: string;
}

/** How a check tells what it found. */
export type Report = (
  rule: RuleId,
  place: Place,
  token: string,
  message: string,
  options?: { readonly fix?: string; readonly section?: SectionName },
) => void;

export interface SectionName {
  readonly number: string;
  readonly title: string;
}

/** `5.2 Fetch Key Material` */
export function sectionName({ number, title }: SectionName): string {
  return number === "" ? title : `${number} ${title}`;
}
