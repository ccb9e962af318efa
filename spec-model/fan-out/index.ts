/** Events on their way from the hub to the providers of a room. */
export * from "./structures.ts";
