/** What a case is good for: the requirements it is about, the mistakes it finds, the transitions it takes. */
import { mutants } from "../mutants/index.ts";
import type { LoadedCase } from "../verify/index.ts";
import { transitionsIn } from "./transitions.ts";

export interface CaseItems {
  readonly id: string;
  readonly family: LoadedCase["family"];
  readonly requirements: readonly string[];
  /** Whether it has a fault: then a mistake of somebody's makes it go through. */
  readonly negative?: boolean;
  /** Implementations with one mistake that it tells from a right one. */
  readonly mutants: readonly string[];
  readonly transitions: readonly string[];
  /** The operation with what it is asked about, the flag, and the outcome. */
  readonly kinds: readonly string[];
}

export function itemsOf(each: LoadedCase): CaseItems {
  const { id, family, requirements, operation, flags, expect, input } = each;
  const about = typeof input["structure"] === "string" ? ` ${input["structure"]}` : "";
  return {
    id,
    family,
    requirements,
    negative: each.fault !== undefined,
    mutants:
      each.fault === undefined
        ? []
        : mutants.filter((mutant) => mutant.survives(each)).map((mutant) => mutant.id),
    transitions: transitionsIn(each),
    kinds: flags.map((flag) => `${operation}${about}: ${flag}, ${expect.allow.join(" or ")}`),
  };
}
