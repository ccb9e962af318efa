/** All suites that are published. */
import type { Suite } from "../format/case.ts";
import { codecSuites } from "./codec/index.ts";
import { contentSuites } from "./content/index.ts";
import { policySuites } from "./policy/index.ts";

/** What all choices are drawn from. Another seed gives other files, and other ids for the same content. */
export const seed = "mimi vectors 1";

export function allSuites(): Suite[] {
  return [...codecSuites(seed), ...contentSuites(), ...policySuites()];
}
