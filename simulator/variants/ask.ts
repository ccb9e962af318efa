/** How questions are written down here: the model's own answer comes first. */
import type { Alteration } from "./alteration.ts";
import type { Question } from "./variant.ts";

export function ask(
  id: string,
  section: string,
  question: string,
  answers: Readonly<Record<string, string>>,
  reason: string,
  alteration: (answer: string) => Alteration,
  party: Question["party"] = "hub",
): Question {
  const [usual = ""] = Object.keys(answers);
  return { kind: "question", id, section, question, answers, default: usual, reason, party, alteration };
}
