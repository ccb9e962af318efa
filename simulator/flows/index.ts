/** What runs send, phase by phase, for comparing the figures of drafts with them. */
export { flowsOf } from "./flows.ts";
