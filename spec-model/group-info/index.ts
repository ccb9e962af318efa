/** The GroupInfo that external joins need. */
export * from "./structures.ts";
