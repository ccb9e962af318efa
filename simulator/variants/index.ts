/** Variants of the model: open questions answered otherwise, and implementations that get one thing wrong. */
export { type Assumption, adversaries, assumptions } from "./adversaries/index.ts";
export type { Alteration, AnyInput, Company, Habit, HabitMoment, MachineChange } from "./alteration.ts";
export { alteredActor, deviationOf } from "./altered-actor.ts";
export { alteredMachine } from "./altered-machine.ts";
export {
  alterationsFor,
  type Choice,
  choicesAsRecord,
  chosenActors,
  formatChoice,
  parseChoice,
  unplayable,
  VariantTextError,
  variants,
} from "./choice.ts";
export { defects } from "./defects/index.ts";
export { brokenBy, playedBy, swarmAdversary } from "./drawn.ts";
export { leftOut } from "./left-out.ts";
export { questions } from "./questions.ts";
export type { Adversary, Defect, Party, Question, Variant } from "./variant.ts";
