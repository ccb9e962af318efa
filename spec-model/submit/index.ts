/** Application messages on their way to the hub. */
export * from "./structures.ts";
