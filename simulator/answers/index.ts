/** Questions with right answers, and implementations that answer one of them wrongly: what a run does not show, or seldom. */
import { connectionMistakes } from "./mistakes/connections.ts";
import { contentMistakes } from "./mistakes/content.ts";
import { extensionMistakes } from "./mistakes/extensions.ts";
import type { AnswerDefect } from "./mistakes/mistake.ts";
import { mlsMistakes } from "./mistakes/mls.ts";
import { outsideMistakes } from "./mistakes/outside-rooms.ts";
import { policyMistakes } from "./mistakes/policy.ts";
import { searchMistakes } from "./mistakes/searches.ts";
import { trustMistakes } from "./mistakes/trust.ts";

export { expectations, facultiesWith, unmetBy } from "./catching.ts";
export type { Expected } from "./expected/expected.ts";
export { type Faculties, honest } from "./faculties.ts";
export type { AnswerDefect } from "./mistakes/mistake.ts";

export const answerDefects: readonly AnswerDefect[] = [
  ...policyMistakes,
  ...outsideMistakes,
  ...contentMistakes,
  ...searchMistakes,
  ...connectionMistakes,
  ...mlsMistakes,
  ...extensionMistakes,
  ...trustMistakes,
];
