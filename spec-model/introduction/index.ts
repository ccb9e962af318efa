/** From knowing a user to having it in a room. */
export { type ClaimEvent, claimMachine } from "./claim-machine.ts";
export { introductionMachine } from "./introduction-machine.ts";
export type { FoundService, IntroductionEvent, IntroductionInput } from "./introduction-rules.ts";
export {
  defaultIntroductionPolicy,
  type IntroductionPolicy,
  type IntroductionVariant,
  introductionVariants,
} from "./policy.ts";
