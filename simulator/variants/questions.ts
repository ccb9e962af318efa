/** Every open question of the drafts that the model can answer otherwise, from the areas' own lists and the machines. */
import { type AbuseVariants, abuseQuestions } from "../../spec-model/abuse/index.ts";
import { type AssetVariants, assetQuestions } from "../../spec-model/assets/index.ts";
import { type FrankingVariants, frankingQuestions } from "../../spec-model/franking/index.ts";
import { type IntroductionPolicy, introductionVariants } from "../../spec-model/introduction/index.ts";
import { openQuestions, type PolicyVariants } from "../../spec-model/room/index.ts";
import { deliveryQuestions } from "./delivery-questions.ts";
import type { Question } from "./variant.ts";

export const questions: readonly Question[] = [
  ...deliveryQuestions,
  ...openQuestions.map(
    ({ id, section, question, answers, default: usual, reason }): Question => ({
      kind: "question",
      id: `policy.${id}`,
      section: section.startsWith("§") ? `room-policy-04 ${section}` : section,
      question,
      answers,
      default: usual,
      reason,
      party: "everybody",
      alteration: (answer) => ({ policy: { [id]: answer } as Partial<PolicyVariants> }),
    }),
  ),
  ...frankingQuestions.map(
    ({ id, section, question, answers, default: usual, reason }): Question => ({
      kind: "question",
      id: `franking.${id}`,
      section,
      question,
      answers,
      default: usual,
      reason,
      party: "everybody",
      alteration: (answer) => franksOtherwise({ [id]: answer } as Partial<FrankingVariants>),
    }),
  ),
  ...abuseQuestions.map(
    ({ id, question, answers, default: usual, reason }): Question => ({
      kind: "question",
      id: `abuse.${id}`,
      section: "protocol-06 §5.9",
      question,
      answers,
      default: usual,
      reason,
      party: "hub",
      alteration: (answer) => ({
        provider: (state) => ({
          ...state,
          abuse: { ...state.abuse, [id]: answer } as Partial<AbuseVariants>,
        }),
      }),
    }),
  ),
  ...assetQuestions.map(
    ({ id, section, question, answers, default: usual, reason }): Question => ({
      kind: "question",
      id: `assets.${id}`,
      section,
      question,
      answers,
      default: usual,
      reason,
      party: "hub",
      alteration: (answer) => ({
        provider: (state) => ({
          ...state,
          assetVariants: { ...state.assetVariants, [id]: answer } as Partial<AssetVariants>,
        }),
      }),
    }),
  ),
  ...introductionVariants.map(
    ({ name, question, options, reason, draft }): Question => ({
      kind: "question",
      id: `introduction.${name}`,
      section: draft,
      question,
      answers: Object.fromEntries(options.map((option) => [option, option])),
      default: options[0] ?? "",
      reason,
      party: "provider",
      alteration: (answer) => ({
        provider: (state) => ({
          ...state,
          policy: { ...state.policy, [name]: readAs(answer) } as IntroductionPolicy,
        }),
      }),
    }),
  ),
];

/** Hubs sign what the reading says, and clients expect it. */
function franksOtherwise(franking: Partial<FrankingVariants>): ReturnType<Question["alteration"]> {
  return {
    provider: (state) => ({
      ...state,
      franking: { ...state.franking, ...franking },
      keys: franking.integrity === "tag" ? { ...state.keys, signsTag: true } : state.keys,
    }),
    client: (state) => ({ ...state, franking: { ...state.franking, ...franking } }),
  };
}

function readAs(answer: string): string | boolean {
  return answer === "true" ? true : answer === "false" ? false : answer;
}
