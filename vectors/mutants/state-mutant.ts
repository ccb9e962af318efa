/** An implementation of the state family with one mistake: how the others are written down. */
import { listIn, octetsOf } from "../adapters/typescript/input.ts";
import { stateHandlers } from "../adapters/typescript/state.ts";
import type { JsonObject } from "../format/case.ts";
import type { LoadedCase } from "../verify/index.ts";

export interface StateMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

/** An outcome that is none of those which are right, where the operation is this one. */
export function mutant(
  operation: string,
  id: string,
  says: string,
  outcome: (input: JsonObject) => string | undefined,
): StateMutant {
  return {
    id,
    says,
    survives: (each) => {
      if (each.operation !== operation) return false;
      const given = unlessCrashed(() => outcome(each.input));
      return given !== undefined && !each.expect.allow.includes(given);
    },
  };
}

export const answered = (operation: string, input: JsonObject) => stateHandlers[operation]?.(input).outcome;

export function updatesIn(input: JsonObject): readonly Uint8Array[] {
  return listIn<string>(input, "updates").map(octetsOf);
}

/** A crash accepts nothing. */
export function unlessCrashed<T>(answer: () => T): T | undefined {
  try {
    return answer();
  } catch {
    return undefined;
  }
}
