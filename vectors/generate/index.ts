/** All suites that are published. */
import type { Suite } from "../format/case.ts";
import { codecSuites } from "./codec/index.ts";
import { contentSuites } from "./content/index.ts";
import { cryptoSuites } from "./crypto/index.ts";
import { flowSuites } from "./flows/index.ts";
import { policySuites } from "./policy/index.ts";
import { stateSuites } from "./state/index.ts";

/** What all choices are drawn from. Another seed gives other files, and other ids for the same content. */
export const seed = "mimi vectors 1";

export function allSuites(): Suite[] {
  return [
    ...codecSuites(seed),
    ...contentSuites(),
    ...cryptoSuites(seed),
    ...stateSuites(seed),
    ...policySuites(),
    ...flowSuites(),
  ];
}
