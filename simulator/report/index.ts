/** Traces in words. */
export { type StoryLine, storyOf } from "./story.ts";
