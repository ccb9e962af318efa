/** A rule of the checker, as data. */

export type Severity = "error" | "warning" | "note";

/** A rule, as `mimi check --list-rules` documents it. */
export interface Rule {
  readonly severity: Severity;
  /** What is wrong, in a line. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Text that breaks the rule. */
  readonly example: string;
}
