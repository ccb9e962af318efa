/** Franking: the hub's stamp on a message. */

export {
  boundBy,
  type Evidence,
  examineFrank,
  type FrankRule,
  type FrankVerdict,
  frankRules,
  type ReceivedFrank,
} from "./examine.ts";
export {
  type Bound,
  blindingOf,
  type FrankingKeys,
  frank,
  frankingTag,
  isServerFrank,
  verifyFrank,
} from "./frank.ts";
export * from "./structures.ts";
export {
  defaultFrankingVariants,
  type FrankingQuestion,
  type FrankingVariants,
  frankingQuestions,
} from "./variants.ts";
