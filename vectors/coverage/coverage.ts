/** What the vectors cover, family by family: requirements, mistakes, transitions. */
import { type Requirement, requirements } from "../../spec-model/requirements/index.ts";
import { families } from "../format/case.ts";
import { mutants } from "../mutants/index.ts";
import type { CaseItems } from "./items.ts";
import { minimalSet } from "./minimal.ts";

export interface FamilyCoverage {
  readonly family: string;
  readonly cases: number;
  readonly requirements: number;
  readonly mutants: number;
  readonly transitions: number;
  /** How many cases are good for the same. */
  readonly minimal: number;
}

export interface Coverage {
  readonly families: readonly FamilyCoverage[];
  /** Those with a form on the wire or in a policy. */
  readonly testable: { readonly all: number; readonly covered: number };
  /** Of the whole catalogue. */
  readonly covered: readonly string[];
  readonly mutants: { readonly all: number; readonly found: number };
  /** Cases with a fault: those that some mistake makes go through, and those that only one of the mistakes does. */
  readonly negatives: { readonly all: number; readonly found: number; readonly byOne: number };
  /** By machine: the transitions that flows take. */
  readonly transitions: readonly (readonly [machine: string, number])[];
  /** Testable, and no case is about them. */
  readonly notCovered: readonly string[];
}

export function isTestable({ testable }: Requirement): boolean {
  return testable === "wire" || testable === "policy";
}

export function coverageOf(all: readonly CaseItems[]): Coverage {
  const covered = distinct(all.flatMap((each) => each.requirements));
  const testable = requirements.filter(isTestable).map(({ id }) => id);
  const transitions = distinct(all.flatMap((each) => each.transitions));
  const negatives = all.filter(({ negative }) => negative === true);
  const machines = distinct(transitions.map(machineOf));
  return {
    families: families
      .map((family) => [family, all.filter((each) => each.family === family)] as const)
      .filter(([, own]) => own.length > 0)
      .map(([family, own]) => ({
        family,
        cases: own.length,
        requirements: distinct(own.flatMap((each) => each.requirements)).length,
        mutants: distinct(own.flatMap((each) => each.mutants)).length,
        transitions: distinct(own.flatMap((each) => each.transitions)).length,
        minimal: minimalSet(own).cases.length,
      })),
    testable: { all: testable.length, covered: testable.filter((id) => covered.includes(id)).length },
    covered,
    mutants: { all: mutants.length, found: distinct(all.flatMap((each) => each.mutants)).length },
    negatives: {
      all: negatives.length,
      found: negatives.filter((each) => each.mutants.length > 0).length,
      byOne: negatives.filter((each) => each.mutants.length === 1).length,
    },
    transitions: machines.map((machine) => [
      machine,
      transitions.filter((transition) => machineOf(transition) === machine).length,
    ]),
    notCovered: testable.filter((id) => !covered.includes(id)),
  };
}

function machineOf(transition: string): string {
  return transition.slice(0, transition.indexOf(":"));
}

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)].toSorted();
}
