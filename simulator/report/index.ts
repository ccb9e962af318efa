/** Traces in words. */
export { type StoryLine, storyOf } from "./story.ts";
export { troubleIn } from "./trouble.ts";
