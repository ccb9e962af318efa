/** Updates of a room's state. */
export * from "./structures.ts";
