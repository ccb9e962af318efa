/** Knowledge about groups in the symbolic layer: terms, what follows from them, and questions. */
export {
  canOpen,
  canRead,
  contentFor,
  hasKeyOf,
  hears,
  initSecretsIn,
  type Knowledge,
  knowsEpoch,
  learns,
  nothingKnown,
} from "./knowledge.ts";
export { type EpochPlace, keyPackageTerms, keyTerms, memberTerms, pskName, type Term } from "./terms.ts";
