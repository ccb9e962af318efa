/** Results counted: by family, level and requirement. */
import { families, type Level } from "../format/case.ts";
import type { Result } from "./verify.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly differs: number;
  readonly skipped: number;
}

export interface Summary {
  readonly all: Counts;
  /** In the order of the families and levels; requirements by their id. Empty ones are left out. */
  readonly byFamily: readonly (readonly [string, Counts])[];
  readonly byLevel: readonly (readonly [string, Counts])[];
  readonly byRequirement: readonly (readonly [string, Counts])[];
}

const levels: readonly Level[] = ["MUST", "SHOULD", "MAY"];

export function summaryOf(results: readonly Result[]): Summary {
  const requirements = new Set(results.flatMap((each) => each.case.requirements));
  return {
    all: countsOf(results),
    byFamily: grouped(results, families, (result, family) => result.case.family === family),
    byLevel: grouped(results, levels, (result, level) => result.case.expect.level === level),
    byRequirement: grouped(results, [...requirements].toSorted(), (result, id) =>
      result.case.requirements.includes(id),
    ),
  };
}

function grouped<K extends string>(
  results: readonly Result[],
  keys: readonly K[],
  belongs: (result: Result, key: K) => boolean,
): (readonly [string, Counts])[] {
  return keys
    .map((key) => [key, results.filter((result) => belongs(result, key))] as const)
    .filter(([, own]) => own.length > 0)
    .map(([key, own]) => [key, countsOf(own)] as const);
}

function countsOf(results: readonly Result[]): Counts {
  const count = (verdict: Result["verdict"]["verdict"]) =>
    results.filter((each) => each.verdict.verdict === verdict).length;
  return {
    passed: count("passed"),
    failed: count("failed"),
    differs: count("differs"),
    skipped: count("skipped"),
  };
}
