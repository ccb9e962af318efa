/** The state family. */
import type { Suite } from "../../format/case.ts";

export function stateSuites(_seed: string): Suite[] {
  return [];
}
