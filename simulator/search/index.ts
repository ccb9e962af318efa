/** Searching for stories in which something goes wrong, making them small, and running them again. */

export { randomTrial } from "./random-story.ts";
export { type Replay, ReplayError, readReplay, replayFormat, writeReplay } from "./replay-file.ts";
export {
  type Counterexample,
  type SearchOptions,
  type SearchResult,
  search,
  shrunkTo,
} from "./search.ts";
export { type Shrunk, shrink } from "./shrink.ts";
export { type Trial, trialOf, tryOut, type Violation, violationsIn } from "./trial.ts";
