/** Somebody who takes a room's policy for conduct for another one than it is. */
import { conductHandlers } from "../adapters/typescript/conduct.ts";
import type { JsonObject } from "../format/case.ts";
import type { Act, ConductPolicy } from "../format/conduct.ts";
import type { LoadedCase } from "../verify/index.ts";
import { unlessCrashed } from "./state-mutant.ts";

export interface ConductMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

/** What it takes the policy for; undefined: it judges like the model. */
type Misreading = (policy: ConductPolicy, act: Act) => ConductPolicy | undefined;

export function misreads(id: string, says: string, misreading: Misreading): ConductMutant {
  return {
    id: `conduct ${id}`,
    says,
    survives: ({ operation, input, expect }) => {
      if (operation !== "policy.conduct") return false;
      const policy = input["policy"] as ConductPolicy;
      const act = input["act"] as unknown as Act;
      const given = unlessCrashed(() => {
        const read = misreading(policy, act);
        if (read === undefined) return undefined;
        return conductHandlers["policy.conduct"]?.({ ...input, policy: read as JsonObject }).outcome;
      });
      return given !== undefined && !expect.allow.includes(given);
    },
  };
}

/** Reads one component in its own way. */
export const changed =
  <Key extends keyof ConductPolicy>(
    key: Key,
    change: (part: NonNullable<ConductPolicy[Key]>, act: Act) => Partial<NonNullable<ConductPolicy[Key]>>,
  ): Misreading =>
  (policy, act) => {
    const part = policy[key];
    return part === undefined ? undefined : { ...policy, [key]: { ...part, ...change(part, act) } };
  };
