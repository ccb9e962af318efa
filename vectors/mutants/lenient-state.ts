/** Implementations of the state family that make one mistake each; most are right for an input that is put right first. */
import { claimMutants } from "./lenient-claims.ts";
import { consentMutants } from "./lenient-consent.ts";
import { componentMutants, dictionaryMutants } from "./lenient-dictionary.ts";
import { participantMutants } from "./lenient-participants.ts";
import { searchMutants } from "./lenient-search.ts";
import type { StateMutant } from "./state-mutant.ts";

export const stateMutants: readonly StateMutant[] = [
  ...dictionaryMutants(),
  ...participantMutants(),
  ...componentMutants(),
  ...consentMutants(),
  ...claimMutants(),
  ...searchMutants(),
];
