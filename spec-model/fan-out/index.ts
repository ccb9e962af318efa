/** Events on their way from the hub to the providers of a room. */
export { eventOfUpdate } from "./of-update.ts";
export * from "./structures.ts";
