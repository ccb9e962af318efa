/** The codec family: every structure of the drafts, valid and with single faults. */
import { rootRandom } from "../../../simulator/random/index.ts";
import type { Suite } from "../../format/case.ts";
import { identifierSuites } from "./identifiers.ts";
import { codecNotes } from "./notes.ts";
import { ruleSuites } from "./rule-suites.ts";
import { structureGroups } from "./structure-cases.ts";
import { type Area, codecAreas } from "./suites.ts";

export function codecSuites(seed: string): Suite[] {
  return [
    ...identifierSuites(),
    ...codecAreas().map((area) => structureSuite(area, seed)),
    ...ruleSuites(seed),
  ];
}

function structureSuite({ draft, name, title, structures }: Area, seed: string): Suite {
  const own = `${seed} codec ${draft} ${name}`;
  return {
    draft,
    family: "codec",
    name,
    title,
    seed: own,
    notes: codecNotes,
    groups: structures.flatMap((structure) => structureGroups(structure, rootRandom(own))),
  };
}
