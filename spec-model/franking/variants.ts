/** What protocol-06 §5.4.1 leaves open about franks, or gets wrong; each question with the model's answer. */

export interface FrankingVariants {
  /** What the hub's signature covers. */
  readonly integrity: "draft" | "tag" | "tagAndBlindedSender";
  /** What becomes of a message whose frank is missing or does not hold. */
  readonly unfranked: "refuse" | "flag" | "accept";
}

export const defaultFrankingVariants: FrankingVariants = { integrity: "draft", unfranked: "refuse" };

export interface FrankingQuestion {
  readonly id: keyof FrankingVariants;
  /** Draft and section. */
  readonly section: string;
  readonly question: string;
  /** What each answer means; its names are the values of the variant. */
  readonly answers: Readonly<Record<string, string>>;
  readonly default: string;
  /** Why the default is the default. */
  readonly reason: string;
}

export const frankingQuestions: readonly FrankingQuestion[] = [
  {
    id: "integrity",
    section: "protocol-06 §5.4.1.2",
    question:
      "The hub's signature does not cover the franking tag, and whoever has the franking key can try senders against it. What does it cover?",
    answers: {
      draft: "server_frank, cipher suite, sender, room and time",
      tag: "the franking tag, too: a frank no longer fits the sender's other messages",
      tagAndBlindedSender:
        "the tag, and instead of the sender a MAC of it under a key from the salt, which the sender would have to give the hub: followers can no longer try senders",
    },
    default: defaultFrankingVariants.integrity,
    reason: "it is what the draft says; that franks can be exchanged and senders tried is shown by tests",
  },
  {
    id: "unfranked",
    section: "protocol-06 §5.4.1.3",
    question:
      "What does a client do with a message that asks for a frank in a room that has a franking agent, where the frank is missing or does not hold?",
    answers: {
      refuse: "it does not show it, and keeps its key so that a copy with the right frank can still be read",
      flag: "it shows it with a warning; the message cannot be reported",
      accept: "it shows it like any other: a defect",
    },
    default: defaultFrankingVariants.unfranked,
    reason:
      "whoever can take a frank off can also withhold the message, and what is shown unmarked cannot be reported",
  },
];
