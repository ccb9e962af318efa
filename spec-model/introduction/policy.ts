/** What a provider does where the drafts leave it a choice about introductions. protocol-06 §5.2, §5.7, §5.8 and §8 */
import type { ConsentPolicy } from "../consent/index.ts";
import { defaultQueryPolicy, type QueryPolicy } from "../discovery/index.ts";
import { defaultKeyMaterialPolicy, type KeyMaterialPolicy } from "../key-material/index.ts";

export interface IntroductionPolicy extends KeyMaterialPolicy, ConsentPolicy, QueryPolicy {
  /**
   * When the target's provider looks at consent. `claim`: only when key material is claimed, which is all the draft
   * asks for; `claimAndWelcome`, the default: again when the Welcome comes, which it withholds where consent is gone.
   */
  readonly consentAt: "claim" | "claimAndWelcome";
  /** How many tokens for lookups a user gets through its provider in a day. user-discovery R8 */
  readonly tokensPerUser: number;
}

export const defaultIntroductionPolicy: IntroductionPolicy = {
  ...defaultKeyMaterialPolicy,
  ...defaultQueryPolicy,
  precedence: "mostSpecific",
  tellsRevocations: false,
  consentAt: "claimAndWelcome",
  tokensPerUser: 100,
};

/** A choice that the drafts leave open, with the options that the model has for it. */
export interface IntroductionVariant {
  readonly name: keyof IntroductionPolicy;
  readonly question: string;
  readonly options: readonly string[];
  readonly reason: string;
  readonly draft: string;
}

/** The open questions; the first option is the default. */
export const introductionVariants: readonly IntroductionVariant[] = [
  {
    name: "refusals",
    question: "what a requester without consent learns: is the user there, deleted, without devices?",
    options: ["uniform", "detailed"],
    reason: "the draft allows noConsent and 201 in every case; only then does a refusal tell nothing",
    draft: "protocol-06 §5.2, §5.7",
  },
  {
    name: "precedence",
    question: "which decision counts where one is about any room and one about this room",
    options: ["mostSpecific", "latest"],
    reason: "a late grant for any room must not undo what was said about one room in particular",
    draft: "protocol-06 §8",
  },
  {
    name: "consentAt",
    question: "whether consent that is taken back after the claim still keeps the user out",
    options: ["claimAndWelcome", "claim"],
    reason:
      "the target's provider is the last that can respect the user's wish; the draft only names the claim",
    draft: "protocol-06 §5.2, §5.5",
  },
  {
    name: "claimReplay",
    question: "what a request that is sent twice gets: it has neither a time nor a nonce",
    options: ["fresh", "sameAnswer"],
    reason: "no key material may be in two answers, so each copy takes more",
    draft: "protocol-06 §5.2",
  },
  {
    name: "lastResort",
    question: "whether KeyPackages of last resort may be in several answers",
    options: ["allowed", "forbidden"],
    reason: "mls-extensions §6.4 marks them for this use; without them anybody with consent empties a stock",
    draft: "protocol-06 §5.2, mls-extensions §6.4",
  },
  {
    name: "tellsRevocations",
    question: "whether the requester's provider is told of a revocation",
    options: ["false", "true"],
    reason: "the draft calls it privacy sensitive and does not ask for it",
    draft: "protocol-06 §5.7, §8",
  },
];
