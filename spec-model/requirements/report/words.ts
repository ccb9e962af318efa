/** What all forms of the matrix call things. */
import type { Link } from "../evidence/index.ts";
import type { Count, Status } from "../matrix.ts";

export const statusWords: Readonly<Record<Status, string>> = {
  open: "open",
  implemented: "implemented, not tested",
  tested: "tested",
  untestable: "not testable here",
};

/** e.g. `190 of 212 testable requirements are tested (12 more cannot be)`. */
export function countInWords({ tested, testable, total }: Count): string {
  const rest = total - testable;
  return `${tested} of ${testable} testable requirements are tested${rest === 0 ? "" : ` (${rest} more cannot be)`}`;
}

/** One line: the file and the rule or the test's sentence in it. */
export function linkInWords(link: Link): string {
  if (link.kind === "rule") return `${link.name} (${link.file})`;
  return `"${link.title}"${link.case === undefined ? "" : `, ${link.case}`} (${link.file})`;
}
