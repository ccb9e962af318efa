/** Implementations with one mistake each: what negative vectors are for. */
import { fromHex } from "../../spec-model/bytes.ts";
import { structureNamed } from "../../spec-model/structures.ts";
import type { LoadedCase } from "../verify/index.ts";
import { flowMutants } from "./flows.ts";
import { laxPolicies } from "./lax-policy.ts";
import { bodyMutants } from "./lenient-bodies.ts";
import { conductMutants } from "./lenient-conduct.ts";
import { contentMutants } from "./lenient-content.ts";
import { credentialMutants } from "./lenient-credentials.ts";
import { cryptoMutants } from "./lenient-crypto.ts";
import { accepts, type Leniency, leniencies } from "./lenient-decoder.ts";
import { operationMutants } from "./lenient-operation.ts";
import { ruleMutants } from "./lenient-rules.ts";
import { stateMutants } from "./lenient-state.ts";
import { textMutants } from "./lenient-texts.ts";

export interface Mutant {
  readonly id: string;
  readonly says: string;
  /** Whether it accepts what it should refuse. */
  readonly survives: (each: LoadedCase) => boolean;
}

export const mutants: readonly Mutant[] = [
  ...Object.entries(leniencies).map(([id, says]) => ({
    id,
    says,
    survives: (each: LoadedCase) => each.operation === "codec.decode" && decodes(id as Leniency, each),
  })),
  ...textMutants.map(({ id, says, operation, accepts: takes }) => ({
    id,
    says,
    survives: (each: LoadedCase) => each.operation === operation && takes(String(each.input["text"])),
  })),
  ...ruleMutants.map(({ id, says, operation, outcome }) => ({
    id,
    says,
    survives: (each: LoadedCase) =>
      each.operation === operation && !each.expect.allow.includes(outcome(each.input)),
  })),
  ...contentMutants,
  ...bodyMutants,
  ...cryptoMutants,
  ...credentialMutants,
  ...stateMutants,
  ...laxPolicies,
  ...conductMutants,
  ...operationMutants,
  ...flowMutants,
];

function decodes(leniency: Leniency, { input }: LoadedCase): boolean {
  const structure = structureNamed(String(input["structure"]));
  const bytes = fromHex(String(input["bytes"]));
  if (structure === undefined || bytes === undefined) return false;
  const around = structure.surroundings.find(({ selects }) => selects === input["selectedBy"]);
  return accepts(leniency, structure.codec, bytes, around?.enclosing);
}
